import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { realPause } from '../../src/kiosk/backoff.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { findBrokenLink } from '../../src/kiosk/event-chain.ts';
import { EventSender } from '../../src/kiosk/event-sender.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { unfinishedSteps } from '../../src/kiosk/journal.ts';
import { openLog } from '../../src/kiosk/log.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import type { KioskEvent } from '../../src/protocol/event.ts';
import { TestSigner } from '../support/event-signer.ts';
import { writeTestIdentity } from '../support/test-line.ts';
import { type Chance, seeded } from '../tear/seeded.ts';
import { bundle } from './support/bundle.ts';
import { FakeCentral } from './support/fake-central.ts';
import { aCopy } from './support/small-world.ts';

/** SY-02: a kiosk killed with -9 again and again, while it records, journals, sends and takes central's copy. */

const KILLS = 100;
/** So many kiosks, each with its own files and central, share the kills. */
const KIOSKS = 2;
const SEED = 20_261_122;
/** Until its first event, and after it. */
const LONGEST_START_MS = 200;
const LONGEST_LIFE_MS = 100;

const signer = new TestSigner();
const chainPorts = { now: () => new Date(), signer: () => signer };

interface KilledKiosk {
  readonly folder: string;
  readonly url: string;
  readonly central: FakeCentral;
  /** The greatest number that was said to be durable. */
  last: number;
}

let kiosks: KilledKiosk[] = [];
let program: { readonly folder: string; readonly file: string };
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recard-program-'));
  program = { folder, file: bundle(join(import.meta.dirname, 'support/busy-writer.ts'), folder) };
  kiosks = await Promise.all(Array.from({ length: KIOSKS }, openKiosk));
});
afterAll(async () => {
  rmSync(program.folder, { recursive: true });
  for (const { folder, central } of kiosks) {
    await central.close();
    rmSync(folder, { recursive: true });
  }
});

async function openKiosk(): Promise<KilledKiosk> {
  const central = new FakeCentral(aCopy());
  const folder = mkdtempSync(join(tmpdir(), 'recard-killed-'));
  await writeTestIdentity(identityPath(folder));
  return { folder, central, url: await central.start(), last: 0 };
}

/** Lives until some moment after its first event, or is killed while it still starts. */
async function liveAndDie(kiosk: KilledKiosk, chance: Chance): Promise<void> {
  const writer = spawn(process.execPath, [program.file, kiosk.folder, kiosk.url]);
  const ended = once(writer, 'close');
  let said = '';
  let complaint = '';
  writer.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  writer.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const isStarting = chance.next() < 0.2;
  await Promise.race([
    isStarting ? delay(chance.between(0, LONGEST_START_MS)) : once(writer.stdout, 'data'),
    ended,
  ]);
  if (!isStarting) await Promise.race([delay(chance.between(0, LONGEST_LIFE_MS)), ended]);
  expect(complaint).toBe('');
  writer.kill('SIGKILL');
  await ended;
  kiosk.last = Math.max(kiosk.last, ...said.split('\n').slice(0, -1).map(Number));
}

/** Central has another copy each time, and now and then loses its answers. */
function changeWeather({ central }: KilledKiosk, chance: Chance): void {
  central.weather = chance.next() < 0.3 ? 'lost' : 'up';
  central.data = aCopy();
}

function integrityOf({ folder }: KilledKiosk): string[] {
  return ['own.sqlite', 'replica.sqlite'].map((name) => {
    const file = new Database(join(folder, name));
    try {
      return String(file.pragma('integrity_check', { simple: true }));
    } finally {
      file.close();
    }
  });
}

function open({ folder }: KilledKiosk): OwnDatabase {
  const refuse = (error: Error) => {
    throw error;
  };
  return openOwnDatabase(join(folder, 'own.sqlite'), refuse, chainPorts);
}

/** What is left in the outbox goes to central, as after the next start. */
async function sendTheRest({ central, url, folder }: KilledKiosk, own: OwnDatabase): Promise<void> {
  central.weather = 'up';
  const outbox = new Outbox(own, chainPorts);
  const client = new CentralClient({ url, identityFile: identityPath(folder) });
  const { log, close } = openLog(join(folder, 'kiosk.log'));
  const sender = new EventSender({ client, outbox, pause: realPause, log });
  sender.start();
  await vi.waitFor(() => expect(outbox.waiting(1)).toBeNull(), { timeout: 20_000 });
  await sender.close();
  close();
}

/** Every event that the kiosk has ever recorded, in order. */
function recorded({ folder }: KilledKiosk): KioskEvent[] {
  const file = new Database(join(folder, 'own.sqlite'), { readonly: true });
  const rows = file.prepare('select body from audit order by n').all() as { body: string }[];
  file.close();
  return rows.map(({ body }) => JSON.parse(body) as KioskEvent);
}

/** At its next start: what it has said to be durable is there, and at central, once and in order. */
async function expectNothingLost(kiosk: KilledKiosk): Promise<void> {
  const own = open(kiosk);
  await sendTheRest(kiosk, own);
  expect(findBrokenLink(own)).toBeNull();
  expect(unfinishedSteps(own).length).toBeGreaterThan(0);
  own.close();
  expect(integrityOf(kiosk)).toEqual(['ok', 'ok']);
  expect(readdirSync(kiosk.folder).filter((name) => name.includes('unusable'))).toEqual([]);
  const events = recorded(kiosk);
  expect(events.length).toBeGreaterThanOrEqual(kiosk.last);
  expect(events.map(({ n }) => n)).toEqual(events.map((_, i) => i + 1));
  expect(kiosk.central.events).toEqual(events);
}

test(`a kiosk killed ${KILLS} times loses no event, and central has none twice`, async () => {
  await Promise.all(
    kiosks.map(async (kiosk, i) => {
      const chance = seeded(SEED + i);
      for (let kill = 1; kill <= KILLS / KIOSKS; kill += 1) {
        changeWeather(kiosk, chance);
        await liveAndDie(kiosk, chance);
        if (kill % 5 === 0)
          expect(integrityOf(kiosk), `kill ${kill} of seed ${SEED + i}`).toEqual(['ok', 'ok']);
      }
    }),
  );
  for (const kiosk of kiosks) await expectNothingLost(kiosk);
}, 300_000);

test('a kiosk that runs out of memory ends, so that it is started again, and loses no event', async () => {
  const kiosk = await openKiosk();
  kiosks.push(kiosk);
  const heap = '--max-old-space-size=48';
  const writer = spawn(process.execPath, [heap, program.file, kiosk.folder, kiosk.url, 'hoard']);
  let [said, complaint] = ['', ''];
  writer.stdout.on('data', (chunk) => {
    said += chunk;
  });
  writer.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const [code, signal] = await once(writer, 'close');
  expect(complaint).toContain('heap out of memory');
  expect([code, signal]).not.toEqual([0, null]);
  kiosk.last = Math.max(...said.split('\n').slice(0, -1).map(Number));
  expect(kiosk.last).toBeGreaterThan(1);
  await expectNothingLost(kiosk);
}, 60_000);
