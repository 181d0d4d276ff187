/** Putting a backup back: checked as a whole before anything is written, and then all of it or nothing. */

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { makeFolder } from '../../configuration/make-folder.ts';
import type { AgeKey } from '../age.ts';
import { KeyStoreError } from '../authority/sealed-file.ts';
import type { Central } from '../central.ts';
import { startCluster } from '../cluster.ts';
import { knownMigrations } from '../database.ts';
import { toInstant } from '../instant.ts';
import { recordAudit } from '../repositories/audit.ts';
import { replaceEpochs } from '../repositories/copy-scopes.ts';
import { openCentralForCommand } from '../server.ts';
import { TokenError } from '../token/token-error.ts';
import type { TokenSettings } from '../token/token-settings.ts';
import { BackupError } from './backup-error.ts';
import { DUMP_FOLDER, type Manifest } from './manifest.ts';
import { checkOrigin } from './origin.ts';
import { restoreDatabase } from './postgres-tools.ts';
import { filesAsVerified, verifyBackup } from './read-backup.ts';
import { KEY_FILE, type StatePlaces, writeStateFiles } from './state-files.ts';
import type { TarFile } from './tar.ts';
import { bringBack, checkTarget, type RestoreTarget, setAside } from './target.ts';
import { demandUsableKeys } from './usable-keys.ts';

export interface RestoreOptions extends StatePlaces {
  /** The token that its keys may be in. */
  readonly token?: TokenSettings | undefined;
  /** Null: a cluster of central's own under the state folder. */
  readonly databaseUrl: string | null;
  readonly key: AgeKey;
  /** Name of the central that is set aside; null: none. */
  readonly replaces: string | null;
  /** Fingerprint of the key that shall have signed it, or `nobody`; null: it was not said. */
  readonly signedBy: string | null;
}

/** What was put back, and whether everything is there that it needs. */
export interface RestoredBackup {
  readonly made: Manifest;
  /** Its keys are in a token: null when that has them, else why not. Undefined: they are all in the backup. */
  readonly tokenProblem: string | null | undefined;
}

/** @throws BackupError */
function makeStateFolder(folder: string): void {
  try {
    makeFolder(folder, 0o711);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new BackupError(`restore: ${folder} cannot be made (${why}); name another folder with --state`, {
      cause,
    });
  }
}

/** @throws BackupError (BackupOriginError before anything is touched), AgeFileError, PostgresToolError, ClusterError: nothing was put back */
export async function restoreBackup(file: string, options: RestoreOptions): Promise<RestoredBackup> {
  const { stateDir, key } = options;
  const { made, signedBy } = await verifyBackup(file, key);
  checkOrigin(file, signedBy, options.signedBy);
  const known = knownMigrations();
  if (made.schema > known) {
    const why = `it was made by a newer version (${made.schema} migrations, this one knows ${known})`;
    throw new BackupError(`restore: ${why}; install that version first`);
  }
  makeStateFolder(stateDir);
  const own = options.databaseUrl === null ? await startCluster(stateDir) : null;
  try {
    const { authorityDir, keyFile, token } = options;
    const databaseUrl = own?.databaseUrl ?? options.databaseUrl ?? '';
    const target = { stateDir, authorityDir, keyFile, databaseUrl };
    const keyFileHash = made.files.find(({ name }) => name === KEY_FILE)?.sha256 ?? '';
    const isOccupied = await checkTarget(target, keyFileHash, options.replaces);
    const suffix = randomUUID().slice(0, 8);
    try {
      if (isOccupied) await setAside(target, suffix, keyFileHash);
      await putBack(file, { key, made }, target, token !== undefined);
      const opened = await openCentralForCommand(stateDir, databaseUrl, {
        ...{ authorityDir, keyFile },
        ...(token && { token }),
      });
      try {
        await takeUpAgain(opened.central, made);
        await writeFile(join(stateDir, 'ca.pem'), opened.central.authority.chainPem);
        return { made, tokenProblem: await tokenProblemOf(opened.central) };
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (isOccupied) await bringBack(target, suffix, error);
      throw error;
    }
  } finally {
    await own?.close();
  }
}

/** A token may come later than the rest: it is told, and does not undo the restore. */
async function tokenProblemOf({ authority }: Central): Promise<string | null | undefined> {
  if (!authority.custody.isInToken) return undefined;
  try {
    await authority.custody.prove();
    return null;
  } catch (error) {
    if (error instanceof TokenError || error instanceof KeyStoreError) return error.message;
    throw error;
  }
}

async function putBack(
  file: string,
  { key, made }: { readonly key: AgeKey; readonly made: Manifest },
  target: RestoreTarget,
  hasToken: boolean,
): Promise<void> {
  const files: TarFile[] = [];
  const database = restoreDatabase(target.databaseUrl);
  // Kept back until the keys are seen: without it nothing of the database can be committed.
  let lastPart: Uint8Array = new Uint8Array();
  let isFinished = false;
  try {
    for await (const entry of filesAsVerified(file, key, made)) {
      if (!entry.name.startsWith(DUMP_FOLDER)) {
        files.push(entry);
        continue;
      }
      await database.write(lastPart);
      lastPart = entry.content;
    }
    // Those in a token are asked for when all is there: it may come later.
    if (!hasToken) await demandUsableKeys(target, files);
    await database.write(lastPart);
    await database.finish();
    isFinished = true;
    await writeStateFiles(target, files);
  } finally {
    if (!isFinished) await database.cancel();
    for (const { content } of files) content.fill(0);
  }
}

/**
 * What was true when the backup was made and is not any more: copies of kiosks are made anew; one-time codes and tokens that
 * may have been used since are dead; the next revocation list has a higher number than any that was published.
 */
async function takeUpAgain(central: Central, made: Manifest): Promise<void> {
  const now = central.now();
  await central.database.transaction(async (transaction) => {
    await replaceEpochs(transaction);
    await transaction.execute(sql`update codes set state = 'dead' where state in ('open', 'accepted')`);
    await transaction.execute(sql`update kiosks set token_hash = null, token_expires_at = null`);
    await transaction.execute(
      sql`update collection_tokens set ended_at = ${toInstant(now)} where ended_at is null`,
    );
    const minutes = Math.floor(now.getTime() / 60_000);
    await transaction.execute(sql`update revocation_lists
      set number = greatest(number + 1, ${minutes}), is_stale = true, der = null`);
    const detail = { backup: made.id, madeAt: made.madeAt };
    await recordAudit(central, transaction, { type: 'central.restored', actor: 'command', detail }, now);
  });
}
