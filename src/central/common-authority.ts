/** Several centrals on one database are one authority: none founds another one, none works with keys of another. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import {
  AUTHORITY_FILES,
  type Authority,
  type AuthorityOptions,
  openAuthority,
} from './authority/certificate-authority.ts';
import { KeyStoreError } from './authority/sealed-file.ts';
import type { Database } from './database.ts';
import { type CommonFact, readCommonFacts, saveCommonFact } from './repositories/common-facts.ts';

const FOUNDING_LOCK = 0x666f75;
const REMEDY =
  'copy the authority folder and the key file of the central that was there first, or name them in central.toml';

type KeyFact = Exclude<CommonFact, 'published-url'>;

/** The file of each; a partly copied folder is found by them. */
const FILES: Readonly<Record<KeyFact, string>> = {
  'root-fingerprint': AUTHORITY_FILES.keys,
  'kiosk-authority-fingerprint': AUTHORITY_FILES.kioskAuthority,
  'audit-key-fingerprint': AUTHORITY_FILES.auditKey,
  'archive-key-fingerprint': AUTHORITY_FILES.archiveKey,
};
const FACTS = Object.keys(FILES) as readonly KeyFact[];

/**
 * Opens the authority of this database. The first central founds it, one process at a time.
 * @throws KeyStoreError as openAuthority; `missing`, `foreign` when this database has another one
 */
export async function openCommonAuthority(database: Database, options: AuthorityOptions): Promise<Authority> {
  const known = await readCommonFacts(database);
  if (FACTS.every((fact) => known[fact] !== undefined)) return openKnown(known, options);
  return database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${FOUNDING_LOCK})`);
    const meanwhile = await readCommonFacts(transaction);
    const authority = await openKnown(meanwhile, options);
    const prints = fingerprints(authority);
    for (const fact of FACTS) await saveCommonFact(transaction, fact, prints[fact]);
    return authority;
  });
}

async function openKnown(
  known: Readonly<Partial<Record<CommonFact, string>>>,
  options: AuthorityOptions,
): Promise<Authority> {
  for (const fact of FACTS) {
    const path = join(options.folder, FILES[fact]);
    if (known[fact] !== undefined && !existsSync(path))
      throw new KeyStoreError('missing', path, `this database has its keys elsewhere; ${REMEDY}`);
  }
  const authority = await openAuthority(options);
  const prints = fingerprints(authority);
  for (const fact of FACTS) {
    if (known[fact] === undefined || known[fact] === prints[fact]) continue;
    const path = join(options.folder, FILES[fact]);
    throw new KeyStoreError('foreign', path, `these are not the keys of this database; ${REMEDY}`);
  }
  return authority;
}

function fingerprints({
  ca,
  kioskAuthority,
  auditKey,
  archiveKey,
}: Authority): Readonly<Record<KeyFact, string>> {
  return {
    'root-fingerprint': sha256(ca.rootCertificate),
    'kiosk-authority-fingerprint': Buffer.from(kioskAuthority.fingerprint).toString('hex'),
    'audit-key-fingerprint': sha256(auditKey.publicKey),
    'archive-key-fingerprint': archiveKey.fingerprint,
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
