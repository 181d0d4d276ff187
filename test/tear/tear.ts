import { parseArgs } from 'node:util';
import { runTears } from './run-tears.ts';
import { LIFE_KINDS } from './tear-life.ts';
import { TEAR_KINDS } from './tear-world.ts';

/**
 * `npm run test:tear [-- --all] [--seed N] [--personality P] [--cut before|after:K]`: cuts rewrites off at the real kiosk
 * and central and has every card finished. What did not survive goes to standard error; the last line is JSON.
 */
const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    seed: { type: 'string' },
    personality: { type: 'string' },
    cut: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const cut = /^(before|after):([1-9]\d*)$/.exec(values.cut ?? '');
const { personality } = values;
if (!Number.isSafeInteger(seed)) misused(`--seed ${values.seed} is no whole number`);
if (values.cut !== undefined && !cut) misused(`--cut ${values.cut} is not before:K or after:K`);
const kinds = [...TEAR_KINDS, ...LIFE_KINDS];
const kind = kinds.find((name) => name === personality);
if (personality !== undefined && !kind) {
  misused(`there is no personality ${personality}; there are ${kinds.join(', ')}`);
}

const report = await runTears({
  isAll: values.all,
  seed,
  ...(kind && { kind }),
  ...(cut && { cut: { when: cut[1] as 'before' | 'after', apdu: Number(cut[2]) } }),
  say: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(report.survived === report.cuts ? 0 : 1);

function misused(why: string): never {
  process.stderr.write(`test:tear: ${why}\n`);
  process.exit(2);
}
