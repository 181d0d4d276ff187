import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { startInTerminal } from '../support/terminal.ts';
import { writeTestIdentity } from '../support/test-line.ts';
import { bundledInk, bundledRecard } from './bundled.ts';
import { atMost, type Benchmark, beside, plain, quantile } from './measure.ts';

const RUNS = Number(process.env.BENCH_STARTS ?? 7);
const LIMIT = 1.3;
const WITHIN_MS = 60_000;

/** How soon somebody sees the kiosk. */
export const startBundle: Benchmark = {
  names: ['start.bundle', 'start.bundle-alike', 'start.ready', 'start.bundle-rss'],
  about:
    'From starting the process to the first whole frame in a pseudo-terminal: `recard kiosk` from the bundle of the package, enrolled, with a central that is not there, against a program of Ink with as many lines (test/bench/bare-ink.tsx) that is bundled with the same settings, Ink as it comes. `start.bundle-alike`: against the same program after the bundle has done to its Ink what it does to that of the kiosk (packaging/first-frame.ts): Yoga is decoded without HTTP. Median of seven runs each, by turns. `start.ready`: until that screen says whether central is reached, its databases and readers being open. `start.bundle-rss`: resident memory of the kiosk at that moment.',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'recard-start-'));
    try {
      const kiosk = await prepareKiosk(folder);
      const [bare, alike] = [await bundledInk(folder, 'as it comes'), await bundledInk(folder, 'saving')];
      const starts: Started[] = [];
      const floor: number[] = [];
      const alikeFloor: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        floor.push((await start([bare], '12:00')).frameMs);
        alikeFloor.push((await start([alike], '12:00')).frameMs);
        starts.push(await start(kiosk, 'RP-11-insert-card', /not reached/));
      }
      const median = (fact: keyof Started) => {
        const all = starts.map((one) => one[fact]);
        return quantile(all, 0.5);
      };
      return [
        atMost('start.bundle', median('frameMs'), quantile(floor, 0.5), 'ms', LIMIT),
        beside('start.bundle-alike', median('frameMs'), quantile(alikeFloor, 0.5), 'ms'),
        plain('start.ready', median('readyMs'), 'ms'),
        plain('start.bundle-rss', median('rssMiB'), 'MiB'),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** @returns what Node is to be given */
async function prepareKiosk(folder: string): Promise<readonly string[]> {
  const program = await bundledRecard(folder);
  const stateFolder = join(folder, 'state');
  mkdirSync(stateFolder, { mode: 0o700 });
  await writeTestIdentity(identityPath(stateFolder));
  const configuration = join(folder, 'kiosk.toml');
  const lines = { name: 'Lobby', central_url: 'https://127.0.0.1:9', state_folder: stateFolder };
  const text = Object.entries({ ...lines, log_file: join(folder, 'kiosk.log') });
  writeFileSync(configuration, text.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join(''));
  return [program, 'kiosk', '--config', configuration];
}

interface Started {
  readonly frameMs: number;
  readonly readyMs: number;
  readonly rssMiB: number;
}

/** @param frame what the first frame says @param ready what the one says that is no more about starting; absent: the same */
async function start(
  args: readonly string[],
  frame: string,
  ready: RegExp | string = frame,
): Promise<Started> {
  const begun = performance.now();
  const program = startInTerminal(process.execPath, args, { env: { NODE_ENV: 'production' } });
  try {
    await program.until(frame, WITHIN_MS);
    const frameMs = performance.now() - begun;
    await program.until(ready, WITHIN_MS);
    return { frameMs, readyMs: performance.now() - begun, rssMiB: residentMiB(program.pid) };
  } finally {
    program.kill('SIGTERM');
    await program.exited().catch(() => undefined);
  }
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}
