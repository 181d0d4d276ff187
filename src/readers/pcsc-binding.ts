import type { EventEmitter } from 'node:events';
import { ALIVE } from './kept-child.ts';

/** What the reader processes use of pcsclite; errors carry text only. */
export interface BindingReader extends EventEmitter {
  readonly name: string;
  readonly connected: boolean;
  readonly SCARD_SHARE_EXCLUSIVE: number;
  readonly SCARD_RESET_CARD: number;
  readonly SCARD_STATE_PRESENT: number;
  readonly SCARD_STATE_MUTE: number;
  connect(options: { share_mode: number }, done: (error: Error | null, protocol: number) => void): void;
  disconnect(disposition: number, done: (error: Error | null) => void): void;
  transmit(
    data: Buffer,
    maxAnswerBytes: number,
    protocol: number,
    done: (error: Error | null, answer: Buffer) => void,
  ): void;
}

/**
 * Ends a reader process at once, as the only safe way: the binding's own close may deadlock, block the event loop or
 * emit one more error. pcscd then resets the card that was connected EXCLUSIVE, so nobody finds its PIN verified.
 */
export function endProcess(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('end reader process: still alive');
}

/** Lives as long as the program that started it, tells it so, and leaves keyboard signals to it. */
export function liveWithParent(): void {
  process.on('disconnect', endProcess);
  process.on('message', (message) => {
    if (message === ALIVE) process.send?.(ALIVE);
  });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', endProcess);
}
