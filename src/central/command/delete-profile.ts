import { sql } from 'drizzle-orm';
import type { Central } from '../central.ts';
import { IMPORT_LOCK } from '../import/import-file.ts';
import { recordAudit } from '../repositories/audit.ts';
import {
  countCardsByProfile,
  lockProfiles,
  newestRevision,
  withdrawProfile,
} from '../repositories/profiles.ts';
import { CommandError } from './command-io.ts';

/** `central profile delete NAME`: withdraws a profile that no card has. Its revisions stay readable. */
export async function deleteProfile(central: Central, name: string): Promise<string> {
  await central.database.transaction(async (transaction) => {
    // Cards come in by imports: none is given this profile meanwhile.
    await transaction.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    await lockProfiles(transaction);
    const newest = await newestRevision(transaction, name);
    if (!newest || newest.withdrawnAt !== null) {
      throw new CommandError(`delete profile: there is no ${name}; see: profile list`);
    }
    const cards = (await countCardsByProfile(transaction)).get(name) ?? 0;
    if (cards > 0) {
      throw new CommandError(`delete profile: ${cards} cards have ${name}, so it stays; see: card list`);
    }
    await withdrawProfile(transaction, newest.profile, central.now());
    const detail = { name, revision: newest.profile.revision };
    const entry = { type: 'profile.withdrawn', actor: 'command', detail };
    await recordAudit(central, transaction, entry, central.now());
  });
  return `${name} is withdrawn; its revisions stay readable: profile show ${name} --revision N\n`;
}
