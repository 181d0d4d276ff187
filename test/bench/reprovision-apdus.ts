import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import { encodeCard } from '../../src/encoder/encode-card.ts';
import { PivSession } from '../../src/piv/session.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCentral, ascii } from '../encoder/support/card-run.ts';
import { issueCertificate } from '../encoder/support/small-authority.ts';
import { atMost, type Benchmark, plain } from './measure.ts';
import {
  byYubicoPivTool,
  type Effort,
  pemBody,
  toPem,
  withCard,
  withConnection,
  withReader,
} from './pcsc-card.ts';

const ALGORITHM: KeyAlgorithm = 'RSA-2048';
const CHUID_LENGTH = 700;
const CCC_LENGTH = 60;
const GOAL = 0.5;

/** The same work twice on a new virtual card in the same PC/SC reader: by Debian's clients, and by our encoder. */
export const reprovisionApdus: Benchmark = {
  names: ['reprovision.apdus', 'reprovision.time', 'verify.apdus'],
  about:
    'generate 9A and 9D (RSA-2048), a certificate for each, CHUID, CCC, a new PIN, on the same virtual card through PC/SC (pcscd, vpcd). Against: yubico-piv-tool 2.2.0, one call for each of the seven (the CSR, which it cannot make, is left out on both sides; 9D is generated on both sides). Ours is one session with capabilities probed, management key check and PIN; read-back of every object and proof of each new key are counted apart as `verify.apdus`, and are no part of the time. Goal: at most half.',
  run: () =>
    withReader(async (reader) => {
      const theirs = await withCard(reader, byDebianClients);
      const ours = await withCard(reader, byEncoder);
      return [
        atMost('reprovision.apdus', ours.apdus, theirs.apdus, 'APDUs', GOAL),
        atMost('reprovision.time', ours.ms, theirs.ms, 'ms', GOAL),
        plain('verify.apdus', ours.verifyApdus, 'APDUs'),
      ];
    }),
};

function byDebianClients(card: VirtualCard): Promise<Effort> {
  return byYubicoPivTool(card, async (call, folder) => {
    for (const slot of ['9a', '9d']) {
      const [publicKey, certificate] = [join(folder, `${slot}.pub`), join(folder, `${slot}.pem`)];
      await call('-a', 'generate', '-s', slot, '-A', 'RSA2048', '-o', publicKey);
      writeFileSync(certificate, toPem(await issueCertificate(pemBody(publicKey), slot)));
      await call('-a', 'import-certificate', '-s', slot, '-i', certificate);
    }
    await call('-a', 'set-chuid');
    await call('-a', 'set-ccc');
    await call('-a', 'change-pin', '-P', '123456', '-N', '847261');
  });
}

async function byEncoder(card: VirtualCard): Promise<Effort & { readonly verifyApdus: number }> {
  const central = aCentral({
    keys: (['9A', '9D'] as const).map((slot) => ({
      ...{ slot, algorithm: ALGORITHM, source: { kind: 'generate' }, publicKey: null },
    })),
    objects: [
      { tag: '5FC107', content: new Uint8Array(CCC_LENGTH).fill(1) },
      { tag: '5FC102', content: new Uint8Array(CHUID_LENGTH).fill(2) },
    ],
    changesManagementKey: false,
    replacesPuk: false,
  });
  return withConnection(async (connection) => {
    const before = card.counters.apdus;
    const begun = performance.now();
    let written: Effort | null = null;
    const session = await PivSession.select(connection);
    const capabilities = await session.capabilities();
    const { plan, recipient } = await central.begin(false);
    await encodeCard({
      ...{ connection, plan, capabilities, central },
      journal: { intend: () => {}, done: () => {} },
      pin: { old: ascii('123456'), next: ascii('847261'), isKept: false },
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
