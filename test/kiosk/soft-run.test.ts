/** One attempt to save a soft certificate: whatever goes wrong, nothing is left on the stick, and nothing in memory (KR-08, KR-11, SE-02). */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isScreenCode } from '../../screens/texts/screen-codes.ts';
import { DEFAULT_SOFT_RULES } from '../../src/domain/soft-certificate.ts';
import type { SoftPhase } from '../../src/flows/soft-state.ts';
import type { CentralAnswer } from '../../src/kiosk/central-connection.ts';
import type { NewEvent } from '../../src/kiosk/event-chain.ts';
import { collectSoft, type SoftRunPorts, type SoftRunRequest } from '../../src/kiosk/soft/soft-run.ts';
import { sealTo } from '../../src/pki/hpke.ts';
import {
  type SoftRequest,
  type SoftResponse,
  type SoftSaved,
  type SoftStopped,
  softContext,
} from '../../src/protocol/soft-certificate.ts';
import { openWorkbench, type Workbench } from '../pki/openssl.ts';
import { aSoftKey } from '../pki/soft-key.ts';
import { type MediaWorld, makeMediaWorld } from './support/media-world.ts';

const PASSWORD = 'correct horse 7';
const REQUEST_ID = randomUUID();
const AWAY = { kind: 'unreachable', why: 'away' } as const;
const DONE = { kind: 'ok', value: {} } as const;

let media: MediaWorld;
let bench: Workbench;
beforeAll(async () => {
  media = await makeMediaWorld();
  bench = openWorkbench();
});
afterAll(async () => {
  bench.dispose();
  await media.dispose();
});

/** A central with one key to give out; each answer can be spoilt. */
class SmallCentral {
  readonly asked: SoftRequest[] = [];
  readonly saved: SoftSaved[] = [];
  readonly stopped: SoftStopped[] = [];
  readonly events: NewEvent[] = [];
  /** Answers that are lost before the first that is not. */
  lost = 0;
  isAwayAfterwards = false;
  /** With which central says no to a file that is saved; null: it does not. */
  refusesAfterwards: string | null = null;
  spoil: (answer: SoftResponse) => CentralAnswer<SoftResponse> = (value) => ({ kind: 'ok', value });
  #key: Awaited<ReturnType<typeof aSoftKey>> | null = null;

  readonly client: SoftRunPorts['client'] = {
    openSoft: async (_, request) => {
      this.asked.push(request);
      this.lost -= 1;
      return this.lost >= 0 ? AWAY : this.spoil(await this.#answer(request));
    },
    completeSoft: async (_, saved) => {
      this.saved.push(saved);
      const code = this.refusesAfterwards;
      if (code !== null) return { kind: 'refused', status: 409, code, message: code };
      return this.isAwayAfterwards ? AWAY : DONE;
    },
    stopSoft: async (_, stopped) => {
      this.stopped.push(stopped);
      return this.isAwayAfterwards ? AWAY : DONE;
    },
  };

  async #answer({ recipientKey }: SoftRequest): Promise<SoftResponse> {
    this.#key ??= await aSoftKey();
    const { privateKey, certificate, chain, friendlyName } = this.#key;
    const context = softContext(REQUEST_ID, recipientKey, certificate);
    const sealed = await sealTo(recipientKey, context, privateKey);
    return {
      ...{ collectionId: randomUUID(), ownerName: 'Ada: Lovelace', rules: DEFAULT_SOFT_RULES },
      keys: [{ certificate, chain: [...chain], friendlyName, sealed }],
    };
  }
}

interface Wishes {
  readonly central?: SmallCentral;
  readonly password?: string;
  readonly isOld?: boolean;
  readonly signal?: AbortSignal;
  onPhase?(phase: SoftPhase): void;
}

