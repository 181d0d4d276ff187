import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgeFileError } from '../../src/central/age.ts';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { backupMessage } from '../../src/central/authority/audit-key.ts';
import { BackupError } from '../../src/central/backup/backup-error.ts';
import { describeFile } from '../../src/central/backup/manifest.ts';
import { fingerprintOf, UNSIGNED } from '../../src/central/backup/origin.ts';
import { PostgresToolError } from '../../src/central/backup/postgres-tools.ts';
import { readTar, type TarFile, writeTar } from '../../src/central/backup/tar.ts';
import type { Central } from '../../src/central/central.ts';
import { backupCommand, restoreCommand } from '../../src/central/command/backup.ts';
import { CommandError } from '../../src/central/command/command-io.ts';
import { rotateMasterKey } from '../../src/central/master-keys.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { openCentralForCommand, type RunningCentral, startCentral } from '../../src/central/server.ts';
import { takeOverCards } from '../../src/central/take-over/take-over.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import { formsOf, searchBytes } from '../support/secret-search.ts';
import { CentralWorld, type IssuedCard } from './support/central-world.ts';
import { OperationRun } from './support/operation-run.ts';
import { SoftCard } from './support/soft-card.ts';

const FOREIGN_KEY = new Uint8Array(randomBytes(24));
const PASSPHRASE = 'four words are too few here';

let world: CentralWorld;
let folder: string;
/** Rewritten once, before the second master key. */
let ours: IssuedCard;
/** Of another system: its management key is imported. */
let foreign: IssuedCard;
let identityFile: string;
let recipient: string;
let backup: string;
/** Fingerprint of central's audit key. */
let signer: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-backup-'));
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  identityFile = inFolder('identity', `# for tests\n${identity}\n`);
  world = await CentralWorld.open();
  ours = await world.issueCard();
  const run = await OperationRun.begin(world.kiosk, ours);
  await run.kiosk.complete(run.id, await run.write());
  foreign = await world.issueCard();
  await changeCard(world.central.database, foreign.card.id, { isManagementKeyKnown: false });
  foreign.soft.managementKey = FOREIGN_KEY;
  const hex = Buffer.from(FOREIGN_KEY).toString('hex');
  const text = `card,algorithm,management_key\n${foreign.card.serial},AES-192,${hex}\n`;
  await takeOverCards(world.central, text, { isDryRun: false, actor: 'command' });
  await rotateMasterKey(world.central, 'command');
  await giveCode(world.central, ours.card.id, 'long', 'command');
  backup = join(folder, 'backup.age');
  signer = / signed by ([0-9a-f]{64})$/m.exec(await backupOf(backup, '--recipient', recipient))![1]!;
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

function inFolder(name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode });
  return path;
}

async function told(work: (io: { stdout: Sink; stderr: Sink }) => Promise<void>): Promise<string> {
  let out = '';
  const sink = { write: (text: string) => (out += text) };
  await work({ stdout: sink, stderr: sink });
  return out;
}
type Sink = { write(text: string): unknown };

interface Places {
  readonly stateDir: string;
  readonly databaseUrl: string | null;
}
const placesOf = (stateDir: string, databaseUrl: string | null = null) => ({ stateDir, databaseUrl });
const backupOf = (file: string, ...options: readonly string[]) =>
  told((io) => backupCommand(placesOf(world.stateDir), [file, ...options], io));
const restoreTo = (places: Places, ...options: readonly string[]) => restoreOf(backup, places, ...options);
const restoreOf = (file: string, places: Places, ...options: readonly string[]) =>
  told((io) =>
    restoreCommand(places, [file, '--identity', identityFile, '--signed-by', signer, ...options], io),
  );
const verify = (file: string, ...options: readonly string[]) =>
  told((io) => backupCommand(placesOf('nowhere'), ['--verify', file, ...options], io));

