/** A central whose keys were in sealed files goes over to a token, and everything that it did before goes on (SE-04). */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchivedKey } from '../../../src/central/archive/archive-key-pair.ts';
import { readAudit } from '../../../src/central/audit/check-audit.ts';
import { ARCHIVE_KEY_PURPOSE } from '../../../src/central/authority/archive-key.ts';
import { readKeyStore } from '../../../src/central/authority/key-store.ts';
import { moveToToken } from '../../../src/central/authority/move-to-token.ts';
import { readSealed } from '../../../src/central/authority/sealed-file.ts';
import { tokenIdIn } from '../../../src/central/authority/token-reference.ts';
import { authorityPlaces, tokenOf } from '../../../src/central/authority-places.ts';
import type { CentralPlaces } from '../../../src/central/central-configuration.ts';
import { backupCommand, restoreCommand } from '../../../src/central/command/backup.ts';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { tokenCommand } from '../../../src/central/command/token.ts';
import { findArchivedKey } from '../../../src/central/repositories/archived-keys.ts';
import { certificatesOnCard } from '../../../src/central/repositories/certificates.ts';
import { publishRevocationList } from '../../../src/central/revocation.ts';
import { startCentral } from '../../../src/central/server.ts';
import { toPem } from '../../../src/pki/certificate.ts';
import { openWorkbench } from '../../pki/openssl.ts';
import { formsOf, missedForms, searchFolder } from '../../support/secret-search.ts';
import { CentralWorld, type IssuedCard, PROFILE } from '../support/central-world.ts';
import { inviteForTest } from '../support/invite-for-test.ts';
import { OperationRun } from '../support/operation-run.ts';
import { openSoftToken, type SoftToken } from '../support/soft-token.ts';

const ARCHIVED = PROFILE.replace('name = "employee"', 'name = "archived"').replace(
  'slot = "9D"',
  'slot = "9D"\narchive = true',
);

let soft: SoftToken;
let folder: string;
let places: CentralPlaces;
/** Of a card whose key was archived before the move. */
let issued: IssuedCard;
let forms: ReturnType<typeof formsOf>;

const fileOf = (name: string) => join(authorityPlaces(places).folder, name);
const secret = () => readFileSync(authorityPlaces(places).keyFile);

beforeAll(async () => {
  soft = openSoftToken();
  folder = mkdtempSync(join(tmpdir(), 'recard-move-'));
  places = { stateDir: join(folder, 'central'), databaseUrl: null, token: soft.settings };
  await inWorld({ stateDir: places.stateDir, databaseUrl: null }, async (world) => {
    await inviteForTest(world.central, 'first');
    await putProfile(world.central, ARCHIVED);
    issued = await world.issueCard({ profileName: 'archived' });
    await rewrite(world, issued);
  });
  const keys = (await readKeyStore(fileOf('keys'), secret()))!;
  const archiveKey = (await readSealed(fileOf('archive-key'), ARCHIVE_KEY_PURPOSE, secret()))!;
  forms = [
    ...formsOf('archive key', archiveKey, false),
    ...[keys.root, keys.issuing].flatMap((key) => formsOf('CA key', key.privateKey.subarray(35, 83), false)),
    ...formsOf('content signer key', keys.contentSigner.privateKey.subarray(36, 68), false),
  ];
  for (const name of ['keys', 'archive-key']) copyFileSync(fileOf(name), join(folder, name));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  soft?.dispose();
});

async function inWorld<T>(at: CentralPlaces, use: (world: CentralWorld) => Promise<T>): Promise<T> {
  const world = await CentralWorld.openAt(at);
  try {
    return await use(world);
  } finally {
    await world.close();
  }
}

async function rewrite(world: CentralWorld, card: IssuedCard, wishes = {}) {
  const run = await OperationRun.begin(world.kiosk, card, wishes);
  return run.kiosk.complete(run.id, await run.write());
}

type Sink = { write(text: string): unknown };

async function told(work: (io: { stdout: Sink; stderr: Sink }) => Promise<void>): Promise<string> {
  let out = '';
  const sink = { write: (text: string) => (out += text) };
  await work({ stdout: sink, stderr: sink });
  return out;
}

const token = (...words: string[]) => told((io) => tokenCommand(places, words, io));

