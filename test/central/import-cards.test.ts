/** Cards of another system: `central import cards`, and what becomes of them at a kiosk. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardCommand } from '../../src/central/command/card.ts';
import type { CommandIo } from '../../src/central/command/command-io.ts';
import { importCommand } from '../../src/central/command/import.ts';
import { findCard } from '../../src/central/repositories/cards.ts';
import { certificatesOnCard, listRevoked } from '../../src/central/repositories/certificates.ts';
import { findPerson } from '../../src/central/repositories/people.ts';
import { toPem } from '../../src/pki/certificate.ts';
import { distinguishedName } from '../../src/pki/distinguished-name.ts';
import { signPivCertificate } from '../../src/pki/piv-certificate.ts';
import { signingKey } from '../../src/pki/signing-key.ts';
import { CentralWorld, type IssuedCard } from './support/central-world.ts';
import { OperationRun, proveHolder } from './support/operation-run.ts';
import { SoftCard } from './support/soft-card.ts';

const HEADER = 'serial,guid,holder,profile,expires,keys,management_key_algorithm,certificate_9a\n';

let world: CentralWorld;
let folder: string;
beforeAll(async () => {
  world = await CentralWorld.open();
  folder = join(world.stateDir, 'files');
  mkdirSync(folder);
  const people = ['anna', 'bert', 'carla'].map((login) => `${login},${login},${login}@example.org\n`);
  await take('people', `login,name,mail\n${people.join('')}`);
});
afterAll(() => world.close());

async function run(
  command: (central: CentralWorld['central'], args: readonly string[], io: CommandIo) => Promise<void>,
  ...args: string[]
): Promise<string> {
  let text = '';
  const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
  await command(world.central, args, io);
  return text;
}

const take = (kind: string, content: string, ...options: string[]) =>
  run(importCommand, kind, file(`${kind}.txt`, content), ...options);

const refused = (content: string) =>
  take('cards', content).then(
    () => expect.unreachable('the file was taken'),
    (error: Error) => error.message,
  );

const show = async (name: string) => JSON.parse(await run(cardCommand, 'show', name, '--json'));

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const oldAuthority = {
  name: distinguishedName([['CN', 'Old CA']]),
  key: signingKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
};

/** A certificate of the other system. @returns DER */
function certify(
  soft: SoftCard,
  slot: '9A' | '9C' | '9D',
  publicKey = soft.generate(slot),
): Promise<Uint8Array> {
  const points = { crlUrl: 'http://old.example/crl', caIssuersUrl: 'http://old.example/ca' };
  return signPivCertificate(
    {
      ...{ slot, publicKey, commonName: 'anna', organisation: 'Old', mail: 'anna@example.org' },
      ...{ userPrincipalName: null, fascN: new Uint8Array(25), guid: randomUUID() },
      ...{ notBefore: new Date('2025-01-01'), notAfter: new Date('2040-01-01') },
    },
    points,
    oldAuthority,
  );
}

let lastSerial = 500_000;
function aSerial(): string {
  lastSerial += 1;
  return String(lastSerial);
}

