import type { Central } from '../central.ts';
import { importCardSecretsCommand } from './card-secrets.ts';
import { type CommandIo, UsageError } from './command-io.ts';

/** `central import WHAT FILE`. */
export async function importCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const [what, ...rest] = args;
  if (what === 'card-secrets') return importCardSecretsCommand(central, rest, io);
  throw new UsageError('import: card-secrets FILE [--dry-run]');
}
