import { runSoak } from '../soak/run-soak.ts';
import { atMost, type Benchmark } from './measure.ts';

const SECONDS = Number(process.env.BENCH_SOAK_S ?? 240);
const HEAP = '--max-old-space-size=256';
const SEED = 20261123;
const MEBIBYTE = 1024 * 1024;
/** Of what it is after warming up. */
const LIMIT = 1.1;

/** What the kiosk's memory becomes while anybody does anything with it. */
export const memoryDay: Benchmark = {
  names: ['memory.day'],
  about:
    'Resident memory of the demo (kiosk and virtual cards) after four minutes of random keys, cards in and out, a central that hangs and sticks that come and go, as quickly as it takes them (some thousand actions; a corridor has as many in days), against the same after the first quarter of that time. Heaps are held to what kiosk.service allows. Seeded; `npm run test:soak` does the same for half an hour.',
  async run() {
    // As kiosk.service has it: else V8 takes what the machine has before it clears up.
    process.env.NODE_OPTIONS = HEAP;
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const report = await runSoak({ seed: SEED, seconds: SECONDS, say }).finally(() => {
      delete process.env.NODE_OPTIONS;
    });
    const { afterWarmUp, atTheEnd, faults } = report;
    if (faults.length > 0) throw new Error(`measure memory.day: ${faults.join('; ')}`);
    return [atMost('memory.day', atTheEnd / MEBIBYTE, afterWarmUp / MEBIBYTE, 'MiB', LIMIT)];
  },
};
