/** A new card whose issue was cut off: finished at another kiosk, or given up and somebody else's (RP-17, RP-18). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { certificatesOfCard, certificatesOnCard } from '../../src/central/repositories/certificates.ts';
import { findOpenOperation } from '../../src/central/repositories/operations.ts';
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

/** In the order in which they come. */
const STEPS = ['key:9A', 'certificate:9A', 'key:82', 'key:9D', 'object:5FC102', 'puk', 'management-key'];

type Cut = 'before' | 'after';

interface Begun {
  readonly requestId: string;
  readonly number: string;
  readonly card: VirtualCard;
  readonly certificates: string[];
}

async function cutOff(step: string, card = blankCard(), cut: Cut = 'before'): Promise<Begun> {
  const issued = await world.world.issueCard();
  const certificates = await world.oldKeys(issued, 'P-256');
  const requestId = await world.ask({ ownerId: issued.holder.id, certificates });
  const number = await world.number(requestId);
  await expect(world.collect(number, card, stopAt(step, cut))).rejects.toBeInstanceOf(CutOff);
  return { requestId, number, card, certificates };
}

const stopAt = (step: string, cut: Cut) => (cut === 'before' ? { stopBefore: step } : { stopAfter: step });
const CUTS = STEPS.flatMap((step) => [['before', step] as const, ['after', step] as const]);

async function abandon(requestId: string): Promise<void> {
  const { id } = await world.newCard(requestId);
  const open = (await findOpenOperation(world.database, id))!;
  await abandonOperation(world.world.central, open.id, { actor: 'command', why: null });
}

/** Whether the card takes the PIN that was chosen last. */
async function demandWhole(card: VirtualCard): Promise<void> {
  card.reset();
  const session = await PivSession.select(card);
  await session.verifyPin(new TextEncoder().encode(CHOSEN_PIN));
}

describe('a card that was taken out', () => {
  test.each(CUTS)('%s %s is finished at another kiosk with the same number', async (cut, step) => {
    const { requestId, number, card, certificates } = await cutOff(step, blankCard(), cut);
    const { id } = await world.newCard(requestId);
    expect((await other.copy()).card.get(id)).toMatchObject({ state: 'planned', hasOpenOperation: true });
    expect((await world.prove(number, card, other)).openOperation).toMatchObject({
      kind: 'issue',
      requestId,
    });
    const { plan } = await world.collect(number, card, { kiosk: other });
    expect(plan.isResumed).toBe(true);
    expect(await world.newCard(requestId)).toMatchObject({ id, state: 'issued', managementKeyVersion: 1 });
    expect((await certificatesOnCard(world.database, id)).get('82')!.serialNumber).toBe(certificates[0]);
    await demandWhole(card);
  });

  test.each(['certificate:9A', 'object:5FC102', 'management-key'])(
    'and has no serial number, before %s, is found by what was written on it',
    async (step) => {
      const { requestId, number, card } = await cutOff(step, blankCard('serial-absent'));
      const { plan } = await world.collect(number, card, { kiosk: other });
      expect(plan.isResumed).toBe(true);
      expect(await world.newCard(requestId)).toMatchObject({ state: 'issued', serial: null });
      await demandWhole(card);
    },
  );

  test('is finished with a new number when the old one has died', async () => {
    const { requestId, number, card } = await cutOff('key:9D');
    const newer = await world.number(requestId);
    expect(newer.slice(0, 6)).toBe(number.slice(0, 6));
    await expect(world.collect(number, card)).rejects.toMatchObject({ code: 'ID-03-wrong-code' });
    await world.collect(newer, card);
    expect(await world.stateOf(requestId)).toBe('completed');
  });

  test('is the one to be finished: another blank card is not', async () => {
    const { number, card } = await cutOff('key:9D');
    await expect(world.collect(number, blankCard())).rejects.toMatchObject({ code: 'KR-06-wrong-card' });
    await world.collect(number, card);
  });

  test('is rewritten, collected onto, or given a code for by nobody', async () => {
    const { requestId, card } = await cutOff('key:9D');
    const { id: cardId } = await world.newCard(requestId);
    await expect(world.kiosk.typeCode(cardId, '12345678')).rejects.toMatchObject({ code: 'RP-07-blank' });
    const { card: found } = await lookUp(card);
    expect(found).toMatchObject({ id: cardId, state: 'planned', hasOpenOperation: true });
  });
});

