import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import { encodeCard } from '../../src/encoder/encode-card.ts';
import type { CardConnection } from '../../src/piv/connection.ts';
import { PivSession } from '../../src/piv/session.ts';
import { createPcscReaders } from '../../src/readers/pcsc-readers.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { VPCD_PORTS, VpcdReader } from '../../src/virtual-card/vpcd.ts';
import { aCentral, ascii } from '../encoder/support/card-run.ts';
import { issueCertificate } from '../encoder/support/small-authority.ts';
import { run, startPcscd, until } from '../support/pcscd.ts';
import { atMost, type Benchmark, type Measure } from './measure.ts';

const ALGORITHM: KeyAlgorithm = 'RSA-2048';
const CHUID_LENGTH = 700;
const CCC_LENGTH = 60;
const GOAL = 0.5;

/** The same work twice on a new virtual card in the same PC/SC reader: by Debian's clients, and by our encoder. */
export const reprovisionApdus: Benchmark = {
  names: ['reprovision.apdus', 'reprovision.time', 'verify.apdus'],
  about:
    'generate 9A and 9D (RSA-2048), a certificate for each, CHUID, CCC, a new PIN, on the same virtual card through PC/SC (pcscd, vpcd). Against: yubico-piv-tool 2.2.0, one call for each of the seven (the CSR, which it cannot make, is left out on both sides; 9D is generated on both sides). Ours is one session with capabilities probed, management key check and PIN; read-back of every object and proof of each new key are counted apart as `verify.apdus`, and are no part of the time. Goal: at most half.',
  async run() {
    const pcscd = await startPcscd();
    const reader = new VpcdReader({ port: VPCD_PORTS[0] });
    try {
      const theirs = await withCard(reader, byDebianClients);
      const ours = await withCard(reader, byEncoder);
      return [
        atMost('reprovision.apdus', ours.apdus, theirs.apdus, 'APDUs', GOAL),
        atMost('reprovision.time', ours.ms, theirs.ms, 'ms', GOAL),
        { ...NO_GOAL, name: 'verify.apdus', value: ours.verifyApdus, unit: 'APDUs' },
      ];
    } finally {
      reader.pull();
      await pcscd.stop();
    }
  },
};

const NO_GOAL: Omit<Measure, 'name' | 'value' | 'unit'> = {
  against: null,
  ratio: null,
  goal: null,
  holds: null,
};

async function withCard<T>(reader: VpcdReader, work: (card: VirtualCard) => Promise<T>): Promise<T> {
  const card = VirtualCard.create(null, { name: 'bench', serial: 4711 });
  reader.insert(card);
  await until('the card in PC/SC', async () => /^0\s+Yes/m.test(await run('opensc-tool', '-l')));
  try {
    return await work(card);
  } finally {
    reader.pull();
    await until('an empty reader', async () => /^0\s+No/m.test(await run('opensc-tool', '-l')));
  }
}

async function byDebianClients(card: VirtualCard): Promise<{ apdus: number; ms: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-bench-'));
  const before = card.counters.apdus;
  let ms = 0;
  const timed = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    ms += performance.now() - begun;
  };
  // The card is served by this very process: a call must not block it.
  const call = (...args: string[]) => timed(() => run('yubico-piv-tool', '-r', 'Virtual PCD 00 00', ...args));
  try {
    for (const slot of ['9a', '9d']) {
      const [publicKey, certificate] = [join(folder, `${slot}.pub`), join(folder, `${slot}.pem`)];
      await call('-a', 'generate', '-s', slot, '-A', 'RSA2048', '-o', publicKey);
      const spki = pemBody(readFileSync(publicKey, 'utf8'));
      writeFileSync(certificate, toPem(await issueCertificate(spki, slot)));
      await call('-a', 'import-certificate', '-s', slot, '-i', certificate);
    }
    await call('-a', 'set-chuid');
    await call('-a', 'set-ccc');
    await call('-a', 'change-pin', '-P', '123456', '-N', '847261');
    return { apdus: card.counters.apdus - before, ms };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byEncoder(card: VirtualCard): Promise<{ apdus: number; ms: number; verifyApdus: number }> {
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
  const readers = createPcscReaders();
  try {
    const connection = await until('our reader', () => readers.open(0).catch(() => null));
    const before = card.counters.apdus;
    const begun = performance.now();
    let written: { apdus: number; ms: number } | null = null;
    const session = await PivSession.select(connection);
    const capabilities = await session.capabilities();
    const { plan, recipient } = await central.begin(false);
    await encodeCard({
      ...{ connection: connection as CardConnection, plan, capabilities, central },
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
    await connection.close();
    return { apdus, ms, verifyApdus: card.counters.apdus - before - apdus };
  } finally {
    await readers.close();
  }
}

function pemBody(pem: string): Uint8Array {
  return new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
}

function toPem(der: Uint8Array): string {
  const body = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
}
