import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startInTerminal, type TerminalProgram } from '../support/terminal.ts';
import { openBenchCentral } from './bench-central.ts';
import { bundledInk, bundledRecard } from './bundled.ts';
import { fillCards } from './fill-cards.ts';
import { atMost, type Benchmark, below, type Measure, plain, quantile } from './measure.ts';

const CARDS = Number(process.env.BENCH_CARDS ?? 1_000_000);
const KEYS = 300;
const WARM_UP = 30;
const GOAL_MS = 16;
/** What tells the first screens of two languages from each other. */
const LANGUAGES = [/\[1 English\]/, /\[2 Deutsch\]/] as const;
const NO_DATA = 'no data yet';
const PRODUCTION = { NODE_ENV: 'production' };
const READY = /no data yet|Central reached/;

/** From a key that is pressed to the screen that it leads to, whole, at the real kiosk in a pseudo-terminal. */
export const keyToFrame: Benchmark = {
  names: ['key.to-frame', 'key.to-frame-p50', 'key.under-sync', 'key.frame-bytes'],
  about: `The real kiosk (\`recard kiosk\` from the bundle of the package) in a pseudo-terminal of 80×24 beside a real central with ${CARDS.toLocaleString('en')} cards. The key changes the language, so that every line of the screen is another one; time runs from writing the key until the emulator shows the last line of the other language, the emulator's work included. **key.to-frame**: p99 of ${KEYS} keys when nothing else happens, against the same of a bare Ink program that draws as many lines, bundled with the same settings. **key.under-sync**: p99 of the keys pressed, one after the other, from the kiosk's first frame on until its first copy is whole. **key.frame-bytes**: what is written to the terminal for each such frame.`,
  async run() {
    const bench = await openBenchCentral();
    try {
      await fillCards(bench.databaseUrl, CARDS);
      const place = await bench.addKiosk('keys');
      const lines = [
        'name = "Keys"',
        `central_url = "${bench.urls[0]}"`,
        'state_folder = "keys"',
        'log_file = "keys.log"',
      ];
      const configuration = join(bench.folder, 'keys.toml');
      writeFileSync(configuration, `${lines.join('\n')}\n`);
      const args = [await bundledRecard(join(bench.folder, 'bundle')), 'kiosk', '--config', configuration];
      const bare = await bundledInk(bench.folder, 'as it comes');
      const env = { ...PRODUCTION, PCSCLITE_CSOCK_NAME: join(place, 'no-pcscd') };
      const kiosk = startInTerminal(process.execPath, args, { env });
      try {
        return await measureAll(kiosk, bare);
      } finally {
        kiosk.kill('SIGTERM');
        await kiosk.exited();
      }
    } finally {
      await bench.close();
    }
  },
};

/** @param bare what Node is to be given */
async function measureAll(kiosk: TerminalProgram, bare: string): Promise<Measure[]> {
  await kiosk.until(LANGUAGES[0], 60_000);
  // Until then it has no databases yet, and no ears.
  await kiosk.until(READY, 60_000);
  const underSync: number[] = [];
  for (let n = 1; n % 2 === 0 || kiosk.screen().includes(NO_DATA); n += 1)
    underSync.push(await press(kiosk, n));
  const before = kiosk.drawn().length;
  const idle = await pressMany(kiosk);
  const bytes = (kiosk.drawn().length - before) / (KEYS + WARM_UP);
  const floor = await pressBareInk(bare);
  return [
    {
      ...atMost('key.to-frame', quantile(idle, 0.99), quantile(floor, 0.99), 'ms', Number.POSITIVE_INFINITY),
      ...goalOf(idle),
    },
    plain('key.to-frame-p50', quantile(idle, 0.5), 'ms'),
    below('key.under-sync', quantile(underSync, 0.99), 'ms', GOAL_MS),
    plain('key.frame-bytes', bytes, 'bytes'),
  ];
}

function goalOf(values: readonly number[]): Pick<Measure, 'goal' | 'holds'> {
  return { goal: `p99 < ${GOAL_MS}`, holds: quantile(values, 0.99) < GOAL_MS };
}

/** An even number of keys: afterwards it speaks as before. */
async function pressMany(program: TerminalProgram): Promise<number[]> {
  const times: number[] = [];
  for (let n = 1; n <= KEYS + WARM_UP; n += 1) times.push(await press(program, n));
  return times.slice(WARM_UP);
}

/** @param n counted from 1: odd ones lead to the second language */
async function press(program: TerminalProgram, n: number): Promise<number> {
  const begun = performance.now();
  program.press(n % 2 === 0 ? '1' : '2');
  await program.until(LANGUAGES[n % 2]!);
  return performance.now() - begun;
}

/** The same library and terminal, with as many lines and no kiosk. */
async function pressBareInk(program: string): Promise<number[]> {
  const bare = startInTerminal(process.execPath, [program], { env: PRODUCTION });
  try {
    await bare.until(LANGUAGES[0], 60_000);
    return await pressMany(bare);
  } finally {
    bare.kill('SIGKILL');
    await bare.exited().catch(() => undefined);
  }
}
