import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CardPaces } from '../../src/kiosk/card-paces.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { aCard, aCentral, anImage, run } from '../encoder/support/card-run.ts';
import { type Benchmark, quantile, round } from './measure.ts';

const RUNS = 5;
const APDU_MS = 20;
/** An RSA key is found by chance: it takes between half of this and half as much again. */
const KEY_MS = 800;
const MOST = 0.25;

/** How true the first word is on how long writing takes, once a card of the family was seen. */
export const progressEstimate: Benchmark = {
  names: ['progress.estimate'],
  about: `the first time that is shown as left, over the time that it then takes, on the second card of a family that the kiosk has never seen before; four RSA-2048 keys that take ${KEY_MS / 2} to ${KEY_MS * 1.5} ms by chance, every object, a card that takes ${APDU_MS} ms an APDU, a central that answers at once, the kiosk's own file on a disk; the middle of ${RUNS} runs. 1 is true.`,
  async run() {
    const shares: number[] = [];
    for (let n = 0; n < RUNS; n += 1) shares.push(await withFile(shareOfSecond));
    const value = quantile(shares, 0.5);
    return [
      {
        ...{ name: 'progress.estimate', value: round(value), unit: 'of the true time', against: null },
        ...{ ratio: null, goal: `1 ± ${MOST}`, holds: Math.abs(value - 1) <= MOST },
      },
    ];
  },
};

async function withFile(measure: (own: OwnDatabase) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-bench-'));
  const refuse = (error: Error) => {
    throw error;
  };
  const own = openOwnDatabase(join(folder, 'own.sqlite'), refuse, {
    now: () => new Date(),
    signer: () => null,
  });
  try {
    return await measure(own);
  } finally {
    own.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function shareOfSecond(own: OwnDatabase): Promise<number> {
  await shareOf(own);
  return shareOf(own);
}

/** The first estimate over the time that the card took. */
async function shareOf(own: OwnDatabase): Promise<number> {
  const card = aCard();
  card.faults.delayMs = APDU_MS;
  const paces = new CardPaces(own, card.atr, { info() {}, warn() {}, error() {} });
  let first: { readonly remainingMs: number; readonly at: number } | null = null;
  const { error } = await run(card, aCentral(anImage('RSA-2048')), {
    paces,
    onProgress: ({ phase, remainingMs }) => {
      first ??= { remainingMs, at: performance.now() };
      if (phase === 'key') card.faults.keyGenerationMs = KEY_MS * (0.5 + Math.random());
    },
  });
  if (error !== null) throw error;
  const { remainingMs, at } = first!;
  return remainingMs / (performance.now() - at);
}