async function collect(medium: string, wishes: Wishes = {}) {
  const { central = new SmallCentral(), isOld = false, signal = new AbortController().signal } = wishes;
  const password = new TextEncoder().encode(wishes.password ?? PASSWORD);
  const phases: SoftPhase[] = [];
  const ports: SoftRunPorts = {
    client: central.client,
    outbox: { record: (event) => central.events.push(event) },
    media: media.place,
    pause: { sleep: async () => {}, random: () => 0 },
    now: () => new Date('2026-11-22T12:00:00Z'),
    log: { info: () => {}, warn: () => {}, error: () => {} } as SoftRunPorts['log'],
  };
  const request: SoftRunRequest = {
    ...{ requestId: REQUEST_ID, cardId: randomUUID(), proofId: randomUUID(), medium, isOld, password },
    acceptsTerms: null,
    onPhase(phase) {
      phases.push(phase);
      wishes.onPhase?.(phase);
    },
  };
  const end = await collectSoft(ports, request, signal);
  expect(password.every((byte) => byte === 0)).toBe(true);
  return { end, central, phases };
}

/** Nothing is on the stick, and central and the audit know why. */
async function expectStopped(medium: string, code: string, wishes: Wishes = {}) {
  const { end, central, phases } = await collect(medium, wishes);
  expect(end).toEqual({ kind: 'stopped', code });
  expect(isScreenCode(code)).toBe(true);
  expect(central.saved).toEqual([]);
  expect(central.events).toMatchObject([
    { type: 'softCertificate.stopped', detail: { request: REQUEST_ID, code } },
  ]);
  expect(JSON.stringify(central.events)).not.toContain(PASSWORD);
  return { central, phases };
}

test('the file is saved under its owner’s name, opens with the password, and central is told its hash', async () => {
  media.plugIn('sda1');
  const { end, central, phases } = await collect('sda1');
  expect(end).toEqual({ kind: 'saved', file: { name: 'Ada- Lovelace 2026-11-22.p12', medium: null } });
  expect(phases).toEqual(['fetch', 'make', 'save']);
  expect(media.files('sda1')).toEqual(['Ada- Lovelace 2026-11-22.p12']);
  const path = join(media.place.folder, 'sda1', 'Ada- Lovelace 2026-11-22.p12');
  const secret = bench.put('password', PASSWORD);
  const found = await bench.run('pkcs12', '-in', path, '-passin', `file:${secret}`, '-noenc');
  expect(found.code, found.output).toBe(0);
  const hash = await bench.run('sha256', path);
  const hex = Buffer.from(central.saved[0]!.sha256).toString('hex');
  expect(hash.output).toContain(hex);
  expect(central.saved[0]).toMatchObject({ run: central.asked[0]!.recipientKey, medium: null });
  expect(central.events).toMatchObject([{ type: 'softCertificate.saved', detail: { sha256: hex } }]);
  expect(readFileSync(path).includes(PASSWORD)).toBe(false);
});

test('an answer that is lost is asked for again by the same run, and a central that stays away ends it', async () => {
  media.plugIn('sdb1');
  const central = new SmallCentral();
  central.lost = 2;
  expect((await collect('sdb1', { central })).end.kind).toBe('saved');
  expect(
    new Set(central.asked.map(({ recipientKey }) => Buffer.from(recipientKey).toString('hex'))).size,
  ).toBe(1);
  const gone = new SmallCentral();
  gone.lost = 100;
  await expectStopped('sdb1', 'SY-03-central-not-reached', { central: gone });
  // It may have given the keys out all the same.
  expect(gone.stopped).toMatchObject([{ code: 'SY-03-central-not-reached' }]);
});

test('a file that is saved is saved, also where central does not hear of it at once: the event says so', async () => {
  media.plugIn('sdc1');
  const central = new SmallCentral();
  central.isAwayAfterwards = true;
  expect((await collect('sdc1', { central })).end.kind).toBe('saved');
  expect(central.events).toMatchObject([{ type: 'softCertificate.saved', detail: { medium: null } }]);
});

test('a file that is not wanted any more, since another run or nobody collects by now, does not stay on the stick', async () => {
  media.plugIn('sdk1');
  for (const code of ['KR-02-not-collecting', 'KR-02-collected', 'KR-02-failed']) {
    const central = new SmallCentral();
    central.refusesAfterwards = code;
    expect((await collect('sdk1', { central })).end).toEqual({ kind: 'stopped', code });
    expect(isScreenCode(code)).toBe(true);
    expect(media.files('sdk1')).toEqual([]);
    expect(central.events).toMatchObject([
      { type: 'softCertificate.saved' },
      { type: 'softCertificate.stopped', detail: { code } },
    ]);
  }
});

