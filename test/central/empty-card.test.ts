/** A cancelled card is made blank at a kiosk, and issued again as a new one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelCard } from '../../src/central/card-life/change-card.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { findCard } from '../../src/central/repositories/cards.ts';
import { certificatesOnCard, findCertificate } from '../../src/central/repositories/certificates.ts';
import { findOpenOperation } from '../../src/central/repositories/operations.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { FACTORY_PIN } from '../../src/encoder/empty-card.ts';
import { sightCard } from '../../src/kiosk/sight-card.ts';
import { PivSession } from '../../src/piv/session.ts';
import type { PersonalityName } from '../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { CHOSEN_PIN } from './support/encode-through.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { blankCard, CutOff, NewCardWorld } from './support/new-card-world.ts';

let world: NewCardWorld;
let other: KioskCaller;
beforeAll(async () => {
  world = await NewCardWorld.open();
  other = await world.world.addKiosk('other');
});
afterAll(() => world.close());

/** A new card, with a recovered key where it takes one. */
async function issued(card: VirtualCard, kind: PersonalityName = 'full'): Promise<string> {
  const before = await world.world.issueCard();
  const certificates = kind === 'standard' ? [] : await world.oldKeys(before, 'P-256');
  const requestId = await world.ask({ ownerId: before.holder.id, certificates });
  await world.collect(await world.number(requestId), card);
  return (await world.newCard(requestId)).id;
}

async function cancelled(card: VirtualCard, kind?: PersonalityName): Promise<string> {
  const cardId = await issued(card, kind);
  await cancelCard(world.world.central, COMMAND, cardId, { reason: 'leaver', note: null });
  return cardId;
}

async function demandBlank(card: VirtualCard): Promise<void> {
  card.reset();
  const session = await PivSession.select(card);
  expect(await sightCard(session)).toMatchObject({ isBlank: true, guid: null });
  await session.verifyPin(new TextEncoder().encode(FACTORY_PIN));
}

async function isBlank(card: VirtualCard): Promise<boolean> {
  card.reset();
  return (await sightCard(await PivSession.select(card))).isBlank;
}

/** It is somebody's new card. */
async function demandIssuable(card: VirtualCard, kind?: PersonalityName): Promise<void> {
  const cardId = await issued(card, kind);
  expect((await findCard(world.database, cardId))!.state).toBe('issued');
  card.reset();
  await (await PivSession.select(card)).verifyPin(new TextEncoder().encode(CHOSEN_PIN));
}

const KINDS = [
  ...(['full', 'standard', 'torn-writes', 'serial-absent', 'serial-zero'] as const),
  ...(['no-extended-length', 'empty-deleted-objects', 'aes-192-factory'] as const),
] satisfies PersonalityName[];

describe('a cancelled card', () => {
  test.each(KINDS)('of the kind %s is emptied, and somebody gets it as a new card', async (kind) => {
    const card = blankCard(kind);
    const cardId = await cancelled(card, kind);
    const { serial } = (await findCard(world.database, cardId))!;
    await world.empty(cardId, card);
    expect(await findCard(world.database, cardId)).toMatchObject({ state: 'cancelled', serial: null });
    expect((await certificatesOnCard(world.database, cardId)).size).toBe(0);
    expect(await findOpenOperation(world.database, cardId)).toBeUndefined();
    expect((await tellings(cardId)).at(-1)).toMatchObject({ type: 'card.emptied', detail: { serial } });
    await demandBlank(card);
    await demandIssuable(card, kind);
  });

  test('is somebody’s until it is emptied: no new card is collected onto it', async () => {
    const card = blankCard();
    await cancelled(card);
    await expect(issued(card)).rejects.toMatchObject({ code: 'KR-01-card-is-somebodys' });
  });

  test('that was damaged leaves its encryption certificate as it was, whose key goes onto the next card', async () => {
    const card = blankCard();
    const { holder } = await world.world.issueCard();
    const requestId = await world.ask({ ownerId: holder.id, profileName: 'archived' });
    await world.collect(await world.number(requestId), card);
    const { id: cardId } = await world.newCard(requestId);
    await cancelCard(world.world.central, COMMAND, cardId, { reason: 'damaged', note: null });
    const { serialNumber } = (await certificatesOnCard(world.database, cardId)).get('9D')!;
    await world.empty(cardId, card);
    const after = await findCertificate(world.database, serialNumber);
    expect(after).toMatchObject({ state: 'active', isOnCard: false });
  });

  test('is not the one when another card is in the reader', async () => {
    const cardId = await cancelled(blankCard());
    const stranger = blankCard();
    await issued(stranger);
    await expect(world.empty(cardId, stranger)).rejects.toMatchObject({ name: 'WrongCardError' });
    expect(await isBlank(stranger)).toBe(false);
  });
});

