import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { askDemo, type ControlRequest } from '../../src/demo/control.ts';
import { demoPaths } from '../../src/demo/paths.ts';
import { type DemoInfo, type RunningDemo, startDemo } from '../support/demo.ts';
import { KEY } from '../support/terminal.ts';
import { type Chance, seeded } from '../tear/seeded.ts';

export interface SoakWishes {
  readonly seed: number;
  readonly seconds: number;
  /** Goes on for longer, on a machine where little happens in that time, until it has met so many. */
  readonly leastScreens?: number;
  say(line: string): void;
}

/** What came of it. Bytes are of the kiosk's resident memory, which in the demo holds the virtual cards as well. */
export interface SoakReport {
  readonly seed: number;
  readonly actions: number;
  /** How many different screens were seen, by their codes. */
  readonly screens: number;
  readonly afterWarmUp: number;
  readonly atTheEnd: number;
  /** What was wrong; empty when all is well. */
  readonly faults: readonly string[];
}

const START = 'RP-11-insert-card';
const CODE = /\b(?:RP|KR|ID|OP|SY|SE|UX)-\d\d-[a-z][a-z0-9-]*/;
/** The title in the first line, and the code right above the demo's own; the code in the last, where it is too small; or read aloud. */
const WHOLE =
  /^ Recard .*\n(?:.*\n)+.* [A-Z]{2}-\d\d-[a-z0-9-]+ *\n DEMO .*$|^(?! Recard)[\s\S]*(?:[A-Z]{2}-\d\d-[a-z0-9-]+\s*$|Recard, Demo)/;
const CARDS = [
  'good',
  'standard',
  'archived',
  'archived-ec',
  'helga',
  'olaf',
  'operator',
  'disabled',
  'cancelled',
  'blank',
];
const MORE_CARDS = ['contactless', 'unknown', 'no-piv', 'expired', 'holder-disabled', 'revoked-elsewhere'];
/** Letters that mean something somewhere, and some that do not. */
const KEYS = [
  ...'0123456789',
  // Without the m by which an administrator leaves the kiosk.
  ...'cnyjoxabdefghiklpqrstuvwz/?',
  KEY.up,
  KEY.down,
  KEY.tab,
  KEY.backspace,
  ' ',
];
const SIZES = [
  [80, 25],
  [80, 25],
  [100, 30],
  [200, 60],
  [79, 24],
  [40, 10],
  [132, 43],
] as const;
/** So often the screen is looked at. */
const LOOK_EVERY = 25;
/** The first part of the time, in which everything is loaded that will be. */
const WARM_UP = 0.25;
/** In parts of the time: whoever has not met as many screens as were wished until then meets no more. */
const LONGEST = 12;

/** Somebody who presses any key, puts cards in and pulls them, while central hangs now and then and sticks come and go. */
export async function runSoak({ seed, seconds, leastScreens = 0, say }: SoakWishes): Promise<SoakReport> {
  const demo = await startDemo({ columns: 80, rows: 25 });
  try {
    return await new Soak(demo, await demo.info(), seed, say).run(seconds, leastScreens);
  } finally {
    await demo.close();
  }
}

class Soak {
  readonly #demo: RunningDemo;
  readonly #info: DemoInfo;
  readonly #seed: number;
  readonly #chance: Chance;
  readonly #say: (line: string) => void;
  readonly #faults: string[] = [];
  readonly #screens = new Set<string>();
  #isCentralHung = false;
  #actions = 0;

  constructor(demo: RunningDemo, info: DemoInfo, seed: number, say: (line: string) => void) {
    this.#demo = demo;
    this.#info = info;
    this.#seed = seed;
    this.#chance = seeded(seed);
    this.#say = say;
  }