describe('a central whose keys are in files', () => {
  test('runs beside the token as before, and says which keys are not in it yet', async () => {
    const shown = await token('show');
    expect(shown).toMatch(/^recard test, serial number \w+, SoftHSM v2\n/);
    expect(shown).toContain('issuing CA key: in a sealed file; bring it there: token move\n');
  });

  test('is told what central.toml lacks when it has no token', async () => {
    const asked = told((io) => tokenCommand({ ...places, token: undefined }, ['move'], io));
    await expect(asked).rejects.toThrow(
      /central\.toml names none; write module, label and pin_file into a table/,
    );
  });

  test('keeps its files, byte by byte, when the move is cut off before the token has proved itself', async () => {
    const inUse = tokenOf(places)!;
    const cutOff = moveToToken(authorityPlaces(places), inUse, async () => {
      throw new Error('the power went');
    });
    await expect(cutOff).rejects.toThrow('the power went');
    await inUse.close();
    for (const name of ['keys', 'archive-key'])
      expect(readFileSync(fileOf(name))).toEqual(readFileSync(join(folder, name)));
  });

  test('goes over after that, each key once in the token, sensitive and never extractable', async () => {
    const out = await token('move');
    for (const name of ['root CA key', 'issuing CA key', 'content signer key', 'archive key'])
      expect(out).toMatch(new RegExp(`^${name}: moved into the token: [0-9a-f]{32}$`, 'm'));
    expect(out).toContain('destroy older backups of central');
    const secretObjects = soft
      .list()
      .split(/(?=^\w[^\n]*Object)/m)
      .filter((text) => /^(Private|Secret)/.test(text));
    expect(secretObjects).toHaveLength(4);
    for (const text of secretObjects) expect(text).toMatch(/Access: +sensitive\n/);
    expect(soft.extractable()).toEqual([]);
    expect(await token('move')).toBe('all keys are in the token already\n');
    expect(await token('show')).toMatch(/archive key: in the token, brought there: [0-9a-f]{32}\n/);
  });
});