test('a card that is not cancelled is not emptied', async () => {
  const card = blankCard();
  const cardId = await issued(card);
  await expect(world.empty(cardId, card)).rejects.toMatchObject({ code: 'RP-06-not-cancelled' });
  expect(await isBlank(card)).toBe(false);
});

test('a kiosk that does not serve its holder empties nothing', async () => {
  const card = blankCard();
  const cardId = await cancelled(card);
  const kiosk = await world.kioskOf('elsewhere');
  await expect(world.empty(cardId, card, { kiosk })).rejects.toMatchObject({ code: 'RP-07-not-served-here' });
});

const STEPS = [
  'certificate:9A',
  'key:9A',
  'key:9D',
  'object:5FC107',
  'puk',
  'pin',
  'management-key',
  'object:5FC102',
];
const CUTS = STEPS.flatMap((step) => [['before', step] as const, ['after', step] as const]);

describe('a card that was taken out', () => {
  test.each(CUTS)('%s %s is emptied to its end at another kiosk', async (cut, step) => {
    const card = blankCard();
    const cardId = await cancelled(card);
    const stop = cut === 'before' ? { stopBefore: step } : { stopAfter: step };
    await expect(world.empty(cardId, card, stop)).rejects.toBeInstanceOf(CutOff);
    const { plan } = await world.empty(cardId, card, { kiosk: other });
    expect(plan.isResumed).toBe(true);
    await demandBlank(card);
    await demandIssuable(card);
  });

  test.each(['puk', 'management-key'])('after %s and given up is emptied all the same', async (step) => {
    const card = blankCard();
    const cardId = await cancelled(card);
    await expect(world.empty(cardId, card, { stopAfter: step })).rejects.toBeInstanceOf(CutOff);
    const open = (await findOpenOperation(world.database, cardId))!;
    await abandonOperation(world.world.central, open.id, { actor: 'command', why: null });
    const { plan } = await world.empty(cardId, card);
    expect(plan.isResumed).toBe(false);
    await demandBlank(card);
  });

  test('and tells no serial number is a blank one as soon as nothing names it', async () => {
    const card = blankCard('serial-absent');
    const cardId = await cancelled(card);
    const cut = { stopBefore: 'object:5FC102' };
    await expect(world.empty(cardId, card, cut)).rejects.toBeInstanceOf(CutOff);
    expect(await isBlank(card)).toBe(false);
    const last = { stopAfter: 'object:5FC102' };
    await expect(world.empty(cardId, card, last)).rejects.toBeInstanceOf(CutOff);
    await demandBlank(card);
    await demandIssuable(card);
  });

  test.each(['pin', 'object:5FC107'])('before %s has no key left that a PIN would open', async (step) => {
    const card = blankCard();
    const cardId = await cancelled(card);
    await expect(world.empty(cardId, card, { stopBefore: step })).rejects.toBeInstanceOf(CutOff);
    card.reset();
    const session = await PivSession.select(card);
    for (const slot of ['9A', '9C', '9D', '9E', '82'] as const)
      expect(await session.metadata(slot)).toBeNull();
  });
});

describe.each(['full', 'standard', 'torn-writes'] as const)('a card of the kind %s', (kind) => {
  test('that loses power before or after any command is emptied to its end', async () => {
    let isWhole = false;
    for (let apdu = 3; !isWhole; apdu += 13) {
      const card = blankCard(kind);
      const cardId = await cancelled(card, kind);
      card.faults.cut = { when: apdu % 2 ? 'before' : 'after', apdu };
      isWhole = await world.empty(cardId, card).then(
        () => true,
        () => false,
      );
      card.faults.cut = null;
      if (!isWhole) await world.empty(cardId, card, { kiosk: other });
      await demandBlank(card);
    }
  });
});

async function tellings(cardId: string) {
  const entries = [];
  for await (const row of auditRows(world.database)) {
    const entry = parseEntry(row);
    if (entry?.cardId === cardId) entries.push(entry);
  }
  return entries;
}
