import { afterAll, beforeAll, expect, test } from 'vitest';
import { difference } from '../../src/protocol/request.ts';
import { type ArchivedCard, type OperatorCaller, OperatorWorld } from './support/operator-world.ts';

/** What a request for recovered keys would do, before anybody makes it (KR-05). */

let world: OperatorWorld;
let helga: OperatorCaller;
let card: ArchivedCard;
let other: ArchivedCard;
beforeAll(async () => {
  world = await OperatorWorld.open();
  card = await world.addPerson('anna');
  other = await world.addCard(card);
  helga = await world.signIn(await world.addOperator('helga'));
});
afterAll(() => world.close());

async function preview(body: unknown) {
  return difference.parse(await helga.ask('POST', '/requests/preview', body));
}

test('a key that would come onto the card is said, and nothing is asked for', async () => {
  const shown = await preview({ cardId: card.card.id, certificates: [other.serialNumber] });
  expect(shown.entries).toMatchObject([
    { change: 'kept', certificate: { serialNumber: card.serialNumber } },
    { change: 'added', certificate: { serialNumber: other.serialNumber } },
  ]);
  expect((await helga.queue('?view=all')).requests).toEqual([]);
});

test('a key that would leave it is said before anybody confirms that', async () => {
  const wish = { cardId: card.card.id, certificates: [other.serialNumber], without: [card.serialNumber] };
  const { entries } = await preview(wish);
  expect(entries.map(({ change }) => change).sort()).toEqual(['added', 'removed']);
});

test('what could not be asked for is refused in the same words, and is in the audit', async () => {
  const works = await world.addPerson('willy', 'employee', 'works');
  await expect(preview({ cardId: works.card.id, certificates: [works.serialNumber] })).rejects.toThrow(
    'KR-03-out-of-scope',
  );
  await expect(preview({ cardId: card.card.id, certificates: [] })).rejects.toThrow('KR-01-nothing-to-do');
  const refused = await world.audit('request.refused');
  expect(refused.map(({ detail }) => detail?.action)).toContain('preview');
});
