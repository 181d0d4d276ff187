import { INS_SELECT } from '../../src/piv/apdu.ts';
import { MemoryReaders } from '../../src/readers/memory-readers.ts';
import { aCard } from '../encoder/support/card-run.ts';
import { startInTerminal, type TerminalProgram } from '../support/terminal.ts';
import { type Benchmark, type Measure, plain, quantile, round } from './measure.ts';

const APDU_MS = 20;
const TIMES = 100;
const WARM_UP = 5;
const START_MS = 60_000;
const [FIRST, FOUND] = ['RP-11-insert-card', 'RP-11-card-found'];
const SELECT = Uint8Array.of(0x00, INS_SELECT, 0x04, 0x00, 0x09, 0xa0, 0, 0, 3, 8, 0, 0, 0x10, 0, 0);
const GET_SERIAL = Uint8Array.of(0x00, 0xf8, 0x00, 0x00, 0x00);

/** How soon somebody who has put a card in reads something that is about it. */
export const cardToScreen: Benchmark = {
  names: ['card.to-screen', 'card.to-screen-p99', 'card.to-screen-own', 'card.to-screen-own-p99'],
  about: `from a card that is put into a reader in memory to the screen that says whose it is, what is on it by the copy, and what can be done (\`found\`), whole in a pseudo-terminal of 80×24, its emulator's work included; a central that is reached, and ${TIMES} cards one after the other. **card.to-screen**: p50 with a card that takes ${APDU_MS} ms an APDU, against opening the same card, SELECT and one read of its serial number, and nothing else (p50 of as many). **card.to-screen-own**: p50 with a card that takes no time: what the kiosk and its terminal add. **-p99**: p99 of both.`,
  async run(): Promise<Measure[]> {
    const [slow, quick, floor] = [await insertMany(APDU_MS), await insertMany(0), await readSerials()];
    const [value, against] = [quantile(slow, 0.5), quantile(floor, 0.5)];
    return [
      {
        ...plain('card.to-screen', value, 'ms'),
        ...{ against: round(against), ratio: round(value / against) },
      },
      plain('card.to-screen-p99', quantile(slow, 0.99), 'ms'),
      plain('card.to-screen-own', quantile(quick, 0.5), 'ms'),
      plain('card.to-screen-own-p99', quantile(quick, 0.99), 'ms'),
    ];
  },
};

async function insertMany(apduMs: number): Promise<number[]> {
  const args = ['scripts/node.sh', 'test/bench/card-process.ts', `${apduMs}`];
  const kiosk = startInTerminal('bash', args, { env: { NODE_ENV: 'production' } });
  try {
    await kiosk.until(FIRST, START_MS);
    const times: number[] = [];
    for (let n = 0; n < WARM_UP + TIMES; n += 1) times.push(await insertOne(kiosk));
    return times.slice(WARM_UP);
  } finally {
    kiosk.kill('SIGTERM');
    await kiosk.exited();
  }
}

async function insertOne(kiosk: TerminalProgram): Promise<number> {
  const begun = performance.now();
  kiosk.press('\x0e');
  await kiosk.until(FOUND);
  const tookMs = performance.now() - begun;
  kiosk.press('\x10');
  await kiosk.until(FIRST);
  return tookMs;
}

/** What nobody can do without who wants to know which card it is. */
async function readSerials(): Promise<number[]> {
  const readers = new MemoryReaders(1);
  const card = aCard();
  card.faults.delayMs = APDU_MS;
  readers.insert(0, card);
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + TIMES; n += 1) {
    const begun = performance.now();
    const connection = await readers.open(0);
    await connection.transmit(SELECT);
    await connection.transmit(GET_SERIAL);
    times.push(performance.now() - begun);
    await connection.close();
  }
  await readers.close();
  return times.slice(WARM_UP);
}
