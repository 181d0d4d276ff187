/** The rights of the profile that keys come from count wherever they are asked for (KR-03). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { newestProfile, withdrawProfile } from '../../src/central/repositories/profiles.ts';
import { PROFILE } from './support/central-world.ts';
import { type OperatorCaller, OperatorWorld } from './support/operator-world.ts';

let all: OperatorWorld;
let helga: OperatorCaller;
let olaf: OperatorCaller;
let ada: OperatorCaller;
let ben: OperatorCaller;
beforeAll(async () => {
  all = await OperatorWorld.open();
  helga = await all.signIn(await all.addOperator('helga'));
  olaf = await all.signIn(await all.addOperator('olaf'));
  ada = await all.signIn(await all.addOperator('ada', 'administrator'));
  ben = await all.signIn(await all.addOperator('ben', 'administrator'));
});
afterAll(() => all?.close());

const NO_RIGHT = { code: 'KR-03-no-right' };

async function put(name: string, rules = ''): Promise<void> {
  const named = PROFILE.replace('"employee"', `"${name}"`);
  await putProfile(all.world.central, named.replace('[pin_policy]', `${rules}\n[pin_policy]`));
}

/** Somebody with a card of the one profile and one of the other, and both ways to have the key of the first. */
async function wishesFor(source: string, profileName = 'employee') {
  const old = await all.addPerson(`person-${source}`, source);
  const { card } = await all.addCard(old, profileName);
  const wish = { certificates: [old.serialNumber], note: null };
  const rest = { without: [], confirmedRemovals: [] };
  return {
    soft: { kind: 'softCertificate' as const, ownerId: old.holder.id, profileName, ...wish },
    update: { kind: 'existingCard' as const, cardId: card.id, ...rest, ...wish },
    preview: { cardId: card.id, certificates: [old.serialNumber], without: [] },
  };
}

test('a role that may not ask for keys of one profile does not have them by asking under another', async () => {
  await put('asked-by-few', '[requests]\nrequest = ["administrator"]\n');
  const { soft, update, preview } = await wishesFor('asked-by-few');
  await expect(helga.make(soft)).rejects.toMatchObject(NO_RIGHT);
  await expect(helga.make(update)).rejects.toMatchObject(NO_RIGHT);
  await expect(helga.ask('POST', '/requests/preview', preview)).rejects.toMatchObject(NO_RIGHT);
  expect(await ada.make(soft)).toMatchObject({ state: 'ready' });
  expect(await ada.make(update)).toMatchObject({ state: 'ready' });
});

test('a role that may not approve keys of one profile does not find them in its queue under another, and approves none', async () => {
  await put('approved-by-few');
  const { soft, update } = await wishesFor('approved-by-few', 'validated');
  const made = await helga.make(soft);
  const onCard = await helga.make(update);
  const toApprove = async (who: OperatorCaller) =>
    (await who.queue('?view=toApprove')).requests.map(({ id }) => id).sort();
  expect(await toApprove(olaf)).toEqual([made.id, onCard.id].sort());
  await put('approved-by-few', '[requests]\napprove = ["administrator"]\n');
  expect(await toApprove(olaf)).toEqual([]);
  expect((await olaf.show(made.id)).may.approve).toBe('KR-03-no-right');
  await expect(olaf.approve(made.id)).rejects.toMatchObject(NO_RIGHT);
  await expect(olaf.approve(onCard.id)).rejects.toMatchObject(NO_RIGHT);
  expect(await toApprove(ada)).toEqual([made.id, onCard.id].sort());
  expect(await ada.approve(made.id)).toMatchObject({ state: 'ready' });
  // A no takes nothing that the profile of the keys would have to give.
  expect(await olaf.reject(onCard.id)).toMatchObject({ state: 'rejected' });
});

test('a profile that is withdrawn says as before who has a right to the keys of its cards', async () => {
  await put('withdrawn-by-now', '[requests]\nrequest = ["administrator"]\napprove = ["administrator"]\n');
  const { soft } = await wishesFor('withdrawn-by-now', 'validated');
  const made = await ada.make(soft);
  const { database } = all.world.central;
  await withdrawProfile(database, (await newestProfile(database, 'withdrawn-by-now'))!, new Date());
  expect((await olaf.queue('?view=toApprove')).requests).toEqual([]);
  await expect(olaf.approve(made.id)).rejects.toMatchObject(NO_RIGHT);
  expect((await ben.queue('?view=toApprove')).requests.map(({ id }) => id)).toEqual([made.id]);
  expect(await ben.approve(made.id)).toMatchObject({ state: 'ready' });
});

test('a role that may not collect keys of one profile collects them under no other', async () => {
  await put('collected-by-few');
  const { soft } = await wishesFor('collected-by-few');
  const { id } = await helga.make(soft);
  expect((await helga.show(id)).may.collect).toBeNull();
  await put('collected-by-few', '[requests]\ncollect = ["administrator"]\n');
  expect((await helga.show(id)).may.collect).toBe('KR-03-no-right');
  expect((await ada.show(id)).may.collect).toBeNull();
});
