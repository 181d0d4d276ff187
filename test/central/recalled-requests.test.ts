/** A profile that wants more approvals by now, and requests that were made before it did (KR-04). */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requests } from '../../db/central/request-schema.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { giveNumber } from '../../src/central/new-card/give-number.ts';
import { lockLiveCode } from '../../src/central/repositories/codes.ts';
import { PROFILE } from './support/central-world.ts';
import { type OperatorCaller, OperatorWorld } from './support/operator-world.ts';

let all: OperatorWorld;
let helga: OperatorCaller;
let olaf: OperatorCaller;
let tim: OperatorCaller;
beforeAll(async () => {
  all = await OperatorWorld.open();
  helga = await all.signIn(await all.addOperator('helga'));
  olaf = await all.signIn(await all.addOperator('olaf'));
  tim = await all.signIn(await all.addOperator('tim'));
});
afterAll(() => all?.close());

/** Somebody with two cards, and a wish to have the key of the first on the second. */
async function wishFor(profileName: string) {
  const old = await all.addPerson(`person-${profileName}`, profileName);
  const { card } = await all.addCard(old, profileName);
  const rest = { certificates: [old.serialNumber], without: [], confirmedRemovals: [], note: null };
  return { old, wish: { kind: 'existingCard' as const, cardId: card.id, ...rest } };
}

async function findRow(id: string) {
  return (await all.world.central.database.select().from(requests).where(eq(requests.id, id)))[0]!;
}

/** @returns the record of the card that it is for */
async function giveNumberFor(id: string): Promise<string> {
  const { code } = await giveNumber(all.world.central, id, 'short', 'test');
  code.fill(0);
  return (await findRow(id)).newCardId!;
}

test('a request that was let through waits for an approval after all when its profile wants one by now', async () => {
  const rules = (more: string) => PROFILE.replace('"employee"', `"tightened"\n${more}`);
  const { central } = all.world;
  await putProfile(central, rules('card_lifetime_days = 900'));
  const { wish, old } = await wishFor('tightened');
  const { id } = await helga.make(wish);
  const card = {
    kind: 'newCard' as const,
    ownerId: old.holder.id,
    profileName: 'tightened',
    inPlaceOf: null,
  };
  const made = await helga.make({ ...card, certificates: [old.serialNumber], note: null });
  const planned = await giveNumberFor(made.id);
  await putProfile(central, rules('validate_issuance = true\napprovals = 2'));
  expect(await helga.show(id)).toMatchObject({ state: 'awaitingApproval', approvals: 0, approvalsWanted: 2 });
  expect(await helga.show(made.id)).toMatchObject({ state: 'awaitingApproval' });
  expect(await lockLiveCode(central.database, planned)).toBeUndefined();
  expect(await all.audit('request.recalled')).toMatchObject([
    { detail: { request: id, approvalsWanted: 2 } },
    { detail: { request: made.id, approvalsWanted: 2 } },
  ]);
  await olaf.approve(id);
  expect(await tim.approve(id)).toMatchObject({ state: 'ready', approvals: 2 });
  await olaf.approve(made.id);
  expect(await tim.approve(made.id)).toMatchObject({ state: 'ready' });
  expect((await findRow(made.id)).newCardId).not.toBe(planned);
});

test('a request that waits for an approval waits for as many as its profile wants by now, and for no fewer than it did', async () => {
  const rules = (approvals: number) =>
    PROFILE.replace('"employee"', `"counted"\nvalidate_issuance = true\napprovals = ${approvals}`);
  await putProfile(all.world.central, rules(1));
  const { id } = await helga.make((await wishFor('counted')).wish);
  await putProfile(all.world.central, rules(2));
  expect(await olaf.approve(id)).toMatchObject({ state: 'awaitingApproval', approvalsWanted: 2 });
  await putProfile(all.world.central, rules(1));
  expect(await helga.show(id)).toMatchObject({ state: 'awaitingApproval', approvalsWanted: 2 });
});

test('a key of a card whose profile wants an approval is not had without one by asking under another profile', async () => {
  const old = await all.addPerson('strict', 'twice');
  const { card } = await all.addCard(old, 'employee');
  const wish = { certificates: [old.serialNumber], note: null };
  const soft = { kind: 'softCertificate' as const, ownerId: old.holder.id, profileName: 'employee', ...wish };
  const update = {
    kind: 'existingCard' as const,
    cardId: card.id,
    without: [],
    confirmedRemovals: [],
    ...wish,
  };
  for (const one of [soft, update])
    expect(await helga.make(one)).toMatchObject({ state: 'awaitingApproval', approvalsWanted: 2 });
});

test('a request under another profile is recalled as well when the profile that its keys come from wants approvals by now', async () => {
  await putProfile(all.world.central, PROFILE.replace('"employee"', '"source"\ncard_lifetime_days = 900'));
  const old = await all.addPerson('relaxed', 'source');
  const wish = { certificates: [old.serialNumber], note: null };
  const soft = { kind: 'softCertificate' as const, ownerId: old.holder.id, profileName: 'employee', ...wish };
  const { id } = await helga.make(soft);
  expect(await helga.show(id)).toMatchObject({ state: 'ready' });
  await putProfile(all.world.central, PROFILE.replace('"employee"', '"source"\nvalidate_issuance = true'));
  expect(await helga.show(id)).toMatchObject({ state: 'awaitingApproval', approvalsWanted: 1 });
});
