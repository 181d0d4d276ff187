/** What a command needs of the world besides central. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
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