async function lookUp(card: VirtualCard) {
  card.reset();
  const serial = await (await PivSession.select(card)).serial();
  return (await world.kiosk.raw('/cards/lookup', JSON.stringify({ serial, guid: null }))).json();
}

describe('a number that was typed for nothing', () => {
  test('does for another card where nothing was written to the first one', async () => {
    const { holder } = await world.world.issueCard();
    const requestId = await world.ask({ ownerId: holder.id });
    const number = await world.number(requestId);
    const first = blankCard();
    await expect(world.collect(number, first, { stopBefore: 'pin' })).rejects.toBeInstanceOf(CutOff);
    const open = (await findOpenOperation(world.database, (await world.newCard(requestId)).id))!;
    await world.kiosk.cancel(open.id);
    expect(await world.stateOf(requestId)).toBe('ready');
    await world.collect(number, blankCard());
    const next = await world.world.issueCard();
    const again = await world.ask({ ownerId: next.holder.id });
    await world.collect(await world.number(again), first);
  });
});

/** Commands of a whole issue onto a blank card; each run sends some before its first write. */
const COMMANDS = [20, 29, 38, 47, 56, 65, 74, 83, 92, 101];

test.each(COMMANDS)(
  'a card that loses power at command %i is finished with the same number',
  async (apdu) => {
    const issued = await world.world.issueCard();
    const certificates = await world.oldKeys(issued, 'P-256');
    const requestId = await world.ask({ ownerId: issued.holder.id, certificates });
    const number = await world.number(requestId);
    const card = blankCard();
    card.faults.cut = { when: apdu % 2 ? 'before' : 'after', apdu };
    const isCut = await world.collect(number, card).then(
      () => false,
      () => true,
    );
    card.faults.cut = null;
    if (isCut) await world.collect(number, card, { kiosk: other });
    expect((await world.newCard(requestId)).state).toBe('issued');
    expect(isCut).toBe(true);
    await demandWhole(card);
  },
);

describe('a chip on which an issue was given up', () => {
  const cases = [
    ...CUTS.map(([cut, step]) => ['full', cut, step] as const),
    ...(['before', 'after'] as const).flatMap((cut) => [
      ['serial-absent', cut, 'puk'] as const,
      ['serial-absent', cut, 'management-key'] as const,
      ['standard', cut, 'puk'] as const,
    ]),
  ] satisfies (readonly [PersonalityName, Cut, string])[];
  test.each(cases)('becomes somebody else’s card, and opens: %s, %s %s', async (make, cut, step) => {
    const chip = blankCard(make);
    const first =
      make === 'standard' ? await cutWithout(step, chip, cut) : (await cutOff(step, chip, cut)).requestId;
    await abandon(first);
    expect(await world.stateOf(first)).toBe('failed');
    const record = await world.newCard(first);
    expect(record.state).toBe('planned');
    const { holder } = await world.world.issueCard();
    const second = await world.ask({ ownerId: holder.id });
    await world.collect(await world.number(second), chip);
    const card = await world.newCard(second);
    expect(card).toMatchObject({ id: record.id, state: 'issued', holderId: holder.id });
    const slots = [...(await certificatesOnCard(world.database, card.id)).keys()].sort();
    expect(slots).toEqual(['9A', '9C', '9D', '9E']);
    const rows = await certificatesOfCard(world.database, card.id);
    expect(rows.filter(({ state }) => state === 'active')).toHaveLength(4);
    await demandWhole(chip);
  });

  async function cutWithout(step: string, card: VirtualCard, cut: Cut): Promise<string> {
    const { holder } = await world.world.issueCard();
    const requestId = await world.ask({ ownerId: holder.id });
    const number = await world.number(requestId);
    await expect(world.collect(number, card, stopAt(step, cut))).rejects.toBeInstanceOf(CutOff);
    return requestId;
  }

  test('is given up again and again, with a key half changed, and opens all the same', async () => {
    const chip = blankCard();
    for (const cut of ['before', 'after'] as const) {
      for (const step of ['management-key', 'object:5FC102', 'management-key', 'puk'])
        await abandon((await cutOff(step, chip, cut)).requestId);
    }
    const { holder } = await world.world.issueCard();
    const last = await world.ask({ ownerId: holder.id });
    await world.collect(await world.number(last), chip);
    await demandWhole(chip);
    expect((await world.newCard(last)).state).toBe('issued');
  });
});
