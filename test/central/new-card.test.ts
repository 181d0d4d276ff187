/** A new card: from the request and the number to a card that is somebody's, written by the real encoder (KR-01, ID-02). */

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mails } from '../../db/central/mail-schema.ts';
import { mailFolderSettings } from '../../src/central/mail/mail-settings.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { findCard } from '../../src/central/repositories/cards.ts';
import {
  certificatesOnCard,
  findCertificate,
  placeOnCard,
} from '../../src/central/repositories/certificates.ts';
import { PivSession } from '../../src/piv/session.ts';
import type { PersonalityName } from '../../src/virtual-card/personality.ts';
import type { IssuedCard } from './support/central-world.ts';
import { CHOSEN_PIN, encodeThrough } from './support/encode-through.ts';
import { blankCard, NewCardWorld } from './support/new-card-world.ts';

let world: NewCardWorld;
beforeAll(async () => {
  world = await NewCardWorld.open(undefined, { mail: mailFolderSettings('/nowhere') });
});
afterAll(() => world.close());

/** Slot → serial number of what a card has by central's record. */
async function slotsOf(cardId: string): Promise<Record<string, string>> {
  const rows = await certificatesOnCard(world.database, cardId);
  return Object.fromEntries([...rows].map(([slot, { serialNumber }]) => [slot, serialNumber]));
}