  async run(seconds: number, leastScreens: number): Promise<SoakReport> {
    const begun = performance.now();
    const part = () => (performance.now() - begun) / 1000 / seconds;
    while (part() < WARM_UP && this.#faults.length === 0) await this.#act();
    const afterWarmUp = this.#residentBytes();
    const isEnough = () => part() >= 1 && (this.#screens.size >= leastScreens || part() >= LONGEST);
    while (!isEnough() && this.#faults.length === 0) await this.#act();
    await this.#calmDown();
    const [seed, actions, screens, faults] = [this.#seed, this.#actions, this.#screens.size, this.#faults];
    return { seed, actions, screens, afterWarmUp, atTheEnd: this.#residentBytes(), faults };
  }

  async #act(): Promise<void> {
    this.#actions += 1;
    const { terminal } = this.#demo;
    const dice = this.#chance.next();
    if (dice < 0.66) terminal.press(this.#oneOf(KEYS));
    else if (dice < 0.76) terminal.press(KEY.enter);
    else if (dice < 0.79) terminal.press(KEY.escape);
    else if (dice < 0.85)
      await this.#ask({ do: 'insert', card: this.#anyCard(), reader: this.#chance.between(0, 1) });
    else if (dice < 0.9)
      await this.#ask({ do: 'pull', reader: this.#chance.between(0, 1), afterApdus: null });
    else if (dice < 0.96) terminal.press(`123456${KEY.enter}`);
    else if (dice < 0.97) this.#resize();
    else if (dice < 0.98) this.#hangCentral();
    else if (dice < 0.99) this.#plugStick();
    else terminal.press(this.#noise());
    // An answer comes once the kiosk's loop has had its turn: keys are not piled up.
    await this.#ask({ do: 'status' });
    if (this.#actions % LOOK_EVERY === 0) await this.#look();
  }

  /** Which screen it is, whole: a frame that is wider or taller than the terminal would break its lines, and push one of these away. */
  async #look(): Promise<void> {
    try {
      const screen = await this.#demo.terminal.until(WHOLE);
      const code = CODE.exec(screen.split('\n').slice(-4).join('\n'))?.[0];
      if (code) this.#screens.add(code);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
    if (!isRunning(this.#info.kioskPid)) this.#fail('the kiosk has ended or was stopped');
  }

  /** Once nothing happens any more the first screen comes back by itself or by Esc, and a card is looked at. */
  async #calmDown(): Promise<void> {
    const { terminal } = this.#demo;
    if (this.#isCentralHung) this.#hangCentral();
    terminal.resize(80, 25);
    for (const reader of [0, 1]) await this.#ask({ do: 'pull', reader, afterApdus: null });
    try {
      await this.#leave();
      await this.#ask({ do: 'insert', card: 'contactless', reader: 0 });
      await terminal.until('RP-07-contactless');
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  async #leave(): Promise<void> {
    for (let tries = 0; tries < 20; tries += 1) {
      if (this.#demo.terminal.screen().includes(START)) return;
      this.#demo.terminal.press(KEY.escape);
      await this.#ask({ do: 'status' });
    }
    // What central has to say first, or idle time, takes longer.
    await this.#demo.terminal.until(START, 200_000);
  }

  #resize(): void {
    const [columns, rows] = this.#oneOf(SIZES);
    this.#demo.terminal.resize(columns, rows);
  }

  #hangCentral(): void {
    process.kill(this.#info.centralPid, this.#isCentralHung ? 'SIGCONT' : 'SIGSTOP');
    this.#isCentralHung = !this.#isCentralHung;
  }

  #plugStick(): void {
    const stick = join(this.#demo.home, 'demo', 'media', `STICK${this.#chance.between(1, 2)}`);
    if (this.#chance.next() < 0.5) mkdirSync(stick, { recursive: true });
    else rmSync(stick, { recursive: true, force: true });
  }

  /** Without ^X, which ends the demo. */
  #noise(): string {
    const codes = Array.from({ length: this.#chance.between(1, 64) }, () => this.#chance.between(0, 255));
    return String.fromCharCode(...codes.filter((code) => code !== 0x18));
  }

  #anyCard(): string {
    return this.#oneOf(this.#chance.next() < 0.8 ? CARDS : MORE_CARDS);
  }

  #oneOf<T>(list: readonly T[]): T {
    return list[this.#chance.between(0, list.length - 1)]!;
  }

  /** What the demo refuses (a card in a reader that is taken) is refused. */
  async #ask(request: ControlRequest): Promise<void> {
    await askDemo(demoPaths(this.#demo.home).control, request).catch(() => undefined);
  }

  #residentBytes(): number {
    return (
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.#info.kioskPid}/status`, 'utf8'))![1]) * 1024
    );
  }

  #fail(what: string): void {
    this.#faults.push(`${what}; seed ${this.#seed}, after ${this.#actions} actions`);
    this.#say(`${what}\n${this.#demo.terminal.screen()}`);
  }
}

/** As in proc(5): neither gone nor stopped. */
function isRunning(pid: number): boolean {
  try {
    return /^[RSD]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!);
  } catch {
    return false;
  }
}