/** Uses a central that is not running otherwise. */
async function inCentral<T>(places: Places, use: (central: Central) => Promise<T>): Promise<T> {
  const { central, close } = await openCentralForCommand(places.stateDir, places.databaseUrl);
  try {
    return await use(central);
  } finally {
    await close();
  }
}

/** Reprovisions cards by the central that was put back. */
async function rewrite(places: Places, ...cards: readonly IssuedCard[]): Promise<void> {
  const restored = await CentralWorld.openAt(places);
  try {
    for (const card of cards) {
      const run = await OperationRun.begin(restored.kiosk, copyOf(card));
      await run.kiosk.complete(run.id, await run.write());
    }
  } finally {
    await restored.close();
  }
}

/** The card as it was when the backup was made: what is done to the copy is not seen by the others. */
function copyOf(issued: IssuedCard): IssuedCard {
  const { keys, managementKey, puk } = issued.soft;
  const soft = new SoftCard();
  for (const [slot, key] of keys) soft.keys.set(slot, key);
  return { ...issued, soft: Object.assign(soft, { managementKey, puk }) };
}

/** A database beside central's own, in the same cluster. @returns its address */
async function anotherDatabase(name: string): Promise<string> {
  await world.central.database.execute(sql.raw(`create database ${name}`));
  const url = new URL(world.databaseUrl.replace('@/', '@localhost/'));
  url.pathname = name;
  return url.href.replace('@localhost/', '@/');
}

async function startAt(stateDir: string): Promise<RunningCentral> {
  const logFile = join(folder, 'log');
  return startCentral({ stateDir, databaseUrl: null, host: '127.0.0.1', port: 0, logFile });
}

describe('a central that was put back from a backup', () => {
  test('starts, and goes on with the cards that were issued before', async () => {
    const stateDir = join(folder, 'restored');
    expect(await restoreTo(placesOf(stateDir))).toContain('central is as it was at');
    const running = await startAt(stateDir);
    try {
      expect((await fetch(`${running.publishedUrl}/health`)).status).toBe(200);
      const { ca } = world.central.authority;
      expect(running.central.authority.ca.rootCertificate).toEqual(ca.rootCertificate);
      await rewrite({ stateDir, databaseUrl: running.databaseUrl }, ours, foreign);
      const again = restoreTo(placesOf(stateDir), '--replace', 'restored');
      await expect(again).rejects.toThrow('central is already running');
    } finally {
      await running.close();
    }
  });

  test('is put into the database that DATABASE_URL names, and into no cluster of its own', async () => {
    const places = placesOf(join(folder, 'with-database'), await anotherDatabase('elsewhere'));
    await restoreTo(places);
    expect(existsSync(join(places.stateDir, 'pg'))).toBe(false);
    await rewrite(places, ours);
    const second = join(folder, 'second.age');
    await told((io) => backupCommand(places, [second, '--recipient', recipient], io));
    expect(await verify(second, '--identity', identityFile)).toContain('sound');
    const inUse = await openCentralForCommand(places.stateDir, places.databaseUrl);
    const beside = placesOf(join(folder, 'beside'), places.databaseUrl);
    await expect(restoreTo(beside)).rejects.toThrow('a central works on this database; stop it first');
    await inUse.close();
  });

  test('says in its audit from when it is, has every kiosk copy anew, and takes no code or list number twice', async () => {
    const places = placesOf(join(folder, 'again'), await anotherDatabase('again'));
    const scopes = (central: Central) =>
      central.database.execute(sql`select epoch, revision, pruned_to from copy_scopes order by id`);
    await restoreTo(places);
    await inCentral(places, async (central) => {
      const { lines, brokenAt } = await readAudit(central);
      expect(brokenAt).toBeNull();
      const [made, restored] = lines.slice(-2);
      expect(made).toMatchObject({ type: 'central.backed-up' });
      expect(restored).toMatchObject({ type: 'central.restored', detail: made!.detail! });
      expect(JSON.stringify(await scopes(central))).not.toBe(JSON.stringify(await scopes(world.central)));
      const alive = sql`select 1 from codes where state in ('open', 'accepted')`;
      expect((await central.database.execute(alive)) as unknown).toMatchObject({ rowCount: 0 });
      expect((await world.central.database.execute(alive)) as unknown).toMatchObject({ rowCount: 1 });
      const number = sql`select number from revocation_lists where name = 'issuing'`;
      const [after, before] = (await Promise.all(
        [central, world.central].map(({ database }) => database.execute(number)),
      )) as unknown as { rows: [{ number: number }] }[];
      expect(after!.rows[0].number).toBeGreaterThan(before!.rows[0].number + 1000);
    });
  });
});

