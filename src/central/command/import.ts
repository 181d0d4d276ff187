import type { Central } from '../central.ts';
import { importCardSecretsCommand } from './card-secrets.ts';
import type { CommandIo } from './command-io.ts';
import { importRecords } from './import-records.ts';

/** `central import …`: groups, people and cards from tables; the secrets of cards from an encrypted file. */
export async function importCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const [what, ...rest] = args;
  if (what === 'card-secrets') await importCardSecretsCommand(central, rest, io);
  else await importRecords(central, args, io);
}
