import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardSecrets } from '../../db/central/schema.ts';
import { AgeFileError } from '../../src/central/age.ts';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { importCommand } from '../../src/central/command/import.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { findOpenOperation } from '../../src/central/repositories/operations.ts';
import { CardSecretsError } from '../../src/central/take-over/card-secrets-file.ts';
import type { ManagementKeyAlgorithm } from '../../src/domain/slot.ts';
import { WrongCardError } from '../../src/encoder/errors.ts';
import { PivSession } from '../../src/piv/session.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { formsOf, searchBytes, searchFolder } from '../support/secret-search.ts';
import { CentralWorld, type IssuedCard } from './support/central-world.ts';
import { asVirtualCard, CARD_PIN, CHOSEN_PIN, encodeThrough } from './support/encode-through.ts';
import { Refused } from './support/kiosk-caller.ts';
import { FULL_CARD, proveHolder } from './support/operation-run.ts';

const HEADER = 'card,algorithm,management_key,puk\n';
const FOREIGN_PUK = 'x7Q!mw2z';
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

let world: CentralWorld;
beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

/** A card that another system has issued: central knows it, and nothing of its secrets. */
async function aForeignCard(): Promise<{ issued: IssuedCard; card: VirtualCard; key: Uint8Array }> {
  const issued = await world.issueCard();
  const isUnknown = { isManagementKeyKnown: false, isPukKnown: false };
  await changeCard(world.central.database, issued.card.id, isUnknown);
  const card = asVirtualCard(issued);
  const key = new Uint8Array(randomBytes(32));
  card.setManagementKey('AES-256', key);
  card.setPinAndPuk(CARD_PIN, FOREIGN_PUK);
  return { issued, card, key };
}

interface Told {
  readonly out: string;
  readonly err: string;
}

/** `recard central import card-secrets` of a file with this text. */
async function importText(text: string, ...options: readonly string[]): Promise<Told> {
  return importFile(
    await encrypted(text, await world.central.authority.importIdentity.recipient()),
    ...options,
  );
}

async function importFile(content: Uint8Array, ...options: readonly string[]): Promise<Told> {
  const file = join(world.stateDir, 'cards.age');
  writeFileSync(file, content);
  const told = { out: '', err: '' };
  try {
    await importCommand(world.central, ['card-secrets', file, ...options], {
      stdout: { write: (text) => (told.out += text) },
      stderr: { write: (text) => (told.err += text) },
    });
    return told;
  } finally {
    rmSync(file);
  }
}

async function encrypted(text: string, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(text);
}

const line = ({ card }: IssuedCard, algorithm: ManagementKeyAlgorithm, key: Uint8Array, puk = '') =>
  `${card.serial},${algorithm},${hex(key)},${puk}\n`;

const begin = async (issued: IssuedCard) =>
  world.kiosk.begin({
    ...{ proofId: await proveHolder(world.kiosk, issued), cardId: issued.card.id, reason: 'profile-updated' },
    ...{ capabilities: FULL_CARD, recipientKey: new Uint8Array(32).fill(9), acceptsKeyLoss: false },
  });

const importedRows = ({ card }: IssuedCard) =>
  world.central.database.select().from(cardSecrets).where(eq(cardSecrets.cardId, card.id));

async function takesPuk(card: VirtualCard, puk: string): Promise<boolean> {
  card.reset();
  const session = await PivSession.select(card);
  const bytes = new TextEncoder().encode(puk);
  return session.changePuk(bytes, bytes).then(
    () => true,
    () => false,
  );
}

async function takesPin(card: VirtualCard, pin: string): Promise<boolean> {
  card.reset();
  const session = await PivSession.select(card);
  return session.verifyPin(new TextEncoder().encode(pin)).then(
    () => true,
    () => false,
  );
}

const problemsOf = async (text: string): Promise<readonly string[]> => {
  const error = await importText(text).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof CardSecretsError)) throw new Error(`the file was taken: ${error}`);
  return error.problems.map((problem) => `${problem.line}: ${problem.why}`);
};