describe('a restore', () => {
  test('touches no central that is there, unless its name is said; then it sets it aside', async () => {
    const places = placesOf(join(folder, 'restored'));
    const key = readFileSync(join(places.stateDir, 'authority.key'));
    const refused = (await restoreTo(places).catch((error: unknown) => error)) as Error;
    expect(refused).toBeInstanceOf(BackupError);
    const name = /--replace (\S+)$/.exec(refused.message)![1]!;
    expect(name).toMatch(/^restored-[0-9a-f]{8}$/);
    await expect(restoreTo(places, '--replace', 'restored')).rejects.toThrow(`is called ${name}`);
    expect(readFileSync(join(places.stateDir, 'authority.key'))).toEqual(key);
    await restoreTo(places, '--replace', name);
    expect(readdirSync(places.stateDir).filter((one) => one.startsWith('before-'))).toHaveLength(1);
    await rewrite(places, ours);
    await inCentral(places, async (central) => {
      const aside = sql`select 1 from pg_namespace where nspname like 'before\\_%'`;
      expect((await central.database.execute(aside)) as unknown).toMatchObject({ rowCount: 2 });
    });
  });

  test('puts nothing back of a file that was damaged, cut off, or is another one’s', async () => {
    const whole = readFileSync(backup);
    const flipped = Uint8Array.from(whole);
    flipped[whole.length - 5000]! ^= 1;
    const other = inFolder('other', `${await generateX25519Identity()}\n`);
    const bad = [
      [inFolder('flipped.age', flipped), identityFile],
      [inFolder('cut.age', whole.subarray(0, -70_000)), identityFile],
      [inFolder('cut-at-a-chunk.age', whole.subarray(0, 200 + 64 * 1024)), identityFile],
      [inFolder('nothing.age', new Uint8Array()), identityFile],
      [backup, other],
    ] as const;
    for (const [file, identity] of bad) {
      await expect(verify(file, '--identity', identity)).rejects.toBeInstanceOf(AgeFileError);
      const stateDir = join(folder, 'never');
      const restore = told((io) => restoreCommand(placesOf(stateDir), [file, '--identity', identity], io));
      await expect(restore).rejects.toBeInstanceOf(AgeFileError);
      expect(existsSync(stateDir)).toBe(false);
    }
  });

  test('puts nothing back of an archive that is not as its manifest says, or has other files', async () => {
    const files = await filesOf(backup);
    const [first, ...rest] = files;
    const changed = { ...first!, content: Uint8Array.from([...first!.content.subarray(1), 0]) };
    const manifest = files.at(-2)!;
    const stranger = { name: '../stranger', content: new Uint8Array(1) };
    for (const wrong of [
      [changed, ...rest],
      rest,
      files.slice(0, -2),
      [first!, stranger, ...rest],
      [...files, stranger],
      [manifest],
      [],
    ]) {
      const file = inFolder('wrong.age', await encryptedArchive(wrong));
      await expect(verify(file, '--identity', identityFile)).rejects.toBeInstanceOf(BackupError);
    }
    const newer = JSON.parse(Buffer.from(manifest.content).toString());
    const text = JSON.stringify({ ...newer, schema: newer.schema + 1 });
    const later = [...files.slice(0, -2), { ...manifest, content: new TextEncoder().encode(text) }];
    const file = inFolder('newer.age', await encryptedArchive(later));
    const never = placesOf(join(folder, 'never'));
    await expect(restoreOf(file, never, '--signed-by', UNSIGNED)).rejects.toThrow('a newer version');
    const [_origin, made] = files.toReversed();
    const badlySigned = [
      ...files.slice(0, -2),
      { ...made!, content: new TextEncoder().encode(text) },
      _origin!,
    ];
    const forged = inFolder('forged.age', await encryptedArchive(badlySigned));
    await expect(verify(forged, '--identity', identityFile)).rejects.toThrow('its signature is not good');
  });

  test('puts nothing back before it was said who has signed it, and says that and how to go on', async () => {
    const stateDir = join(folder, 'not-said');
    const without = told((io) =>
      restoreCommand(placesOf(stateDir), [backup, '--identity', identityFile], io),
    );
    const command = `recard central restore ${backup} --identity ${identityFile} --signed-by ${signer}`;
    await expect(without).rejects.toThrow(command);
    const files = await filesOf(backup);
    // Whoever knows the recipient can encrypt to it.
    const forged = inFolder('of-another.age', await encryptedArchive(signedByAnother(files)));
    await expect(restoreOf(forged, placesOf(stateDir))).rejects.toThrow(`not ${signer}`);
    const unsigned = inFolder('unsigned.age', await encryptedArchive(files.slice(0, -1)));
    await expect(restoreOf(unsigned, placesOf(stateDir))).rejects.toThrow('nobody has signed it');
    expect(existsSync(stateDir)).toBe(false);
  });

  test('that fails leaves the central that was there in its place', async () => {
    const places = placesOf(join(folder, 'restored'));
    const files = await filesOf(backup);
    const [first, ...rest] = files;
    const garbage = { ...first!, content: new Uint8Array(randomBytes(first!.content.length)) };
    const bad = inFolder('no-dump.age', await encryptedArchive(signedByAnother([garbage, ...rest])));
    const refused = (await restoreTo(places).catch((error: unknown) => error)) as Error;
    const name = /--replace (\S+)$/.exec(refused.message)![1]!;
    const before = listFiles(places.stateDir);
    const options = ['--replace', name, '--signed-by', ANOTHER];
    await expect(restoreOf(bad, places, ...options)).rejects.toBeInstanceOf(PostgresToolError);
    expect(listFiles(places.stateDir)).toEqual(before);
    await rewrite(places, foreign);
  });
});