describe('a first card', () => {
  const makes: PersonalityName[] = ['full', 'standard', 'serial-absent', 'serial-zero', 'aes-192-factory'];
  test.each(makes)('comes out of a blank one, with keys, PIN and secrets of its own: %s', async (make) => {
    const { holder } = await world.world.issueCard();
    const requestId = await world.ask({ ownerId: holder.id });
    const planned = await world.newCard(requestId);
    expect(planned).toMatchObject({ state: 'planned', serial: null, holderId: holder.id });
    const card = blankCard(make);
    const { plan, outcome } = await world.collect(await world.number(requestId), card);
    expect(plan.keys.map(({ slot, source }) => `${slot} ${source.kind}`)).toEqual([
      ...['9A generate', '9D generate', '9E generate', '9C generate'],
    ]);
    expect(outcome.result.certificates).toHaveLength(4);
    const issued = (await findCard(world.database, planned.id))!;
    expect(issued).toMatchObject({ state: 'issued', guid: planned.guid, pukVersion: 1 });
    expect(Object.keys(await slotsOf(issued.id)).sort()).toEqual(['9A', '9C', '9D', '9E']);
    expect(await world.stateOf(requestId)).toBe('completed');
    card.reset();
    const session = await PivSession.select(card);
    await session.verifyPin(new TextEncoder().encode(CHOSEN_PIN));
    expect(issued.serial).toBe(await session.serial());
  });

  test('lives as long as its profile says, from its issue on', async () => {
    const { holder } = await world.world.issueCard();
    const requestId = await world.ask({ ownerId: holder.id });
    await world.collect(await world.number(requestId), blankCard());
    const { expiresAt, chuidExpiry } = await world.newCard(requestId);
    const days = (expiresAt.getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBeGreaterThanOrEqual(1095);
    expect(days).toBeLessThan(1096);
    expect(chuidExpiry).toBe(expiresAt.toISOString().slice(0, 10).replaceAll('-', ''));
  });

  test('is no business of kiosks until there is a chip, and then is known to them all', async () => {
    const { holder } = await world.world.issueCard();
    const requestId = await world.ask({ ownerId: holder.id });
    const { id } = await world.newCard(requestId);
    const isCopied = async () => (await world.kiosk.copy()).card.has(id);
    expect(await isCopied()).toBe(false);
    await world.collect(await world.number(requestId), blankCard());
    expect(await isCopied()).toBe(true);
  });

  test('is collected once', async () => {
    const { holder } = await world.world.issueCard();
    const requestId = await world.ask({ ownerId: holder.id });
    const number = await world.number(requestId);
    await world.collect(number, blankCard());
    await expect(world.collect(number, blankCard())).rejects.toMatchObject({ code: 'ID-03-wrong-code' });
    await expect(world.number(requestId)).rejects.toMatchObject({ code: 'KR-02-collected' });
  });
});

test('its holder is told of it by mail, and how many keys came out of the archive; the audit says who and onto what', async () => {
  const issued = await world.world.issueCard();
  const certificates = await world.oldKeys(issued, 'P-256', 'P-256');
  const requestId = await world.ask({ ownerId: issued.holder.id, certificates, profileName: 'archived' });
  await world.collect(await world.number(requestId), blankCard());
  const told = await world.database.select().from(mails).where(eq(mails.personId, issued.holder.id));
  const card = (await world.newCard(requestId)).serial!.slice(-4);
  expect(told.map(({ kind }) => kind)).toEqual(['keysRequested', 'cardIssued']);
  expect(told[1]!.facts).toEqual({ kiosk: 'first', card, keys: 2 });
  const types: string[] = [];
  for await (const row of auditRows(world.database)) {
    const entry = parseEntry(row);
    if (entry?.detail?.request === requestId) types.push(entry.type);
  }
  expect(types).toEqual([
    ...['request.made', 'code.given', 'proof.accepted', 'operation.begun', 'request.collecting'],
    ...['key.released', 'key.released', 'key.released', 'request.completed'],
  ]);
});

describe('a card in the place of another', () => {
  async function replaced(reason: string): Promise<{ old: IssuedCard; requestId: string; key: string }> {
    const before = await world.world.issueCard({ profileName: 'archived' });
    const [key] = await world.oldKeys(before, 'P-256');
    const row = (await findCertificate(world.database, key!))!;
    const card = (await findCard(world.database, row.cardId))!;
    await world.keepOnCard(card.id, key!);
    const inPlaceOf = { cardId: card.id, reason };
    const requestId = await world.ask({ ownerId: card.holderId, profileName: 'archived', inPlaceOf });
    return { old: { ...before, card }, requestId, key: key! };
  }

  test('that is damaged has its encryption key again, and the damaged one goes when the new one is there', async () => {
    const { old, requestId, key } = await replaced('damaged');
    expect((await findCard(world.database, old.card.id))!.state).toBe('issued');
    const { plan } = await world.collect(await world.number(requestId), blankCard());
    const main = plan.keys.find(({ slot }) => slot === '9D')!;
    expect(main.source.kind).toBe('import');
    const before = (await findCertificate(world.database, key))!;
    expect(main.publicKey).toEqual(before.publicKey);
    const { id } = await world.newCard(requestId);
    const slots = await slotsOf(id);
    expect(slots['9D']).not.toBe(key);
    expect(slots['82']).toBeUndefined();
    expect((await findCard(world.database, old.card.id))!.state).toBe('cancelled');
  });

  test('has its earlier keys as well, in their order, without anybody having to think of them', async () => {
    const before = await world.world.issueCard({ profileName: 'archived' });
    const serials = await world.oldKeys(before, 'P-256', 'P-256', 'P-256');
    const [oldest, older, key] = await Promise.all(
      serials.map(async (serial) => (await findCertificate(world.database, serial))!),
    );
    const { cardId } = key!;
    await world.keepOnCard(cardId, key!.serialNumber);
    await placeOnCard(world.database, cardId, older!, '83');
    await placeOnCard(world.database, cardId, oldest!, '82');
    const wish = { ownerId: before.holder.id, profileName: 'archived' };
    const requestId = await world.ask({ ...wish, inPlaceOf: { cardId, reason: 'damaged' } });
    const { plan } = await world.collect(await world.number(requestId), blankCard());
    const slotOf = (row: typeof key) =>
      plan.keys.find(({ publicKey }) => publicKey !== null && Buffer.compare(publicKey, row!.publicKey) === 0)
        ?.slot;
    expect([key, oldest, older].map(slotOf)).toEqual(['9D', '82', '83']);
  });

  async function previewed(requestId: string) {
    const { proofId } = await world.prove(await world.number(requestId), blankCard());
    const capabilities = await (await PivSession.select(blankCard())).capabilities();
    const wish = { proofId, serial: null, capabilities, leavesOut: [] };
    return (await world.kiosk.previewIssue(requestId, wish)).changes;
  }

  test.each(['damaged', 'lost'])(
    'that is %s and has keys that nobody archived: each is named as lost before anything is written',
    async (reason) => {
      const { holder, card } = await world.world.issueCard({ profileName: 'archived' });
      const earlier = await world.world.issueCard({ holder });
      const [archived] = await world.oldKeys(earlier, 'P-256');
      const behind = (await certificatesOnCard(world.database, earlier.card.id)).get('9D')!;
      await placeOnCard(world.database, card.id, (await findCertificate(world.database, archived!))!, '82');
      await placeOnCard(world.database, card.id, behind, '83');
      const inPlaceOf = { cardId: card.id, reason };
      const in9D = (await slotsOf(card.id))['9D'];
      const requestId = await world.ask({ ownerId: holder.id, profileName: 'archived', inPlaceOf });
      const changes = await previewed(requestId);
      const lost = changes.filter(({ change }) => change === 'lost');
      expect(lost.map(({ from, to, certificate }) => [from, to, certificate?.serialNumber])).toEqual([
        ['9D', null, in9D],
        ['83', null, behind.serialNumber],
      ]);
      expect(lost.every(({ certificate }) => certificate?.isArchived === false)).toBe(true);
    },
  );

  test('whose keys are all archived loses none', async () => {
    const { requestId } = await replaced('damaged');
    expect((await previewed(requestId)).map(({ change }) => change)).not.toContain('lost');
  });

  test('that was lost has a new encryption key, and the old one behind; the lost card goes at once', async () => {
    const { old, requestId, key } = await replaced('lost');
    expect((await findCard(world.database, old.card.id))!.state).toBe('cancelled');
    expect((await findCertificate(world.database, key))!.crlReason).toBe('keyCompromise');
    await world.collect(await world.number(requestId), blankCard());
    const { id } = await world.newCard(requestId);
    const slots = await slotsOf(id);
    expect(slots['82']).toBe(key);
    expect(slots['9D']).not.toBe(key);
  });
});

describe('recovered keys', () => {
  test('of three earlier cards, RSA and P-256, come onto the new one and work there', async () => {
    const issued = await world.world.issueCard();
    const serials = await world.oldKeys(issued, 'RSA-2048', 'P-256', 'P-256');
    const requestId = await world.ask({ ownerId: issued.holder.id, certificates: serials });
    const number = await world.number(requestId);
    const card = blankCard();
    const proof = await world.prove(number, card);
    expect(proof).toMatchObject({ recoveredKeys: 3, holderName: issued.holder.displayName, inPlaceOf: null });
    const { proofId } = proof;
    const capabilities = await (await PivSession.select(card)).capabilities();
    const wish = { proofId, serial: null, capabilities, leavesOut: [] };
    const { changes, problem } = await world.kiosk.previewIssue(requestId, wish);
    expect(problem).toBeNull();
    expect(changes.map(({ change, to }) => `${change} ${to}`)).toEqual([
      ...['new 9A', 'new 9C', 'new 9D', 'new 9E', 'restored 82', 'restored 83', 'restored 84'],
    ]);
    await world.collect(number, card);
    const slots = await slotsOf((await world.newCard(requestId)).id);
    expect([slots['82'], slots['83'], slots['84']]).toEqual(serials);
  });

  test('are left for another time where the person says so, and are told of when there are too many', async () => {
    const issued = await world.world.issueCard();
    const serials = await world.oldKeys(issued, ...Array.from({ length: 21 }, () => 'P-256' as const));
    const requestId = await world.ask({ ownerId: issued.holder.id, certificates: serials });
    const number = await world.number(requestId);
    const card = blankCard();
    await expect(world.collect(number, card)).rejects.toMatchObject({ code: 'KR-07-too-few-slots' });
    await world.collect(number, card, { leavesOut: [serials[3]!] });
    const slots = await slotsOf((await world.newCard(requestId)).id);
    expect(Object.values(slots)).not.toContain(serials[3]);
    expect(slots['95']).toBe(serials[20]);
  });

  test('cannot come onto a card that takes no key', async () => {
    const issued = await world.world.issueCard();
    const certificates = await world.oldKeys(issued, 'P-256');
    const requestId = await world.ask({ ownerId: issued.holder.id, certificates });
    const number = await world.number(requestId);
    await expect(world.collect(number, blankCard('standard'))).rejects.toMatchObject({
      code: 'KR-11-cannot-import',
    });
    await world.collect(number, blankCard());
  });

  test('alone are on a card for key recovery: the newest in 9D, and nothing to sign in or sign with', async () => {
    const issued = await world.world.issueCard();
    const certificates = await world.oldKeys(issued, 'RSA-2048', 'P-256');
    const requestId = await world.askForRecovery(issued.holder.id, certificates);
    const card = blankCard();
    await world.collect(await world.number(requestId), card);
    const { id } = await world.newCard(requestId);
    const keys = { '9D': certificates[1], '82': certificates[0] };
    expect(await slotsOf(id)).toEqual(keys);
    // Nothing on it proves its holder later: a code does, and a rewrite makes no key that the profile does not give.
    await expect(world.kiosk.ask(id)).rejects.toMatchObject({ code: 'ID-01-not-proved' });
    const { code } = await giveCode(world.world.central, id, 'long', 'command');
    const rewritten = { ...issued, card: await world.newCard(requestId) };
    await encodeThrough(world.kiosk, rewritten, card, Buffer.from(code).toString('latin1'));
    expect(await slotsOf(id)).toEqual(keys);
  });
});
