import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';
import { encodeCard } from '../../src/encoder/encode-card.ts';
import { PivSession } from '../../src/piv/session.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { ascii, OLD_PIN } from '../encoder/support/card-run.ts';
import { aCollection, anOldKey, type OldKey } from '../encoder/support/collection-card.ts';
import { atMost, type Benchmark, type Measure, plain } from './measure.ts';
import { byYubicoPivTool, type Effort, toPem, withCard, withConnection, withReader } from './pcsc-card.ts';

const COUNTS = [1, 5, 20] as const;
const GOAL = 0.5;

/** The same keys and certificates onto two cards in the same PC/SC reader: by Debian's client, and by our encoder. */
export const recoveryApdus: Benchmark = {
  names: COUNTS.flatMap((count) =>
    ['apdus', 'time', 'verify-apdus', 'look-apdus'].map((what) => `recovery.${what}-${count}`),
  ),
  about:
    'writing 1, 5 and 20 recovered keys (RSA-2048) with their certificates into retired slots of the same virtual card through PC/SC (pcscd, vpcd). Against: yubico-piv-tool 2.2.0 importing the same keys and certificates one by one (import-key, import-certificate; it writes no Key History, and checks nothing). Ours is what an operation does from its plan to its last write: management key check, PIN, a look at what is there, keys, certificates, Key History and Security Object. Apart from it are counted SELECT and the probing of capabilities, which a kiosk does when a card is put in (**recovery.look-apdus**), and the read-back of every object with the proof of each key (**recovery.verify-apdus**). Goal: at most half.',
  run: () =>
    withReader(async (reader) => {
      const measures: Measure[] = [];
      for (const count of COUNTS) {
        const keys = await Promise.all(
          RETIRED_SLOTS.slice(0, count).map((slot) => anOldKey(`recovered ${slot}`, 'RSA-2048')),
        );
        const theirs = await withCard(reader, (card) => byImporting(card, keys));
        const ours = await byCollecting(keys, (card, work) => withCard(reader, work, card));
        measures.push(
          atMost(`recovery.apdus-${count}`, ours.apdus, theirs.apdus, 'APDUs', GOAL),
          atMost(`recovery.time-${count}`, ours.ms, theirs.ms, 'ms', GOAL),
          plain(`recovery.verify-apdus-${count}`, ours.verifyApdus, 'APDUs'),
          plain(`recovery.look-apdus-${count}`, ours.lookApdus, 'APDUs'),
        );
      }
      return measures;
    }),
};

function byImporting(card: VirtualCard, keys: readonly OldKey[]): Promise<Effort> {
  return byYubicoPivTool(card, async (call, folder) => {
    for (const [at, { privateKey, certificate }] of keys.entries()) {
      const slot = RETIRED_SLOTS[at]!.toLowerCase();
      const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
      const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
      writeFileSync(keyFile, pem, { mode: 0o600 });
      writeFileSync(certificateFile, toPem(certificate));
      await call('-a', 'import-key', '-s', slot, '-i', keyFile);
      await call('-a', 'import-certificate', '-s', slot, '-i', certificateFile);
    }
  });
}

interface Collecting extends Effort {
  readonly verifyApdus: number;
  readonly lookApdus: number;
}

type InReader = <T>(card: VirtualCard, work: (card: VirtualCard) => Promise<T>) => Promise<T>;

async function byCollecting(keys: readonly OldKey[], inReader: InReader): Promise<Collecting> {
  const wanted = keys.map((key, at) => {
    return { slot: RETIRED_SLOTS[at]!, key, source: { kind: 'import', from: null } as const };
  });
  const { card, central } = await aCollection('full', [], wanted, { keys: [], certificates: [] });
  return inReader(card, () =>
    withConnection(async (connection) => {
      const counted = card.counters.apdus;
      const session = await PivSession.select(connection);
      const capabilities = await session.capabilities();
      const lookApdus = card.counters.apdus - counted;
      const { plan, recipient } = await central.begin(false);
      const before = card.counters.apdus;
      const begun = performance.now();
      let written: Effort | null = null;
      await encodeCard({
        ...{ connection, session, plan, capabilities, central },
        journal: { intend: () => {}, done: () => {} },
        pin: { old: ascii(OLD_PIN), next: ascii(OLD_PIN), isKept: true },
        openSealed: (sealed, context) => recipient.open(sealed, context),
        onProgress: ({ phase }) => {
          if (phase === 'verify') {
            written ??= { apdus: card.counters.apdus - before, ms: performance.now() - begun };
          }
        },
        signal: new AbortController().signal,
      });
      const { apdus, ms } = written!;
      return { apdus, ms, verifyApdus: card.counters.apdus - before - apdus, lookApdus };
    }),
  );
}
