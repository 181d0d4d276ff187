import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import type { Kiosk } from './kiosk.ts';

/** The kiosk drawn full screen on this process's terminal. */
export interface FullScreen {
  /** Settles when the screen was closed; rejects when drawing has failed. */
  readonly ended: Promise<void>;
  close(): void;
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
 * Takes the terminal over and draws every view of the kiosk on it. Node strips types from .ts but does not know JSX:
 * tsx is asked for the screens only.
 * @param onRawKey takes a key (`ctrl+n`) before the kiosk sees it; true when it was taken
 * @param onFrame is called after each frame that was drawn; one comes each second at least
 */
export async function showFullScreen(
  kiosk: Kiosk,
  onRawKey?: (name: string) => boolean,
  onFrame?: () => void,
): Promise<FullScreen> {
  process.env.NODE_ENV ??= 'production';
  register({ tsconfig: join(import.meta.dirname, '..', '..', 'tsconfig.json') });
  const { startScreen } = await import('../../screens/start.tsx');
  const screen = startScreen({
    stdin: process.stdin,
    stdout: process.stdout,
    initialView: kiosk.view(),
    onCommand: (command) => kiosk.command(command),
    onRawKey,
    onFrame,
    onResize: () => screen.update(kiosk.view()),
  });
  const stop = kiosk.onView((view) => screen.update(view));
  return {
    ended: screen.waitUntilExit(),
    close() {
      stop();
      screen.close();
    },
  };
}
