import { readFileSync } from 'node:fs';
import type { Central } from '../central.ts';
import { listProfiles } from '../repositories/profiles.ts';
import { CommandError, type CommandIo, UsageError } from './command-io.ts';
import { putProfile } from './put-profile.ts';

/** `central profile put FILE` and `central profile list`. */
export async function profileCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const [verb, file, ...more] = args;
  if (more.length > 0) throw new UsageError('profile: too many words');
  if (verb === 'put' && file !== undefined) {
    const { name, revision } = await putProfile(central, read(file));
    io.stdout.write(`${name} revision ${revision}\n`);
  } else if (verb === 'list' && file === undefined) {
    for (const { name, revision, title } of await listProfiles(central.database)) {
      io.stdout.write(`${name}\t${revision}\t${title}\n`);
    }
  } else {
    throw new UsageError('profile: put FILE, or list');
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CommandError(`put profile: ${file} cannot be read`, { cause });
  }
}