describe('a backup', () => {
  test('is refused in clear, over another file, and with a passphrase that is weak or that others may read', async () => {
    const file = join(folder, 'none.age');
    await expect(backupOf(file)).rejects.toThrow('never written in clear');
    await expect(backupOf(file, '--recipient', 'age1nonsense')).rejects.toBeInstanceOf(AgeFileError);
    const weak = inFolder('weak', 'short\n');
    await expect(backupOf(file, '--passphrase-file', weak)).rejects.toBeInstanceOf(CommandError);
    const open = inFolder('open', `${PASSPHRASE}\n`, 0o644);
    await expect(backupOf(file, '--passphrase-file', open)).rejects.toThrow('others may read');
    const both = ['--passphrase-file', weak, '--recipient', recipient];
    await expect(backupOf(file, ...both)).rejects.toThrow('either');
    await expect(backupOf(backup, '--recipient', recipient)).rejects.toThrow('is there already');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder).filter((one) => one.endsWith('.part'))).toEqual([]);
  });

  test('is for its owner alone, and gives nothing away that is in it', async () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const key = readFileSync(join(world.stateDir, 'authority.key'));
    const forms = [...formsOf('key file', key, false), ...formsOf('name', Buffer.from('Anna Sommer'), false)];
    expect(searchBytes('backup', readFileSync(backup), forms)).toEqual([]);
  });

  test('can be locked by a passphrase, and opens with it alone', async () => {
    const file = join(folder, 'passphrase.age');
    await backupOf(file, '--passphrase-file', inFolder('passphrase', `${PASSPHRASE}\n`));
    expect(await verify(file, '--passphrase-file', join(folder, 'passphrase'))).toContain('sound');
    const wrong = inFolder('wrong', `${PASSPHRASE}!\n`);
    await expect(verify(file, '--passphrase-file', wrong)).rejects.toBeInstanceOf(AgeFileError);
    await expect(verify(file)).rejects.toBeInstanceOf(CommandError);
  });

  test('is of one moment, whatever is written meanwhile', async () => {
    const client = new pg.Client({ connectionString: world.databaseUrl });
    await client.connect();
    await client.query('create table busy (n int)');
    let isOver = false;
    const write = async () => {
      for (let n = 0; !isOver; n += 2) {
        await client.query('begin');
        await client.query('insert into busy values ($1)', [n]);
        await client.query('insert into busy values ($1)', [n + 1]);
        await client.query('commit');
      }
    };
    const writing = write();
    const file = join(folder, 'busy.age');
    await backupOf(file, '--recipient', recipient);
    isOver = true;
    await writing;
    await client.query('drop table busy');
    await client.end();
    const places = placesOf(join(folder, 'one-moment'), await anotherDatabase('one_moment'));
    await restoreOf(file, places);
    await inCentral(places, async ({ database }) => {
      const { rows } = (await database.execute(sql`select count(*)::int as n from busy`)) as unknown as {
        rows: [{ n: number }];
      };
      expect(rows[0].n % 2).toBe(0);
    });
  });

  test('is a tar archive inside, that other programs read', async () => {
    const archive = inFolder('backup.tar', await archiveOf(await filesOf(backup)));
    const names = execFileSync('tar', ['-tf', archive], { encoding: 'utf8' }).trim().split('\n');
    expect(names[0]).toBe('database/00000000');
    expect(names).toContain('authority/keys');
    expect(names).toContain('authority/card-master-key-2');
    expect(names).toContain('authority/imported-secrets');
    expect(names).toContain('authority.key');
    expect(names.slice(-2)).toEqual(['manifest.json', 'origin.json']);
  });
});