describe('a card of another system', () => {
  test('is taken with what is said of it, and with defaults for what is not', async () => {
    const [serial, guid] = [aSerial(), randomUUID()];
    await take('cards', `serial,guid,holder,profile,expires\n${serial},${guid},anna,employee,2031-06-30\n`);
    expect(await show(serial)).toMatchObject({
      ...{ serial, guid, state: 'issued', expiresAt: '2031-06-30T23:59:59Z', chuidExpiry: '20310630' },
      holder: { login: 'anna' },
      profile: { name: 'employee', revision: 0 },
      managementKey: { version: 0, algorithm: '3DES', isKnown: false, canChange: null },
      puk: { isKnown: false },
      // Of an issuer without an agency code: 9999 9999 999999 …
      fascN: 'd4e739da739ced39ce739d836858210842108421c84210c3eb',
      certificates: [],
    });
  });

  test('may have a GUID that is no UUID of the standard, or none at all', async () => {
    const [odd, none] = [aSerial(), aSerial()];
    const guid = 'FFEEDDCCBBAA00112233445566778899';
    await take(
      'cards',
      `serial,guid,holder,profile,expires\n${odd},${guid},anna,employee,2031-06-30\n${none},,anna,employee,2031-06-30\n`,
    );
    expect((await show(odd)).guid).toBe('ffeeddcc-bbaa-0011-2233-445566778899');
    expect((await show(none)).guid).toMatch(/^[0-9a-f-]{36}$/);
    const sight = JSON.stringify({ serial: null, guid: (await show(odd)).guid });
    expect((await world.kiosk.raw('/cards/lookup', sight)).statusCode).toBe(200);
  });

  test('without its management key is refused with just that (RP-21)', async () => {
    const serial = aSerial();
    const soft = new SoftCard();
    file('9a.pem', toPem('CERTIFICATE', await certify(soft, '9A')));
    await take('cards', `${HEADER}${serial},,anna,employee,2031-06-30,other,3DES,9a.pem\n`);
    const issued = await issuedCard(serial, soft);
    await expect(OperationRun.begin(world.kiosk, issued)).rejects.toThrow('RP-21-foreign-card');
  });

  test('proves its holder by the certificate it came with, and is rewritten', async () => {
    const serial = aSerial();
    const soft = new SoftCard();
    const der = Buffer.from(await certify(soft, '9A')).toString('base64');
    file('9c.der', await certify(soft, '9C'));
    await take(
      'cards',
      `${HEADER.replace('9a', '9a,certificate_9c')}${serial},,anna,employee,2031-06-30,factory,AES-192,${der},9c.der\n`,
    );
    const before = await show(serial);
    expect(before.certificates).toMatchObject([
      { slot: '9A', state: 'active', isOnCard: true, foreignIssuer: 'CN=Old CA' },
      { slot: '9C', state: 'active', isOnCard: true },
    ]);
    const operation = await OperationRun.begin(world.kiosk, await issuedCard(serial, soft));
    await operation.kiosk.complete(operation.id, await operation.write());
    const after = await show(serial);
    const old = after.certificates.filter((one: { foreignIssuer: unknown }) => one.foreignIssuer !== null);
    expect(old.map(({ state }: { state: string }) => state)).toEqual(['revoked', 'revoked']);
    expect(after).toMatchObject({ guid: before.guid, fascN: before.fascN, expiresAt: before.expiresAt });
    // Another CA has issued them: they are on no list of ours.
    const revoked = (await listRevoked(world.central.database)).map(({ serialNumber }) => serialNumber);
    for (const { serialNumber } of old) expect(revoked).not.toContain(serialNumber);
  });

  test('that was rewritten here is not changed by its old file, and refuses what would change it', async () => {
    const serial = aSerial();
    const soft = new SoftCard();
    file('9a.pem', toPem('CERTIFICATE', await certify(soft, '9A')));
    const row = `${serial},,anna,employee,2031-06-30,factory,AES-192,9a.pem\n`;
    await take('cards', `${HEADER}${row}`);
    const operation = await OperationRun.begin(world.kiosk, await issuedCard(serial, soft));
    await operation.kiosk.complete(operation.id, await operation.write());
    expect(await take('cards', `${HEADER}${row}`)).toBe('cards: 0 added, 0 changed, 1 unchanged\n');
    const message = await refused(`serial,holder,expires\n${serial},bert,2032-06-30\n`);
    expect(message).toContain('line 2: holder, expires differs from the record');
    expect(await take('cards', `serial,state\n${serial},disabled\n`)).toContain('1 changed (state 1)');
  });

  test('that was never rewritten here can be corrected by another file', async () => {
    const serial = aSerial();
    await take('cards', `serial,holder,profile,expires\n${serial},anna,employee,2031-06-30\n`);
    const said = await take('cards', `serial,holder,expires\n${serial},bert,2030-01-31T12:00:00Z\n`);
    expect(said).toBe('cards: 0 added, 1 changed (holder 1, expires 1), 0 unchanged\n');
    expect(await show(serial)).toMatchObject({
      holder: { login: 'bert' },
      expiresAt: '2030-01-31T12:00:00Z',
    });
  });

  test('gets another certificate for a slot in place of the one that was imported before', async () => {
    const serial = aSerial();
    const soft = new SoftCard();
    const row = (name: string) =>
      `serial,holder,profile,expires,certificate_9a\n${serial},anna,employee,2031-06-30,${name}\n`;
    for (const name of ['first.pem', 'second.pem']) {
      file(name, toPem('CERTIFICATE', await certify(soft, '9A')));
      await take('cards', row(name));
    }
    expect(await take('cards', row('second.pem'))).toBe('cards: 0 added, 0 changed, 1 unchanged\n');
    const { certificates } = await show(serial);
    expect(
      certificates.map(({ isOnCard, state }: { isOnCard: boolean; state: string }) => [isOnCard, state]),
    ).toEqual(
      expect.arrayContaining([
        [true, 'active'],
        [false, 'superseded'],
      ]),
    );
    await proveHolder(world.kiosk, await issuedCard(serial, soft));
  });

  test('that is disabled by a file loses what an open operation has issued', async () => {
    const issued = await world.issueCard();
    const operation = await OperationRun.begin(world.kiosk, issued);
    await operation.authenticate();
    await operation.writeKeys();
    await take('cards', `serial,state\n${issued.card.serial},disabled\n`);
    const { certificates } = await show(issued.card.serial!);
    const states = certificates.map(({ state }: { state: string }) => state);
    expect(states).not.toContain('held');
    expect(states).toContain('revoked');
  });

  test('stays cancelled', async () => {
    const serial = aSerial();
    await take(
      'cards',
      `serial,holder,profile,expires,state\n${serial},anna,employee,2031-06-30,cancelled\n`,
    );
    expect(await refused(`serial,state\n${serial},issued\n`)).toContain(
      'line 2, state: a cancelled card does not',
    );
  });
});

