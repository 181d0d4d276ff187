import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import type { KioskView } from '../flows/kiosk-view.ts';
import type { Kiosk } from './kiosk.ts';

/** The screen of this process's terminal. */
export interface FullScreen {
  /** From here on every view of the kiosk is drawn, and it hears the keys. */
  show(kiosk: Pick<Kiosk, 'view' | 'onView' | 'command'>): void;
  /** Settles when the screen was closed; rejects when drawing has failed. */
  readonly ended: Promise<void>;
  close(): void;
}

interface FullScreenOptions {
  /** Takes a key (`ctrl+n`) before the kiosk sees it; true when it was taken. */
  readonly onRawKey?: (name: string) => boolean;
  /** Called after each frame that was drawn; one comes each second at least. */
  readonly onFrame?: () => void;
}

/** There is no terminal to draw on. */
class NoTerminalError extends Error {
  override readonly name = 'NoTerminalError';
}

/** Nothing is drawn into a file or a pipe. @throws NoTerminalError */
export function demandTerminal({ stdin, stdout }: Pick<NodeJS.Process, 'stdin' | 'stdout'>): void {
  if (stdin.isTTY && stdout.isTTY) return;
  throw new NoTerminalError(
    'start kiosk: its input and output are no terminal; start it at a console or over ssh -t without < > |, or with kiosk.service, which gives it one',
  );
}

/**
 * Takes the terminal over and draws a view on it; keys do nothing until there is a kiosk to show. Node strips types from .ts but does
 * not know JSX: tsx is asked for the screens only.
 */
export async function openFullScreen(first: KioskView, options: FullScreenOptions = {}): Promise<FullScreen> {
  process.env.NODE_ENV ??= 'production';
  const letGo = register({ tsconfig: join(import.meta.dirname, '..', '..', 'tsconfig.json') });
  const { startScreen } = await import('../../screens/start.tsx');
  await letGo?.();
  const { stdin, stdout } = process;
  let shown: Parameters<FullScreen['show']>[0] | null = null;
  const size = () => ({ columns: stdout.columns, rows: stdout.rows });
  const view = () => shown?.view() ?? { ...first, size: size() };
  const screen = startScreen({
    ...{ stdin, stdout, initialView: view(), ...options },
    onCommand: (command) => shown?.command(command),
    onResize: () => screen.update(view()),
  });
  const drawing = new Drawing(() => screen.update(view()));
  let stop = () => {};
  // Hung up, and nobody sees it any more: what is at work is ended as ever, not cut off where it stands.
  for (const end of [stdin, stdout]) end.on('error', () => screen.close());
  return {
    ended: screen.waitUntilExit(),
    show(kiosk) {
      stop();
      shown = kiosk;
      stop = kiosk.onView(() => drawing.soon());
      drawing.soon();
    },
    close() {
      stop();
      screen.close();
    },
  };
}

/** However much happens at once (a burst of keys, rows of a copy), it is drawn once, when all of it has happened. */
class Drawing {
  readonly #draw: () => void;
  #isDue = false;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#draw();
    });
  }
}