const another = generateKeyPairSync('ed25519');
const ANOTHER = fingerprintOf(spkiOf(another.publicKey));

/** The same files with a manifest that fits them, signed by whoever made them. */
function signedByAnother(files: readonly TarFile[]): TarFile[] {
  const [origin, made, ...others] = files.toReversed();
  const contents = others.reverse();
  const said = JSON.parse(Buffer.from(made!.content).toString());
  const text = JSON.stringify({ ...said, files: contents.map(describeFile) });
  const content = new TextEncoder().encode(text);
  const signature = sign(null, backupMessage(content), another.privateKey).toString('base64');
  const publicKey = Buffer.from(spkiOf(another.publicKey)).toString('base64');
  const signed = new TextEncoder().encode(JSON.stringify({ publicKey, signature }));
  return [...contents, { ...made!, content }, { ...origin!, content: signed }];
}

/** Names of the files that central keeps here, and its keys. */
function listFiles(stateDir: string): readonly string[] {
  const keys = ['authority', '.'].flatMap((one) => readdirSync(join(stateDir, one)));
  return [...keys.sort(), readFileSync(join(stateDir, 'authority.key')).toString('hex')];
}

async function filesOf(file: string): Promise<TarFile[]> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(readFileSync(identityFile, 'utf8').split('\n')[1]!);
  const archive = await decrypter.decrypt(readFileSync(file));
  const files: TarFile[] = [];
  for await (const one of readTar(piecesOf(archive), 2 ** 30)) files.push(one);
  return files;
}

async function archiveOf(files: readonly TarFile[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeTar(each(files))) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function encryptedArchive(files: readonly TarFile[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(Uint8Array.from(await archiveOf(files)));
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
