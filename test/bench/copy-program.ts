import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Head } from '../../src/central/repositories/copy-log.ts';

const PROGRAM = join(import.meta.dirname, 'copy-process.ts');

export interface CopyOrder {
  /** State folder of the kiosk. */
  readonly place: string;
  readonly url: string;
  /** Where its copy is to come to. */
  readonly target: Head;
  /** How many cards there are to be looked up. */
  readonly cards: number;
}

export interface CopyResult {
  /** From the start of the copy until its target is what the screens read. */
  readonly tookMs: number;
  /** The most memory that the process had resident. */
  readonly peakBytes: number;
  /** How long each look-up on the main thread took. */
  readonly lookUpMs: readonly number[];
  /** Look-ups that found a card. */
  readonly found: number;
}

/** Has a kiosk's copy brought to a revision, in a process of its own. */
export async function runCopy(order: CopyOrder): Promise<CopyResult> {
  const child = fork(PROGRAM, [JSON.stringify(order)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`bench: the kiosk's process has ended (${code})`);
  });
  ended.catch(() => undefined);
  const [result] = (await Promise.race([once(child, 'message'), ended])) as [CopyResult];
  await ended.catch(() => undefined);
  return result;
}
