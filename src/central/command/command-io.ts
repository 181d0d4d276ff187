import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What a command needs of the world besides central. */
export interface CommandIo {
  /** `isTTY`: somebody reads it. */
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
}

/** The command was not typed as it should be: exit 2, with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was understood, and cannot be done: exit 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The words of a command, and its options. What it does not know is an error of node:util, which is told as a UsageError is. */
export function readArgs<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  return parseArgs({ args: [...args], allowPositionals: true, options });
}