describe('a card of another system', () => {
  test('is refused before anything is asked, and its copy says so, until its management key is imported', async () => {
    const { issued, key } = await aForeignCard();
    const refused = await begin(issued).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 409, code: 'RP-21-foreign-card' });
    const isKnown = async () => (await world.kiosk.copy()).card.get(issued.card.id)?.isManagementKeyKnown;
    expect(await isKnown()).toBe(false);
    await importText(HEADER + line(issued, 'AES-256', key));
    expect(await isKnown()).toBe(true);
    expect((await begin(issued)).managementKey.candidates).toEqual([{ version: 0, algorithm: 'AES-256' }]);
  });

  test('opens with the imported key, gets secrets of central’s own, and the imported ones are gone', async () => {
    const { issued, card, key } = await aForeignCard();
    const { out } = await importText(HEADER + line(issued, 'AES-256', key, FOREIGN_PUK));
    expect(out).toBe('taken over: 1 cards, 1 of them with their PUK\n');
    expect(await importedRows(issued)).toHaveLength(2);
    expect((await encodeThrough(world.kiosk, issued, card)).kind).toBe('completed');
    expect(await world.cardNow(issued)).toMatchObject({ managementKeyVersion: 1, pukVersion: 1 });
    const rows = await importedRows(issued);
    expect(rows.map(({ version, masterKey, sealed }) => ({ version, masterKey, sealed }))).toEqual([
      { version: 1, masterKey: 1, sealed: null },
      { version: 1, masterKey: 1, sealed: null },
    ]);
    expect(await takesPuk(card, FOREIGN_PUK)).toBe(false);
    card.reset();
    expect((await encodeAgain(issued, card)).kind).toBe('completed');
  });

  test('whose PIN is forgotten gets a new one by its imported PUK and a one-time code', async () => {
    const { issued, card, key } = await aForeignCard();
    await importText(HEADER + line(issued, 'AES-256', key, FOREIGN_PUK));
    while (card.pinTriesLeft > 0) await takesPin(card, '999999');
    const { code } = await giveCode(world.central, issued.card.id, 'long', 'command');
    const typed = Buffer.from(code).toString('latin1');
    expect((await encodeThrough(world.kiosk, issued, card, typed)).kind).toBe('completed');
    expect(await takesPin(card, CHOSEN_PIN)).toBe(true);
  });

  test('that was cancelled is taken over with the others, and said to be', async () => {
    const { issued, key } = await aForeignCard();
    await changeCard(world.central.database, issued.card.id, { state: 'cancelled' });
    const { out, err } = await importText(HEADER + line(issued, 'AES-256', key));
    expect(out).toBe('taken over: 1 cards, 0 of them with their PUK\n');
    expect(err).toContain(
      'recard: 1 of them cancelled: those can be emptied for another holder, and are not rewritten\n',
    );
  });

  test('whose PUK was not imported is rewritten and keeps its PUK, and no try of it is spent', async () => {
    const { issued, card, key } = await aForeignCard();
    await importText(HEADER + line(issued, 'AES-256', key));
    expect((await encodeThrough(world.kiosk, issued, card)).kind).toBe('completed');
    expect(await world.cardNow(issued)).toMatchObject({ pukVersion: 0, isPukKnown: false });
    expect(await takesPuk(card, FOREIGN_PUK)).toBe(true);
  });

  test('with another key than the imported one is not changed, and opens once the right one is imported', async () => {
    const { issued, card, key } = await aForeignCard();
    const wrong = new Uint8Array(randomBytes(32));
    await importText(HEADER + line(issued, 'AES-256', wrong, FOREIGN_PUK));
    const before = JSON.stringify(card.object(0x5fc102) ?? null);
    await expect(encodeThrough(world.kiosk, issued, card)).rejects.toBeInstanceOf(WrongCardError);
    expect(JSON.stringify(card.object(0x5fc102) ?? null)).toBe(before);
    expect(await takesPin(card, CARD_PIN)).toBe(true);
    expect(await takesPuk(card, FOREIGN_PUK)).toBe(true);
    const text = HEADER + line(issued, 'AES-256', key, FOREIGN_PUK);
    expect(await problemsOf(text)).toEqual([
      '2: this card is being rewritten; finish that, or abandon it, first',
    ]);
    const open = await findOpenOperation(world.central.database, issued.card.id);
    await abandonOperation(world.central, open!.id, { actor: 'command', why: 'wrong key' });
    const { out } = await importText(text);
    expect(out).toContain('1 of them anew');
    expect((await encodeThrough(world.kiosk, issued, card)).kind).toBe('completed');
  });
});

/** The card was rewritten once: its PIN is the chosen one. */
async function encodeAgain(issued: IssuedCard, card: VirtualCard) {
  card.reset();
  const session = await PivSession.select(card);
  const ascii = (pin: string) => new TextEncoder().encode(pin);
  await session.changePin(ascii(CHOSEN_PIN), ascii(CARD_PIN));
  return encodeThrough(world.kiosk, issued, card);
}

