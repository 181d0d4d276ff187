import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RETIRED_SLOTS, type Slot } from '../../src/domain/slot.ts';
import { encodeCard } from '../../src/encoder/encode-card.ts';
import { buildKeyHistory } from '../../src/piv/objects/key-history.ts';
import { PivSession } from '../../src/piv/session.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCentral, ascii } from '../encoder/support/card-run.ts';
import { anOldKey, type OldKey } from '../encoder/support/collection-card.ts';
import { issueCertificate } from '../encoder/support/small-authority.ts';
import { atMost, type Benchmark, type Measure, plain } from './measure.ts';
import {
  byYubicoPivTool,
  type Effort,
  pemBody,
  toPem,
  withCard,
  withConnection,
  withReader,
} from './pcsc-card.ts';

const COUNTS = [0, 5] as const;
const SLOTS: readonly Slot[] = ['9A', '9C', '9D', '9E'];
/** Lengths as ours have them, but for CHUID and CCC, which their client makes itself, of 59 and 51 bytes. */
const OBJECTS = [
  ['5FC109', 120],
  ['5FC108', 1400],
  ['5FC106', 900],
] as const;
const [CHUID, CCC, KEY_HISTORY] = ['5FC102', '5FC107', '5FC10C'] as const;
const [CHUID_LENGTH, CCC_LENGTH] = [700, 60];
const GOAL = 0.5;

/** The same new card twice, in the same PC/SC reader: by Debian's client, and by our encoder. */
export const issueApdus: Benchmark = {
  names: COUNTS.flatMap((count) => {
    const end = count === 0 ? '' : `-${count}`;
    return ['apdus', 'time', 'verify-apdus'].map((what) => `issue.${what}${end}`);
  }),
  about:
    'a blank virtual card becomes a new one through PC/SC (pcscd, vpcd): 9A, 9C, 9D and 9E generated (RSA-2048) with a certificate each, CHUID, CCC, Printed Information, photo (1,400 bytes), Security Object, Key History, PIN, PUK and management key; and the same with 5 recovered keys (`-5`) and their certificates in retired slots. Against: yubico-piv-tool 2.2.0 in one call for each of it (the CSRs, which it cannot make here, are left out on both sides; its CHUID has no signature, and is 640 bytes shorter). Ours is one session from SELECT to the last write, capabilities probed, management key check, PIN; read-back of every object and the proof of each key are counted apart (**issue.verify-apdus**), and are no part of the time. Goal: at most half.',
  run: () =>
    withReader(async (reader) => {
      const measures: Measure[] = [];
      for (const count of COUNTS) {
        const keys = await Promise.all(
          RETIRED_SLOTS.slice(0, count).map((slot) => anOldKey(`recovered ${slot}`, 'RSA-2048')),
        );
        const theirs = await withCard(reader, (card) => byDebianClient(card, keys));
        const ours = await withCard(reader, (card) => byEncoder(card, keys));
        const end = count === 0 ? '' : `-${count}`;
        measures.push(
          atMost(`issue.apdus${end}`, ours.apdus, theirs.apdus, 'APDUs', GOAL),
          atMost(`issue.time${end}`, ours.ms, theirs.ms, 'ms', GOAL),
          plain(`issue.verify-apdus${end}`, ours.verifyApdus, 'APDUs'),
        );
      }
      return measures;
    }),
};

function byDebianClient(card: VirtualCard, recovered: readonly OldKey[]): Promise<Effort> {
  return byYubicoPivTool(card, async (call, folder) => {
    const file = (name: string, content: string | Uint8Array) => {
      const path = join(folder, name);
      writeFileSync(path, content, { mode: 0o600 });
      return path;
    };
    for (const slot of SLOTS.map((one) => one.toLowerCase())) {
      const publicKey = join(folder, `${slot}.pub`);
      await call('-a', 'generate', '-s', slot, '-A', 'RSA2048', '-o', publicKey);
      const certificate = await issueCertificate(pemBody(publicKey), slot);
      await call('-a', 'import-certificate', '-s', slot, '-i', file('certificate.pem', toPem(certificate)));
    }
    for (const [at, { privateKey, certificate }] of recovered.entries()) {
      const slot = RETIRED_SLOTS[at]!.toLowerCase();
      const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
      await call('-a', 'import-key', '-s', slot, '-i', file('key.pem', pem));
      await call('-a', 'import-certificate', '-s', slot, '-i', file('certificate.pem', toPem(certificate)));
    }
    await call('-a', 'set-chuid');
    await call('-a', 'set-ccc');
    const objects = [...objectsOf(), { tag: KEY_HISTORY, content: history(recovered.length) }];
    for (const { tag, content } of objects) {
      const input = file('object', content);
      await call('-a', 'write-object', '--id', `0x${tag}`, '-f', 'binary', '-i', input);
    }
    await call('-a', 'change-pin', '-P', '123456', '-N', '847261');
    await call('-a', 'change-puk', '-P', '12345678', '-N', '87162534');
    await call('-a', 'set-mgm-key', '-n', 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60717');
  });
}

async function byEncoder(
  card: VirtualCard,
  recovered: readonly OldKey[],
): Promise<Effort & { readonly verifyApdus: number }> {
  const own = SLOTS.map((slot) => ({
    ...{ slot, algorithm: 'RSA-2048' as const, source: { kind: 'generate' } as const, publicKey: null },
  }));
  const imported = recovered.map(({ publicKey }, at) => ({
    ...{ slot: RETIRED_SLOTS[at]!, algorithm: 'RSA-2048' as const, publicKey },
    source: { kind: 'import', from: null } as const,
  }));
  const central = aCentral({
    keys: [...own, ...imported],
    objects: [
      { tag: CCC, content: new Uint8Array(CCC_LENGTH).fill(1) },
      ...objectsOf(),
      { tag: KEY_HISTORY, content: history(recovered.length) },
      { tag: CHUID, content: new Uint8Array(CHUID_LENGTH).fill(2) },
    ],
  });
  central.isProvedByCode = true;
  for (const [at, { privateKey, certificate }] of recovered.entries())
    await central.archive(RETIRED_SLOTS[at]!, privateKey, certificate);
  return withConnection(async (connection) => {
    const before = card.counters.apdus;
    const begun = performance.now();
    let written: Effort | null = null;
    const session = await PivSession.select(connection);
    const capabilities = await session.capabilities();
    const { plan, recipient } = await central.begin(false);
    await encodeCard({
      ...{ connection, session, plan, capabilities, central },
      journal: { intend: () => {}, done: () => {} },
      // As of a blank card: nobody has proved a PIN, and the factory's PUK sets it.
      pin: { old: null, next: ascii('847261'), isKept: false },
      openSealed: (sealed, context) => recipient.open(sealed, context),
      onProgress: ({ phase }) => {
        if (phase === 'verify') {
          written ??= { apdus: card.counters.apdus - before, ms: performance.now() - begun };
        }
      },
      signal: new AbortController().signal,
    });
    const { apdus, ms } = written!;
    return { apdus, ms, verifyApdus: card.counters.apdus - before - apdus };
  });
}

function objectsOf() {
  return OBJECTS.map(([tag, length]) => ({ tag: tag as string, content: new Uint8Array(length).fill(3) }));
}

function history(onCardCount: number): Uint8Array {
  return buildKeyHistory({ onCardCount, offCardCount: 0, url: null });
}