test('a person who is disabled by a file loses what open operations of their cards have issued', async () => {
  const issued = await world.issueCard({ holder: { login: 'stopped' } });
  const operation = await OperationRun.begin(world.kiosk, issued);
  await operation.authenticate();
  await operation.writeKeys();
  const said = await take('people', 'login,state\nstopped,disabled\n');
  expect(said).toBe('people: 0 added, 1 changed (state 1), 0 unchanged\n');
  expect((await findPerson(world.central.database, 'stopped'))?.state).toBe('disabled');
  const { certificates } = await show(issued.card.serial!);
  expect(certificates.map(({ state }: { state: string }) => state)).not.toContain('held');
  const revoked = (await listRevoked(world.central.database)).map(({ serialNumber }) => serialNumber);
  const died = certificates.filter(({ state }: { state: string }) => state === 'revoked');
  expect(died.length).toBeGreaterThan(0);
  for (const { serialNumber } of died) expect(revoked).toContain(serialNumber);
});

describe('a file of cards is refused with the line', () => {
  const known = { serial: '', guid: randomUUID() };
  beforeAll(async () => {
    known.serial = aSerial();
    const row = `${known.serial},${known.guid},front,anna,employee,2031-06-30\n`;
    await take('cards', `serial,guid,label,holder,profile,expires\n${row}`);
  });

  test.each([
    ['neither serial nor GUID', 'label,holder\nx,anna\n', 'line 2, serial or guid: it is missing'],
    [
      'a serial that is none',
      'serial\n0123\n',
      'line 2, serial: "0123": write the serial number of the chip',
    ],
    ['a GUID that is none', 'guid\n1234\n', 'line 2, guid: "1234": write 32 hexadecimal digits'],
    [
      'an unknown holder',
      'serial,holder,profile,expires\n9,zoe,employee,2031-06-30\n',
      'line 2, holder: there is nobody',
    ],
    [
      'an unknown profile',
      'serial,holder,profile,expires\n9,anna,none,2031-06-30\n',
      'line 2, profile: there is no profile',
    ],
    [
      'a new card without an expiry',
      'serial,holder,profile\n9,anna,employee\n',
      'line 2, expires: it is missing',
    ],
    ['a FASC-N that is none', 'serial,fasc_n\n9,d4e7\n', 'line 2, fasc_n: "d4e7": write the 25 bytes'],
    [
      'a CHUID date that is none',
      'serial,chuid_expiry\n9,20310631\n',
      'line 2, chuid_expiry: "20310631": write',
    ],
    [
      'a factory key that nobody knows',
      'serial,keys,management_key_algorithm\n9,factory,AES-256\n',
      'no factory key is known for AES-256',
    ],
    ['a label of digits', 'serial,label\n9,123\n', 'line 2, label: "123": a label has'],
    [
      'a certificate that is none',
      'serial,certificate_9a\n9,cards.txt\n',
      'it is not one certificate: give PEM or DER',
    ],
  ])('%s', async (_what, content, message) => {
    expect(await refused(content)).toContain(message);
  });

  test('a GUID or a label that another card has', async () => {
    const rest = 'anna,employee,2031-06-30\n';
    const message = await refused(
      `serial,guid,label,holder,profile,expires\n${aSerial()},${known.guid},,${rest}${aSerial()},,front,${rest}`,
    );
    expect(message).toContain(
      `line 2, guid: on record it is the GUID of the card with serial ${known.serial}`,
    );
    expect(message).toContain('line 3, label: front is the label of another card');
  });

  test('a key that would prove two cards', async () => {
    const soft = new SoftCard();
    const publicKey = soft.generate('9A');
    for (const name of ['one.pem', 'two.pem']) {
      file(name, toPem('CERTIFICATE', await certify(soft, '9A', publicKey)));
    }
    const rows = ['one', 'two'].map((name) => `${aSerial()},anna,employee,2031-06-30,${name}.pem\n`);
    const message = await refused(`serial,holder,profile,expires,certificate_9a\n${rows.join('')}`);
    expect(message).toContain('line 2, certificates: 9A: another card has the same key');
    expect(message).toContain('line 3, certificates: 9A: another card has the same key');
  });

  test('a certificate of another card, or one that is there twice', async () => {
    const { card } = await world.issueCard();
    const issued = await certificatesOnCard(world.central.database, card.id);
    file('own.der', issued.get('9A')!.der);
    file('new.pem', toPem('CERTIFICATE', await certify(new SoftCard(), '9A')));
    const rows = ['own.der', 'new.pem', 'new.pem'].map(
      (name) => `${aSerial()},anna,employee,2031-06-30,${name}\n`,
    );
    const message = await refused(`serial,holder,profile,expires,certificate_9a\n${rows.join('')}`);
    expect(message).toMatch(
      /line 2, certificates: 9A \w+: a certificate with this serial number is on record/,
    );
    expect(message).toMatch(/line 4, certificates: 9A \w+: this certificate is in the file more than once/);
  });
});

test('cards are listed by holder and by state', async () => {
  const serial = aSerial();
  await take('cards', `serial,holder,profile,expires,state\n${serial},carla,employee,2031-06-30,disabled\n`);
  expect(await run(cardCommand, 'list', '--holder', 'carla')).toBe(
    `${serial}\t-\tcarla\tdisabled\temployee\t2031-06-30\n`,
  );
  const listed = JSON.parse(await run(cardCommand, 'list', '--state', 'disabled', '--json'));
  expect(listed.cards.map((one: { serial: string }) => one.serial)).toContain(serial);
  expect(await run(cardCommand, 'list', '--limit', '1')).toMatch(/^.+\n… and \d+ more: narrow the search/);
  await expect(run(cardCommand, 'list', '--holder', 'nobody')).rejects.toThrow('see: person list');
  expect(await run(cardCommand, 'show', serial)).toContain('management key: 3DES, not known');
});

async function issuedCard(serial: string, soft: SoftCard): Promise<IssuedCard> {
  const card = (await findCard(world.central.database, (await show(serial)).id))!;
  const holder = (await findPerson(world.central.database, card.holderId))!;
  return { card, holder, soft };
}
