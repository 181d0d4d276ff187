import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardConnection } from '../../src/piv/connection.ts';
import { createPcscReaders } from '../../src/readers/pcsc-readers.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { VPCD_PORTS, VpcdReader } from '../../src/virtual-card/vpcd.ts';
import { run, startPcscd, until } from '../support/pcscd.ts';

/** What some work took. */
export interface Effort {
  readonly apdus: number;
  readonly ms: number;
}

/** Runs work beside the machine's pcscd, with its first reader. */
export async function withReader<T>(work: (reader: VpcdReader) => Promise<T>): Promise<T> {
  const pcscd = await startPcscd();
  const reader = new VpcdReader({ port: VPCD_PORTS[0] });
  try {
    return await work(reader);
  } finally {
    reader.pull();
    await pcscd.stop();
  }
}

/** Runs work while a card is in the reader: a new one unless one is given. */
export async function withCard<T>(
  reader: VpcdReader,
  work: (card: VirtualCard) => Promise<T>,
  card: VirtualCard = VirtualCard.create(null, { name: 'bench', serial: 4711 }),
): Promise<T> {
  reader.insert(card);
  await until('the card in PC/SC', async () => /^0\s+Yes/m.test(await run('opensc-tool', '-l')));
  try {
    return await work(card);
  } finally {
    reader.pull();
    await until('an empty reader', async () => /^0\s+No/m.test(await run('opensc-tool', '-l')));
  }
}

/** Runs work with our own connection to the card, as a kiosk has it. */
export async function withConnection<T>(work: (connection: CardConnection) => Promise<T>): Promise<T> {
  const readers = createPcscReaders();
  try {
    const connection = await until('our reader', () => readers.open(0).catch(() => null));
    const result = await work(connection as CardConnection);
    await connection.close();
    return result;
  } finally {
    await readers.close();
  }
}

/**
 * Calls of Debian's yubico-piv-tool on a card, with a folder for what they read and write; only they are counted.
 * The card is served by this very process: a call does not block it.
 */
export async function byYubicoPivTool(
  card: VirtualCard,
  work: (call: (...args: string[]) => Promise<void>, folder: string) => Promise<void>,
): Promise<Effort> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-bench-'));
  const before = card.counters.apdus;
  let ms = 0;
  const call = async (...args: string[]) => {
    const begun = performance.now();
    await run('yubico-piv-tool', '-r', 'Virtual PCD 00 00', ...args);
    ms += performance.now() - begun;
  };
  try {
    await work(call, folder);
    return { apdus: card.counters.apdus - before, ms };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a file in PEM has. */
export function pemBody(path: string): Uint8Array {
  return new Uint8Array(Buffer.from(readFileSync(path, 'utf8').replace(/-----[^-]+-----|\s/g, ''), 'base64'));
}

/** Of a certificate. */
export function toPem(der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