test('a file stays where central says no for the moment: the event says that it is there', async () => {
  media.plugIn('sdl1');
  const central = new SmallCentral();
  central.refusesAfterwards = 'SE-07-slow-down';
  expect((await collect('sdl1', { central })).end.kind).toBe('saved');
  expect(media.files('sdl1')).toHaveLength(1);
});

test('central is not even asked for a stick that is gone, write-protected or full', async () => {
  media.plugIn('sdd1');
  media.setReadOnly('sdd1');
  media.plugIn('sde1', '64k');
  for (const [name, code] of [
    ['sdx1', 'KR-08-medium-gone'],
    ['sdd1', 'KR-08-medium-read-only'],
    ['sde1', 'KR-08-medium-full'],
  ] as const) {
    const { central } = await expectStopped(name, code);
    expect(central.asked).toEqual([]);
    expect(central.stopped).toEqual([]);
  }
});

test('a stick that is pulled while the file is made stops it, and central hears it', async () => {
  media.plugIn('sdf1');
  const sight = media.keepInSight('sdf1');
  const onPhase = (phase: SoftPhase) => phase === 'make' && media.pull('sdf1');
  const { central } = await expectStopped('sdf1', 'KR-08-medium-gone', { onPhase });
  expect(central.stopped).toMatchObject([{ code: 'KR-08-medium-gone' }]);
  expect(sight()).toEqual([]);
});

test('a stick that is pulled at the moment of saving has nothing of it', async () => {
  media.plugIn('sdg1');
  const sight = media.keepInSight('sdg1');
  const onPhase = (phase: SoftPhase) => phase === 'save' && media.pull('sdg1');
  await expectStopped('sdg1', 'KR-08-medium-gone', { onPhase });
  expect(sight()).toEqual([]);
});

test('somebody who stops it, or takes the card out, before it is written has nothing on the stick', async () => {
  media.plugIn('sdh1');
  for (const at of ['fetch', 'make'] as const) {
    const abort = new AbortController();
    const onPhase = (phase: SoftPhase) => phase === at && abort.abort();
    await expectStopped('sdh1', 'RP-17-cancelled', { onPhase, signal: abort.signal });
  }
  expect(media.files('sdh1')).toEqual([]);
});

test('what is being written is brought to its end, whatever is stopped then', async () => {
  media.plugIn('sdi1');
  const abort = new AbortController();
  const onPhase = (phase: SoftPhase) => phase === 'save' && abort.abort();
  expect((await collect('sdi1', { onPhase, signal: abort.signal })).end.kind).toBe('saved');
  expect(media.files('sdi1')).toHaveLength(1);
});

test('what central refuses, another one’s keys, and a rule that has changed meanwhile make no file', async () => {
  media.plugIn('sdj1');
  const refusing = new SmallCentral();
  refusing.spoil = () => ({ kind: 'refused', status: 409, code: 'KR-02-cancelled', message: 'cancelled' });
  await expectStopped('sdj1', 'KR-02-cancelled', { central: refusing });
  expect(refusing.stopped).toEqual([]);

  const mixing = new SmallCentral();
  const strange = await aSoftKey();
  mixing.spoil = (value) => ({
    kind: 'ok',
    value: { ...value, keys: value.keys.map((key) => ({ ...key, certificate: strange.certificate })) },
  });
  await expectStopped('sdj1', 'KR-08-pfx-content', { central: mixing });

  const strict = new SmallCentral();
  strict.spoil = (value) => ({
    kind: 'ok',
    value: { ...value, rules: { ...value.rules, allowsOldEncryption: false } },
  });
  await expectStopped('sdj1', 'KR-08-rules-changed', { central: strict, isOld: true });
  await expectStopped('sdj1', 'KR-08-rules-changed', { password: 'too short' });
  expect(media.files('sdj1')).toEqual([]);
});
