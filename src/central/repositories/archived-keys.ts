import { and, countDistinct, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { archivedKeys, keyReleases } from '../../../db/central/archive-schema.ts';
import type { Database } from '../database.ts';

export type ArchivedKeyRow = typeof archivedKeys.$inferSelect;
type KeyReleaseRow = typeof keyReleases.$inferSelect;

export async function addArchivedKey(transaction: Database, key: ArchivedKeyRow): Promise<void> {
  await transaction.insert(archivedKeys).values(key);
}

/** @param publicKey SubjectPublicKeyInfo */
export async function findArchivedKey(
  database: Database,
  publicKey: Uint8Array,
): Promise<ArchivedKeyRow | undefined> {
  return (await database.select().from(archivedKeys).where(eq(archivedKeys.publicKey, publicKey)))[0];
}

/** Which of these keys are archived for somebody. @returns their public keys in hex */
export async function archivedAmong(
  database: Database,
  owner: string,
  publicKeys: readonly Uint8Array[],
): Promise<ReadonlySet<string>> {
  if (publicKeys.length === 0) return new Set();
  const { publicKey, ownerId } = archivedKeys;
  const rows = await database
    .select({ publicKey })
    .from(archivedKeys)
    .where(and(eq(ownerId, owner), inArray(publicKey, [...publicKeys])));
  return new Set(rows.map((row) => Buffer.from(row.publicKey).toString('hex')));
}

/** Records that a key leaves central. @returns false when this run has been given it before */
export async function addRelease(transaction: Database, release: KeyReleaseRow): Promise<boolean> {
  const added = await transaction
    .insert(keyReleases)
    .values(release)
    .onConflictDoNothing()
    .returning({ run: keyReleases.run });
  return added.length > 0;
}

/** The archived keys that an operation was given, in any of its runs. */
export async function releasedKeys(database: Database, operationId: string): Promise<ReadonlySet<string>> {
  const rows = await database
    .select({ id: keyReleases.archivedKeyId })
    .from(keyReleases)
    .where(eq(keyReleases.operationId, operationId));
  return new Set(rows.map(({ id }) => id));
}

/** How many keys an operation was given, in any of its runs, that had been archived before it. */
export async function countReleasedBefore(database: Database, operationId: string): Promise<number> {
  const isOlder = or(isNull(archivedKeys.operationId), ne(archivedKeys.operationId, operationId));
  const [row] = await database
    .select({ keys: countDistinct(keyReleases.archivedKeyId) })
    .from(keyReleases)
    .innerJoin(archivedKeys, eq(archivedKeys.id, keyReleases.archivedKeyId))
    .where(and(eq(keyReleases.operationId, operationId), isOlder));
  return row?.keys ?? 0;
}