describe('a central that has gone over', () => {
  test('has its private keys in no file, not even sealed', async () => {
    expect(missedForms(forms, join(folder, 'scratch'))).toEqual([]);
    rmSync(join(folder, 'scratch'));
    expect(searchFolder(places.stateDir, forms, [])).toEqual([]);
    const keys = (await readKeyStore(fileOf('keys'), secret()))!;
    for (const { privateKey } of [keys.root, keys.issuing, keys.contentSigner])
      expect(tokenIdIn(privateKey)).toMatch(/^[0-9a-f]{32}$/);
    const archive = (await readSealed(fileOf('archive-key'), ARCHIVE_KEY_PURPOSE, secret()))!;
    expect(Buffer.from(archive).toString()).toContain('recard archive key in a token');
  });

  test('has told the audit which keys, and which token', async () => {
    await inWorld(places, async ({ central }) => {
      const { lines, brokenAt } = await readAudit(central);
      expect(brokenAt).toBeNull();
      const [entry, ...more] = lines.filter(({ type }) => type === 'keys.moved-to-token');
      expect(more).toEqual([]);
      expect(JSON.stringify(entry?.detail)).toMatch(/"name":"archive".*"label":"recard test"/);
    });
  });

  test('gives a card back the key that was archived before, and archives and gives out new ones', async () => {
    await inWorld(places, async (world) => {
      const on = async (card: IssuedCard) =>
        (await certificatesOnCard(world.central.database, card.card.id)).get('9D')!;
      const fresh = await world.issueCard({ profileName: 'archived' });
      await rewrite(world, fresh);
      for (const card of [issued, fresh]) {
        const before = await on(card);
        card.soft.generate('9D');
        await rewrite(world, card, { reason: 'card-content-faulty' });
        expect((await on(card)).serialNumber).toBe(before.serialNumber);
        expect(card.soft.publicKey('9D')).toEqual(before.publicKey);
      }
      const sealedBy = async (card: IssuedCard) => {
        const row = (await findArchivedKey(world.central.database, (await on(card)).publicKey))!;
        expect((await openArchivedKey(world.central, row))[0]).toBe(0x30);
        return Buffer.from(row.sealed.subarray(0, 8)).toString('latin1');
      };
      expect(await sealedBy(fresh)).toBe('recardA2');
      expect(await sealedBy(issued)).not.toBe('recardA2');
    });
  });

  test('issues certificates and lists that openssl accepts, under the same CA', async () => {
    const bench = openWorkbench();
    await inWorld(places, async (world) => {
      const card = await world.issueCard();
      const { der } = (await certificatesOnCard(world.central.database, card.card.id)).get('9A')!;
      const { ca } = world.central.authority;
      const lists = [];
      for (const name of ['issuing', 'root'] as const)
        lists.push(await publishRevocationList(world.central, name));
      const judged = await bench.run(
        ...['verify', '-x509_strict', '-crl_check_all'],
        ...['-CAfile', bench.put('root.pem', toPem('CERTIFICATE', ca.rootCertificate))],
        ...['-untrusted', bench.put('issuing.pem', toPem('CERTIFICATE', ca.issuingCertificate))],
        ...['-CRLfile', bench.put('crls.pem', lists.map((list) => toPem('X509 CRL', list)).join(''))],
        bench.put('card.pem', toPem('CERTIFICATE', der)),
      );
      expect(judged).toMatchObject({ code: 0 });
    });
    bench.dispose();
  });

  test('asks kiosks to come again while the token is away, and goes on by itself when it is back', async () => {
    await inWorld(places, async ({ central, published }) => {
      await central.database.execute(sql`update revocation_lists set is_stale = true`);
      const fetchList = () => published.inject({ url: '/crl/issuing.crl' });
      soft.takeOut();
      const refused = await fetchList();
      expect(refused).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
      expect(refused.json()).toMatchObject({ code: 'SE-04-token-noToken' });
      soft.putBack();
      expect(await fetchList()).toMatchObject({ statusCode: 200 });
    });
  });

  test('does not start without its token, says why, and starts when it is back', async () => {
    const start = () => startCentral({ ...places, host: '127.0.0.1', port: 0, logFile: join(folder, 'log') });
    soft.takeOut();
    await expect(start()).rejects.toMatchObject({ name: 'TokenError', problem: 'noToken' });
    soft.putBack();
    const running = await start();
    expect((await fetch(running.crlUrl)).status).toBe(200);
    await running.close();
    const forgotten = startCentral({ ...places, token: undefined, host: '127.0.0.1', port: 0 });
    await expect(forgotten).rejects.toThrow(
      'its keys are in a PKCS #11 token; name that in [token] of central.toml',
    );
  });

  test('goes over wholly when the move was cut off between its two files', async () => {
    const moved = readFileSync(fileOf('keys'));
    writeFileSync(fileOf('keys'), readFileSync(join(folder, 'keys')));
    expect(await token('show')).toMatch(/issuing CA key: in a sealed file.*archive key: in the token/s);
    expect((await token('move')).match(/moved into the token/g)).toHaveLength(3);
    expect(readFileSync(fileOf('keys'))).not.toEqual(moved);
    expect(await token('move')).toBe('all keys are in the token already\n');
  });

  test('says with a backup that the token is not in it, and with a restore whether the token has the keys', async () => {
    const identity = await generateX25519Identity();
    const identityFile = join(folder, 'identity');
    writeFileSync(identityFile, `${identity}\n`, { mode: 0o600 });
    const file = join(folder, 'backup.age');
    const made = await told(async (io) =>
      backupCommand(places, [file, '--recipient', await identityToRecipient(identity)], io),
    );
    expect(made).toContain(
      'the keys that are in the token are not in this backup: back up the token by its own means',
    );
    const signer = / signed by ([0-9a-f]{64})$/m.exec(made)![1]!;
    const restore = (name: string, settings: CentralPlaces['token']) =>
      told((io) => {
        const at = { stateDir: join(folder, name), databaseUrl: null, token: settings };
        return restoreCommand(at, [file, '--identity', identityFile, '--signed-by', signer], io);
      });
    const without = restore('without', undefined);
    await expect(without).rejects.toThrow(/its keys are in a PKCS #11 token; .*; nothing was put back/);
    // Nothing is there that a central could start with: it is put back once the token is named.
    await restore('without', soft.settings);
    soft.takeOut();
    expect(await restore('later', soft.settings)).toContain(
      'its keys are in a token, and it cannot start without',
    );
    soft.putBack();
    await inWorld({ ...places, stateDir: join(folder, 'later') }, ({ central }) =>
      central.authority.custody.prove(),
    );
  });
});