describe('a file with secrets of cards', () => {
  test('is refused as a whole, each line by its number, and nothing that stands in it is told', async () => {
    const { issued, key } = await aForeignCard();
    const known = (await aForeignCard()).issued;
    const rewritten = await world.issueCard();
    const ownKey = { managementKeyVersion: 1, managementKeyAlgorithm: 'AES-192' } as const;
    await changeCard(world.central.database, rewritten.card.id, ownKey);
    const short = key.subarray(0, 16);
    const weak = Uint8Array.from([...key.subarray(0, 8), ...key.subarray(0, 16)]);
    const text = [
      'card,algorithm,management_key,puk',
      `${issued.card.serial},AES-256,${hex(key)},`,
      `nobody,AES-256,${hex(key)},`,
      `${issued.card.id},AES-256,${hex(key)},`,
      `${known.card.serial},AES-192,${hex(short)},`,
      `${known.card.serial},RC4,${hex(short)},`,
      `${known.card.serial},3DES,${hex(weak)},`,
      `${known.card.serial},AES-256,${hex(key)},12345`,
      `${known.card.serial},AES-256,${hex(key)}`,
      `,AES-256,${hex(key)},`,
      `${rewritten.card.serial},AES-256,${hex(key)},`,
    ].join('\n');
    expect(await problemsOf(text)).toEqual([
      '3: central knows no such card',
      '4: the same card stands in line 2',
      '5: a management key of AES-192 is 48 hex digits',
      '6: the algorithm is one of 3DES, AES-128, AES-192, AES-256',
      '7: this Triple-DES key is weak; no card has it, so it was written down wrongly',
      '8: a PUK has 6 to 8 characters, or is 16 hex digits',
      '9: it has 3 fields and the first line 4',
      '10: it names no card',
      '11: central has given this card a management key of its own; leave the line away',
    ]);
    expect(await importedRows(issued)).toEqual([]);
  });

  test.each(['', 'serial,key\n1,2\n', 'card,card,algorithm,management_key\n', '\u0000\u0001'])(
    'without its header is refused: %j',
    async (text) => {
      expect(await problemsOf(text)).toEqual([
        '1: the first line names the columns: card,algorithm,management_key, and puk where PUKs are known',
      ]);
    },
  );

  test('may have the factory’s key, two-key Triple-DES, a PUK in hex, semicolons and the line ends of Windows', async () => {
    const cards = await Promise.all([aForeignCard(), aForeignCard()]);
    const [first, second] = cards.map(({ issued }) => issued.card.serial);
    const twoKey = '2315208C9110AD40401B7BA22FD33B1C2315208C9110AD40';
    const text = `card;algorithm;management_key;puk\r\n${first};3des;${'0102030405060708'.repeat(3)};\r\n"${second}";3DES;${twoKey};3132333435363738\r\n\r\n`;
    expect((await importText(text)).out).toBe('taken over: 2 cards, 1 of them with their PUK\n');
  });

  test('changes nothing in a dry run', async () => {
    const { issued, key } = await aForeignCard();
    const { out } = await importText(HEADER + line(issued, 'AES-256', key, FOREIGN_PUK), '--dry-run');
    expect(out).toBe('nothing was changed; this file would take over 1 cards, 1 of them with their PUK\n');
    expect(await importedRows(issued)).toEqual([]);
    expect(await world.cardNow(issued)).toMatchObject({ isManagementKeyKnown: false });
  });

  test('is told of in the audit, card by card, without a secret; nor does one stand in any file of central’s', async () => {
    const { issued, key } = await aForeignCard();
    await importText(HEADER + line(issued, 'AES-256', key, FOREIGN_PUK));
    const { lines } = await readAudit(world.central);
    const told = lines.filter(({ cardId }) => cardId === issued.card.id);
    expect(told.map(({ type, actor, detail }) => ({ type, actor, detail }))).toEqual([
      { type: 'card.taken-over', actor: 'command', detail: { algorithm: 'AES-256', hasPuk: true } },
    ]);
    const forms = [
      ...formsOf('management key', key, false),
      ...formsOf('PUK', Buffer.from(FOREIGN_PUK), true),
    ];
    await world.central.database.execute('checkpoint');
    expect(searchFolder(world.stateDir, forms, [])).toEqual([]);
    expect(searchBytes('audit', Buffer.from(JSON.stringify(lines)), forms)).toEqual([]);
  });

  test.each([
    [
      'encrypted to somebody else',
      async () => encrypted(HEADER, await identityToRecipient(await generateX25519Identity())),
    ],
    ['not encrypted', async () => new TextEncoder().encode(HEADER)],
    ['empty', async () => new Uint8Array()],
    [
      'cut off',
      async () => {
        const whole = await encrypted(HEADER, await world.central.authority.importIdentity.recipient());
        return whole.subarray(0, -3);
      },
    ],
  ])('that is %s is not read', async (_why, content) => {
    await expect(importFile(await content())).rejects.toBeInstanceOf(AgeFileError);
  });

  test('cannot be put to another card in the database', async () => {
    const [one, other] = [await aForeignCard(), await aForeignCard()];
    await importText(
      HEADER + line(one.issued, 'AES-256', one.key) + line(other.issued, 'AES-256', other.key),
    );
    const [row] = await importedRows(one.issued);
    const where = eq(cardSecrets.cardId, other.issued.card.id);
    await world.central.database.update(cardSecrets).set({ sealed: row!.sealed }).where(where);
    const refused = await begin(other.issued).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ code: 'SE-03-no-master-key' });
  });
});
