import { eq } from 'drizzle-orm';
import { copyHead } from '../../../db/central/schema.ts';
import type { Copy } from '../../protocol/copy.ts';
import type { Database } from '../database.ts';
import { listCards } from './cards.ts';
import { listCertificates } from './certificates.ts';
import { listPeople } from './people.ts';
import { listProfiles } from './profiles.ts';
import { listReasons } from './reasons.ts';

/** Counts changes of what kiosks copy; one row is read. */
export async function copyRevision(database: Database): Promise<number> {
  const [head] = await database.select().from(copyHead).where(eq(copyHead.id, 1));
  return head?.revision ?? 0;
}

/** Everything that a kiosk copies, as it was at one instant. */
export async function readCopy(
  database: Database,
): Promise<Omit<Copy, 'madeAt' | 'revision'> & { readonly revision: number }> {
  return database.transaction(
    async (transaction) => ({
      revision: await copyRevision(transaction),
      people: await listPeople(transaction),
      cards: await listCards(transaction),
      certificates: await listCertificates(transaction),
      profiles: await listProfiles(transaction),
      reasons: await listReasons(transaction),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  ) as never;
}
