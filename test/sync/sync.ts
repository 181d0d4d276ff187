import { parseArgs } from 'node:util';
import { runSync } from './run-sync.ts';

/**
 * `npm run test:sync [-- --all] [--minutes N] [--seed N]`: kills, cuts, damages; afterwards every kiosk has what central has,
 * and central every event. What is not so goes to standard error; the last line is JSON.
 */
const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    seed: { type: 'string' },
  },
});
const LONG_MINUTES = 10;
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const minutes = values.minutes === undefined ? (values.all ? LONG_MINUTES : 0) : Number(values.minutes);
if (!Number.isSafeInteger(seed)) misused(`--seed ${values.seed} is no whole number`);
if (!(minutes >= 0)) misused(`--minutes ${values.minutes} is no number`);

let hasFailed = false;
const say = (line: string) => {
  hasFailed ||= line.startsWith('NOT ');
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
};
const report = await runSync({ isLarge: values.all, minutes, seed, say });
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(hasFailed ? 1 : 0);

function misused(why: string): never {
  process.stderr.write(`test:sync: ${why}\n`);
  process.exit(2);
}
