import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, bundleScreen } from '../../packaging/bundle.ts';
import { identityPath } from '../../src/kiosk/identity-file.ts';
import { startInTerminal } from '../support/terminal.ts';
import { writeTestIdentity } from '../support/test-line.ts';
import { atMost, type Benchmark, plain, quantile } from './measure.ts';

const ROOT = join(import.meta.dirname, '../..');
const RUNS = Number(process.env.BENCH_STARTS ?? 7);
const LIMIT = 1.3;
const WITHIN_MS = 60_000;

/** How soon somebody sees the kiosk. */
export const startBundle: Benchmark = {
  names: ['start.bundle', 'start.bundle-rss'],
  about:
    'From starting the process to the first whole frame in a pseudo-terminal: `recard kiosk` from the bundle of the package, enrolled, with a central that is not there, against a program of Ink with as many lines (test/bench/bare-ink.tsx) that is bundled in the same way. Median of seven runs each, by turns. `start.bundle-rss`: resident memory of the kiosk at that moment.',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'recard-start-'));
    try {
      const [kiosk, bare] = [
        await prepareKiosk(folder),
        await bundleScreen(ROOT, 'test/bench/bare-ink.tsx', folder),
      ];
      const [starts, floor, bytes]: [number[], number[], number[]] = [[], [], []];
      for (let run = 0; run < RUNS; run += 1) {
        floor.push((await start([bare], '12:00')).ms);
        const { ms, rssMiB } = await start(kiosk, 'RP-11-insert-card');
        starts.push(ms);
        bytes.push(rssMiB);
      }
      return [
        atMost('start.bundle', quantile(starts, 0.5), quantile(floor, 0.5), 'ms', LIMIT),
        plain('start.bundle-rss', quantile(bytes, 0.5), 'MiB'),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** @returns what Node is to be given */
async function prepareKiosk(folder: string): Promise<readonly string[]> {
  await bundle(ROOT, folder);
  for (const name of ['node_modules', 'package.json']) symlinkSync(join(ROOT, name), join(folder, name));
  const stateFolder = join(folder, 'state');
  mkdirSync(stateFolder, { mode: 0o700 });
  await writeTestIdentity(identityPath(stateFolder));
  const configuration = join(folder, 'kiosk.toml');
  const lines = { name: 'Lobby', central_url: 'https://127.0.0.1:9', state_folder: stateFolder };
  const text = Object.entries({ ...lines, log_file: join(folder, 'kiosk.log') });
  writeFileSync(configuration, text.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join(''));
  return [join(folder, 'program/recard.js'), 'kiosk', '--config', configuration];
}

async function start(args: readonly string[], sign: string): Promise<{ ms: number; rssMiB: number }> {
  const begun = performance.now();
  const program = startInTerminal(process.execPath, args, { env: { NODE_ENV: 'production' } });
  try {
    await program.until(sign, WITHIN_MS);
    return { ms: performance.now() - begun, rssMiB: residentMiB(program.pid) };
  } finally {
    program.kill('SIGTERM');
    await program.exited().catch(() => undefined);
  }
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}
