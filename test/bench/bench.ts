import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { cardToScreen } from './card-to-screen.ts';
import { centralOperations } from './central-operations.ts';
import { centralRecoveries } from './central-recoveries.ts';
import { issueApdus } from './issue-apdus.ts';
import { keyToFrame } from './key-to-frame.ts';
import type { Benchmark, Measure } from './measure.ts';
import { memoryDay } from './memory-day.ts';
import { pfxTime } from './pfx-time.ts';
import { progressEstimate } from './progress-estimate.ts';
import { recoveryApdus } from './recovery-apdus.ts';
import { reprovisionApdus } from './reprovision-apdus.ts';
import { reprovisionOverhead } from './reprovision-overhead.ts';
import { journalCost, resumeApdus } from './resume.ts';
import { searchTime } from './search-time.ts';
import { startBundle } from './start-bundle.ts';
import { syncBootstrap } from './sync-bootstrap.ts';
import { syncIdle } from './sync-idle.ts';
import { syncVisible } from './sync-visible.ts';

/**
 * `npm run bench [NAME…] [--json]`: one line a measure; without names docs/benchmarks.md is written too. BENCH_CARDS, BENCH_KIOSKS,
 * BENCH_MS (of `central.operations` and `recovery.central`), BENCH_SOAK_S (of `memory.day`) and BENCH_STARTS (of `start.bundle`) make it
 * smaller, to try it.
 */
const BENCHMARKS: readonly Benchmark[] = [
  ...[reprovisionApdus, reprovisionOverhead, resumeApdus, journalCost, progressEstimate],
  ...[issueApdus, recoveryApdus],
  ...[pfxTime, keyToFrame, cardToScreen, searchTime, startBundle, memoryDay],
  ...[syncBootstrap, syncVisible, syncIdle, centralOperations, centralRecoveries],
];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const chosen = BENCHMARKS.filter(
  ({ names }) => positionals.length === 0 || names.some((name) => positionals.includes(name)),
);
const unknown = positionals.filter((name) => !BENCHMARKS.some(({ names }) => names.includes(name)));
if (unknown.length > 0) {
  process.stderr.write(
    `bench: there is no ${unknown.join(', ')}; there are ${BENCHMARKS.flatMap(({ names }) => names).join(', ')}\n`,
  );
  process.exit(2);
}

const results: { benchmark: Benchmark; measures: readonly Measure[] }[] = [];
for (const benchmark of chosen) {
  const measures = await benchmark.run();
  results.push({ benchmark, measures });
  for (const measure of measures) {
    if (positionals.length > 0 && !positionals.includes(measure.name)) continue;
    process.stdout.write(values.json ? `${JSON.stringify(measure)}\n` : `${line(measure)}\n`);
  }
}
if (positionals.length === 0) writeFileSync('docs/benchmarks.md', document());

function line({ name, value, unit, against, ratio, goal, holds }: Measure): string {
  const peer = against === null ? '' : ` against ${against}, ratio ${ratio}`;
  const verdict = holds === null ? '' : holds ? ', holds' : ', DOES NOT HOLD';
  return `${name}: ${value} ${unit}${peer}${goal === null ? '' : ` (goal: ${goal}${verdict})`}`;
}

function document(): string {
  const rows = results.flatMap(({ measures }) => measures).map(row);
  const about = results.map(({ benchmark }) => `**${benchmark.names.join(', ')}**: ${benchmark.about}`);
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.version}. Trust ratios: both sides of each were measured in the same run.`,
    '',
    '| measure | value | unit | against | ratio | goal | holds |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...about.flatMap((text) => [text, '']),
  ].join('\n');
}

function row({ name, value, unit, against, ratio, goal, holds }: Measure): string {
  const verdict = holds === null ? '–' : holds ? 'yes' : '**no**';
  return `| \`${name}\` | ${value} | ${unit} | ${against ?? '–'} | ${ratio ?? '–'} | ${goal ?? '–'} | ${verdict} |`;
}
