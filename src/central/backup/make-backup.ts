/** One encrypted file with all that central is: its database at one moment, its keys, what others wrote down of it. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'drizzle-orm';
import { type AgeLock, encryptAgeStream } from '../age.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { recordAudit } from '../repositories/audit.ts';
import { BackupError } from './backup-error.ts';
import {
  DUMP_FOLDER,
  describeFile,
  MANIFEST_NAME,
  MAX_PART,
  type Manifest,
  type ManifestFile,
} from './manifest.ts';
import { fingerprintOf, originOf } from './origin.ts';
import { dumpDatabase } from './postgres-tools.ts';
import { readStateFiles, type StatePlaces } from './state-files.ts';
import { type TarFile, writeTar } from './tar.ts';

export interface BackupSource {
  readonly central: Central;
  readonly databaseUrl: string;
  readonly places: StatePlaces;
}

/** What a backup holds, and by what it is known whose it is. */
export interface MadeBackup {
  readonly made: Manifest;
  /** Fingerprint of the audit key. */
  readonly signedBy: string;
}

/**
 * Writes a backup to a file that is not there yet; nobody ever sees it half written.
 * @throws BackupError, PostgresToolError, AgeFileError
 */
export async function makeBackup(source: BackupSource, file: string, lock: AgeLock): Promise<MadeBackup> {
  const made: Manifest = {
    ...{ format: 'recard backup 1', id: randomUUID(), madeAt: toInstant(source.central.now()) },
    ...{ schema: await countMigrations(source.central), files: [] },
  };
  const { central } = source;
  const entry = { type: 'central.backed-up', actor: 'command', detail: { backup: made.id } };
  await central.database.transaction((transaction) =>
    recordAudit(central, transaction, entry, central.now()),
  );
  const temporary = `${file}.${randomUUID()}.part`;
  try {
    const bytes = Readable.toWeb(Readable.from(writeTar(allFiles(source, made)), { objectMode: false }));
    const encrypted = await encryptAgeStream(bytes as ReadableStream<Uint8Array>, lock);
    const target = createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.fromWeb(encrypted as never), target);
    await link(temporary, file);
    await syncFolder(dirname(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new BackupError(`back up: ${file} is there already; name another file`, { cause });
  } finally {
    await rm(temporary, { force: true });
  }
  return { made, signedBy: fingerprintOf(central.authority.auditKey.publicKey) };
}

/**
 * The dump first: a key that it needs was there before, so it is among the files that are read after it.
 * @param made its list of files is filled on the way
 */
async function* allFiles(
  { central, databaseUrl, places }: BackupSource,
  made: Manifest,
): AsyncGenerator<TarFile> {
  const files = made.files as ManifestFile[];
  for await (const file of bothKinds(databaseUrl, places)) {
    files.push(describeFile(file));
    yield file;
  }
  const content = new TextEncoder().encode(JSON.stringify(made));
  yield { name: MANIFEST_NAME, content };
  yield originOf(central.authority.auditKey, content);
}

async function* bothKinds(databaseUrl: string, places: StatePlaces): AsyncGenerator<TarFile> {
  let part = 0;
  for await (const content of inParts(dumpDatabase(databaseUrl))) {
    yield { name: `${DUMP_FOLDER}${String(part).padStart(8, '0')}`, content };
    part += 1;
  }
  yield* readStateFiles(places);
}

/** Pieces of MAX_PART bytes, the last one shorter. */
async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < MAX_PART) continue;
    const joined = Buffer.concat(waiting);
    yield new Uint8Array(joined.subarray(0, MAX_PART));
    waiting = [joined.subarray(MAX_PART)];
    length -= MAX_PART;
  }
  if (length > 0) yield new Uint8Array(Buffer.concat(waiting));
}

async function countMigrations({ database }: Central): Promise<number> {
  const { rows } = (await database.execute(
    sql`select count(*)::int as migrations from drizzle.__drizzle_migrations`,
  )) as unknown as { rows: { migrations: number }[] };
  return rows[0]?.migrations ?? 0;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
