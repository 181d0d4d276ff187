import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { type CardState, cardStateSchema } from './card-state.ts';

/** A state file that cannot be read as a virtual card. */
export class CardFileError extends Error {
  override readonly name = 'CardFileError';
}

/** @throws CardFileError when it is missing, not JSON, or not a card */
export function readStateFile(path: string): CardState {
  try {
    return cardStateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new CardFileError(`read virtual card ${path}: ${why}`, { cause });
  }
}

/**
 * Writes beside the file and renames, so that a reader finds the old state or the new one, never half of it.
 * @param isDurable waits for the disk as well: for tests that cut the power of the whole machine
 */
export function writeStateFile(path: string, state: CardState, isDurable: boolean): void {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(state));
    if (isDurable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
