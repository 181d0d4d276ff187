import { parseArgs } from 'node:util';
import { runSoak } from './run-soak.ts';
import { judgeSoak } from './soak-verdict.ts';

/** `npm run test:soak [-- --minutes N] [--seed N]`: any key, cards in and out, faults on and off, at the real demo. The last line is JSON. Status 1: something was wrong, or memory grew in ten minutes or more. */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string' } },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const seconds = Number(values.minutes) * 60;
if (!Number.isSafeInteger(seed) || !(seconds > 0)) {
  process.stderr.write('test:soak: --minutes and --seed are numbers\n');
  process.exit(2);
}
const report = await runSoak({ seed, seconds, say: (line) => process.stderr.write(`${line}\n`) });
const verdict = judgeSoak(report, seconds);
process.stdout.write(`${JSON.stringify({ ...report, ...verdict })}\n`);
process.exit(verdict.faults.length === 0 ? 0 : 1);
