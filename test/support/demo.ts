import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RackStatus } from '../../src/demo/card-rack.ts';
import { KEY, startInTerminal, type TerminalProgram } from './terminal.ts';

const run = promisify(execFile);

/** What `recard demo info --json` says. */
export interface DemoInfo {
  readonly stateDir: string;
  readonly centralUrl: string;
  readonly caFile: string;
  readonly crlUrl: string;
  readonly databaseUrl: string;
  readonly kioskPid: number;
  readonly readerPids: readonly number[];
  readonly centralPid: number;
  readonly logs: readonly string[];
  /** What people are told by mail, a file each. */
  readonly mailFolder: string;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real demo, full screen in a pseudo-terminal, with a home of its own; and the commands of another shell. */
export interface RunningDemo {
  readonly home: string;
  readonly terminal: TerminalProgram;
  recard(...args: readonly string[]): Promise<CommandResult>;
  info(): Promise<DemoInfo>;
  cards(): Promise<RackStatus>;
  card(name: string): Promise<RackStatus['cards'][number]>;
  /** Ends the program; its state is discarded unless `keepsState`. */
  close(keepsState?: boolean): Promise<void>;
}

export interface DemoOptions {
  readonly args?: readonly string[];
  readonly home?: string;
  readonly columns?: number;
  readonly rows?: number;
  /** Cards answer at once. Default: yes. */
  readonly isFast?: boolean;
  /** The screen that it begins with. Default: insert card, with central reached. */
  readonly firstCode?: string;
}

/** Until its copy is there a kiosk knows no card, and what is said of central ends with how old its data are. */
const FIRST_SCREEN = /Central reached {3}.*RP-11-insert-card/;

/** Starts `recard demo` and waits for its first screen, with which it knows its cards. */
export async function startDemo(options: DemoOptions = {}): Promise<RunningDemo> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'recard-'));
  const env = { RECARD_HOME: home };
  const terminal = startInTerminal(
    'bash',
    [
      'scripts/node.sh',
      'src/recard.ts',
      'demo',
      ...(options.isFast === false ? [] : ['--fast']),
      ...(options.args ?? []),
    ],
    {
      env,
      columns: options.columns ?? 80,
      rows: options.rows ?? 25,
    },
  );
  const recard = async (...args: readonly string[]): Promise<CommandResult> => {
    try {
      const { stdout, stderr } = await run('bash', ['scripts/node.sh', 'src/recard.ts', ...args], {
        env: { ...process.env, ...env },
      });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const failed = error as { code?: number; stdout?: string; stderr?: string };
      return { code: failed.code ?? -1, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' };
    }
  };
  const json = async <T>(...args: readonly string[]): Promise<T> => {
    const { stdout, stderr, code } = await recard(...args);
    if (code !== 0) throw new Error(`recard ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  };
  const demo: RunningDemo = {
    home,
    terminal,
    recard,
    info: () => json<DemoInfo>('demo', 'info', '--json'),
    cards: () => json<RackStatus>('card', 'status', '--json'),
    async card(name) {
      const found = (await demo.cards()).cards.find((card) => card.name === name);
      if (!found) throw new Error(`there is no card ${name}`);
      return found;
    },
    async close(keepsState = false) {
      terminal.press('\u0018');
      await terminal.exited().catch(() => terminal.kill('SIGKILL'));
      // What was ended by force may have programs that are a moment late.
      if (!keepsState) rmSync(home, { recursive: true, force: true, maxRetries: 10 });
    },
  };
  await terminal.until(options.firstCode ?? FIRST_SCREEN, 240_000);
  return demo;
}

/** Pulls a card that may have been refused: why stays on the screen until somebody says that it was read. */
export async function pullAndRead({ recard, terminal }: RunningDemo): Promise<void> {
  const { code, stderr } = await recard('card', 'pull');
  if (code !== 0) throw new Error(stderr);
  const screen = await terminal.until(/RP-11-insert-card|Enter (Understood|Verstanden)/);
  if (!screen.includes('RP-11-insert-card')) terminal.press(KEY.enter);
  await terminal.until('RP-11-insert-card');
}

/** Steps of a walk-up by keys, each waited for by its code on the screen. */
export const walk = {
  async toReasons(demo: RunningDemo, card: string, pin: string): Promise<void> {
    const { terminal } = demo;
    const inserted = await demo.recard('card', 'insert', card);
    if (inserted.code !== 0) throw new Error(inserted.stderr);
    await terminal.until('RP-11-card-found');
    terminal.press(KEY.enter);
    await terminal.until('ID-01-enter-pin');
    terminal.press(pin);
    terminal.press(KEY.enter);
    await terminal.until('RP-12-choose-reason');
  },
  /** @param reason its number in the list, from 1 */
  async toNewPin(demo: RunningDemo, card: string, pin: string, reason = 1): Promise<void> {
    const { terminal } = demo;
    await walk.toReasons(demo, card, pin);
    terminal.press(String(reason));
    terminal.press(KEY.enter);
    await walk.throughPlan(demo);
    terminal.press(KEY.enter);
    await terminal.until('RP-14-new-pin');
  },
  async toWriting(demo: RunningDemo, card: string, pin: string, newPin: string, reason = 1): Promise<void> {
    const { terminal } = demo;
    await walk.toNewPin(demo, card, pin, reason);
    terminal.press(newPin);
    terminal.press(KEY.enter);
    await terminal.until('RP-14-repeat-pin');
    terminal.press(newPin);
    terminal.press(KEY.enter);
    await terminal.until(/UX-03-writing|UX-07-done/);
  },
  /** From what becomes of each key to the warning. @returns the two screens */
  async throughPlan({ terminal }: RunningDemo): Promise<{ readonly plan: string; readonly warning: string }> {
    const plan = await terminal.until('RP-13-plan');
    terminal.press(KEY.enter);
    return { plan, warning: await terminal.until('RP-13-warning') };
  },
  /** From the PIN screen to the last one, for the first reason. */
  async fromPin(demo: RunningDemo, pin: string, newPin: string): Promise<string> {
    const { terminal } = demo;
    await terminal.until('ID-01-enter-pin');
    terminal.press(pin);
    terminal.press(KEY.enter);
    await terminal.until('RP-12-choose-reason');
    terminal.press(KEY.enter);
    await walk.throughPlan(demo);
    terminal.press(KEY.enter);
    for (const code of ['RP-14-new-pin', 'RP-14-repeat-pin']) {
      await terminal.until(code);
      terminal.press(newPin);
      terminal.press(KEY.enter);
    }
    return terminal.until('UX-07-done', 120_000);
  },
  async reprovision(
    demo: RunningDemo,
    card: string,
    pin: string,
    newPin: string,
    reason = 1,
  ): Promise<string> {
    await walk.toWriting(demo, card, pin, newPin, reason);
    return demo.terminal.until('UX-07-done', 120_000);
  },
};
