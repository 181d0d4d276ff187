/** Requests from the first wish to their end, as operators at a kiosk make and decide them (KR-01 to KR-05, KR-10). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putOperator, takeOperator } from '../../src/central/command/put-operator.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { certificatesOnCard } from '../../src/central/repositories/certificates.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { newestProfile, withdrawProfile } from '../../src/central/repositories/profiles.ts';
import { changeRequest } from '../../src/central/repositories/requests.ts';
import { sweep } from '../../src/central/sweep.ts';
import { PROFILE } from './support/central-world.ts';
import { KioskCaller } from './support/kiosk-caller.ts';
import { proveHolder } from './support/operation-run.ts';
import { type ArchivedCard, OperatorCaller, OperatorWorld } from './support/operator-world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOBODY = '00000000-0000-4000-8000-000000000000';

let all: OperatorWorld;
let helga: OperatorCaller;
let olaf: OperatorCaller;
let theo: OperatorCaller;
beforeAll(async () => {
  all = await OperatorWorld.open();
  await all.addOperator('root', 'administrator', 'all');
  helga = await all.signIn(await all.addOperator('helga'));
  olaf = await all.signIn(await all.addOperator('olaf', 'administrator'));
  theo = await all.signIn(await all.addOperator('theo', 'helpdesk', 'works'));
});
afterAll(() => all?.close());

let count = 0;
/** Somebody new with two cards, and a wish to have the key of the first on the second. */
async function wishFor(profileName = 'validated') {
  count += 1;
  const old = await all.addPerson(`person${count}`, profileName);
  const card = await all.addCard(old, profileName);
  return { old, card, wish: toCard(card, [old.serialNumber]) };
}

function toCard({ card }: ArchivedCard, certificates: string[]) {
  const rest = { without: [], confirmedRemovals: [], note: null };
  return { kind: 'existingCard' as const, cardId: card.id, certificates, ...rest };
}

async function refusedWith(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was refused',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

describe('a request', () => {
  test('is collected only after somebody else has approved it', async () => {
    const { wish, card, old } = await wishFor();
    const made = await helga.make(wish);
    expect(made).toMatchObject({ state: 'awaitingApproval', approvals: 0, approvalsWanted: 1 });
    expect(made.may).toEqual({
      approve: 'KR-04-own-request',
      reject: 'KR-04-own-request',
      cancel: null,
      collect: null,
      giveNumber: null,
      send: 'OP-02-no-mail',
    });
    expect(made.list.map((one) => [one.serialNumber, one.wasOnCard, one.isWanted])).toEqual([
      [card.serialNumber, true, true],
      [old.serialNumber, false, true],
    ]);
    const approved = await olaf.approve(made.id);
    expect(approved).toMatchObject({ state: 'ready', approvals: 1 });
    expect(approved.history.map(({ type, actor, kiosk }) => [type, actor, kiosk])).toEqual([
      ['request.made', 'operator:helga', 'kiosk-of-helga'],
      ['request.approved', 'operator:olaf', 'kiosk-of-olaf'],
    ]);
  });

  test('under a profile that wants two approvals waits for two operators', async () => {
    const { wish } = await wishFor('twice');
    await all.addOperator('tom');
    const tom = await all.signIn(await all.addOperator('tina'));
    const { id } = await helga.make(wish);
    expect(await olaf.approve(id)).toMatchObject({ state: 'awaitingApproval', approvals: 1 });
    expect(await refusedWith(olaf.approve(id))).toBe('KR-04-approved-before');
    expect(await tom.approve(id)).toMatchObject({ state: 'ready', approvals: 2 });
  });

  test('under a profile that validates nothing can be collected at once', async () => {
    const { wish } = await wishFor('employee');
    expect(await helga.make(wish)).toMatchObject({ state: 'ready', approvalsWanted: 0 });
  });

  test('is not made twice while the first is open', async () => {
    const { wish } = await wishFor();
    const { id } = await helga.make(wish);
    await expect(olaf.make(wish)).rejects.toThrow(id);
    expect(await refusedWith(olaf.make(wish))).toBe('KR-01-open-already');
    await helga.cancel(id);
    expect(await olaf.make(wish)).toMatchObject({ state: 'awaitingApproval' });
  });

  test('is made once, and approved once by each, however many ask at the same moment', async () => {
    const { wish, old } = await wishFor('twice');
    const made = await Promise.all([helga.make(wish), olaf.make(wish), helga.make(wish)].map(refusedWith));
    expect(made.sort()).toEqual(['KR-01-open-already', 'KR-01-open-already', 'nothing was refused']);
    const { requests } = await helga.queue(`?ownerId=${old.holder.id}`);
    const other = requests[0]!.requestedBy === 'operator:helga' ? olaf : helga;
    const { id } = requests[0]!;
    const said = await Promise.all([other.approve(id), other.approve(id)].map(refusedWith));
    expect(said.sort()).toEqual(['KR-04-approved-before', 'nothing was refused']);
    expect(await other.show(id)).toMatchObject({ state: 'awaitingApproval', approvals: 1 });
  });

  test('that is rejected says why, and is over', async () => {
    const { wish } = await wishFor();
    const { id } = await helga.make(wish);
    expect(await refusedWith(olaf.ask('POST', `/requests/${id}/reject`, {}))).toBe('SE-07-bad-request');
    const rejected = await olaf.reject(id, 'ask your manager first');
    expect(rejected).toMatchObject({ state: 'rejected', verdicts: [{ note: 'ask your manager first' }] });
    expect(await refusedWith(olaf.approve(id))).toBe('KR-04-approved-before');
    expect(await refusedWith(helga.cancel(id))).toBe('KR-04-rejected');
  });

  test.each([
    ['ready', 'KR-02-not-collecting'],
    ['completed', 'KR-02-collected'],
    ['collecting', 'KR-02-collecting'],
    ['cancelled', 'KR-02-cancelled'],
    ['failed', 'KR-02-failed'],
    ['expired', 'KR-02-expired'],
  ] as const)('that is %s is approved no more', async (state, code) => {
    const { wish } = await wishFor();
    const { id } = await helga.make(wish);
    await changeRequest(all.world.central.database, id, { state });
    expect(await refusedWith(olaf.approve(id))).toBe(code);
  });

  test('runs out after thirty days, and is in the audit then', async () => {
    const { wish } = await wishFor();
    const { id } = await helga.make(wish);
    all.clock.offsetMs = 30 * DAY_MS;
    try {
      const { expiredRequests } = await sweep(all.world.central);
      expect(expiredRequests).toBeGreaterThan(0);
    } finally {
      all.clock.offsetMs = 0;
    }
    expect(await helga.show(id)).toMatchObject({ state: 'expired' });
    expect((await all.audit('request.expired')).map(({ detail }) => detail?.request)).toContain(id);
  });

  test('whose time is over is not approved, though nothing has swept it yet', async () => {
    const { wish } = await wishFor();
    const { id } = await helga.make(wish);
    await changeRequest(all.world.central.database, id, { expiresAt: new Date(Date.now() - 1000) });
    expect(await refusedWith(olaf.approve(id))).toBe('KR-02-expired');
  });

  test('under a profile that was withdrawn is not approved, and can be called off', async () => {
    await putProfile(
      all.world.central,
      PROFILE.replace('"employee"', '"gone"').replace('\n\n', '\nvalidate_issuance = true\n\n'),
    );
    const { wish } = await wishFor('gone');
    const { id } = await helga.make(wish);
    const { database } = all.world.central;
    await withdrawProfile(database, (await newestProfile(database, 'gone'))!, new Date());
    expect(await refusedWith(olaf.approve(id))).toBe('RP-02-no-profile');
    expect(await refusedWith(olaf.make((await wishFor('gone')).wish))).toBe('RP-02-no-profile');
    expect(await olaf.cancel(id)).toMatchObject({ state: 'cancelled' });
  });
});

describe('who may', () => {
  test('is decided by scope: nobody acts for people of another group', async () => {
    const { wish, old } = await wishFor();
    const { id } = await helga.make(wish);
    const tries = [theo.make(wish), theo.show(id), theo.approve(id), theo.cancel(id), theo.reject(id)];
    const said = await Promise.all([...tries, theo.recoverable(old.holder.id)].map(refusedWith));
    expect(new Set(said)).toEqual(new Set(['KR-03-out-of-scope']));
  });

  test('is decided by the profile as it is now', async () => {
    const { wish } = await wishFor('own');
    expect(await refusedWith(helga.make(wish))).toBe('KR-03-no-right');
    const { id } = await olaf.make(wish);
    expect(await refusedWith(helga.approve(id))).toBe('KR-03-no-right');
    expect((await helga.show(id)).may).toMatchObject({ approve: 'KR-03-no-right', collect: null });
  });

  test('never approves what they asked for, nor what is about their own keys', async () => {
    const { wish } = await wishFor();
    const { id } = await helga.make(wish);
    expect(await refusedWith(helga.approve(id))).toBe('KR-04-own-request');
    const own = await all.addPerson('selma', 'validated');
    const second = await all.addCard(own, 'validated');
    await all.world.issueCard({ holder: own.holder });
    await putOperator(all.world.central, 'selma', 'helpdesk', 'sales');
    const selma = await all.signIn(own);
    const theirs = await helga.make(toCard(second, [own.serialNumber]));
    expect(await refusedWith(selma.approve(theirs.id))).toBe('KR-04-own-keys');
  });

  test('never has their own card rewritten or replaced, for whatever reason', async () => {
    const own = await all.addOperator('sonja', 'administrator', 'all');
    const sonja = await all.signIn(own);
    const { id: cardId } = own.card;
    const update = { kind: 'cardUpdate' as const, cardId, reason: 'profile-updated', note: null };
    expect(await refusedWith(sonja.make(update))).toBe('OP-02-own-card');
    const wish = { kind: 'newCard' as const, ownerId: own.holder.id, profileName: 'employee', note: null };
    for (const reason of ['stolen', 'damaged']) {
      const inPlaceOf = { cardId, reason };
      expect(await refusedWith(sonja.make({ ...wish, certificates: [], inPlaceOf }))).toBe('OP-02-own-card');
    }
  });

  test('is not a kiosk that does not serve the owner', async () => {
    const { wish, old } = await wishFor();
    const { id } = await helga.make(wish);
    const boss = await all.addOperator('boss', 'administrator', 'all');
    // Their card belongs where the kiosk serves; the session is this kiosk's.
    const { database } = all.world.central;
    const works = (await all.addPerson('wanda', 'employee', 'works')).holder.groupId;
    await savePerson(database, { ...boss.holder, groupId: works });
    const proofId = await proveHolder(new KioskCaller(all.world.app, 'works'), boss);
    const there = new OperatorCaller(all.world, '', 'works');
    const { token } = (await there.ask('POST', '/sessions', { proofId })) as { token: string };
    const caller = new OperatorCaller(all.world, token, 'works');
    const tries = [caller.show(id), caller.make(wish), caller.approve(id), caller.recoverable(old.holder.id)];
    const said = await Promise.all(tries.map(refusedWith));
    expect(new Set(said)).toEqual(new Set(['RP-07-not-served-here']));
    expect((await caller.queue('?view=all')).requests).toEqual([]);
  });

  test('is told in the audit, refused ones too', async () => {
    const { wish, card } = await wishFor();
    const { id } = await helga.make(wish);
    await refusedWith(helga.approve(id));
    const refused = (await all.audit('request.refused')).filter(({ detail }) => detail?.request === id);
    expect(refused).toMatchObject([
      {
        ...{ actor: 'operator:helga', cardId: card.card.id },
        detail: {
          ...{ action: 'approve', code: 'KR-04-own-request', kiosk: 'kiosk-of-helga' },
          owner: card.holder.id,
        },
      },
    ]);
  });

  test('is in the audit also where somebody only looked at what they may not see', async () => {
    const { wish, card } = await wishFor();
    const { id } = await helga.make(wish);
    const { holder } = card;
    await refusedWith(theo.show(id));
    await refusedWith(theo.recoverable(holder.id));
    await refusedWith(theo.ask('GET', `/cards/${card.card.id}/life`));
    const told = (await all.audit('desk.refused')).filter(({ detail }) => detail?.owner === holder.id);
    expect(told.map(({ detail }) => [detail?.action, detail?.code])).toEqual([
      ['GET /requests/:id', 'KR-03-out-of-scope'],
      ['GET /people/:id/recoverable', 'KR-03-out-of-scope'],
      ['GET /cards/:id/life', 'OP-02-out-of-scope'],
    ]);
  });
});

describe('what is asked for', () => {
  test('is chosen from the archived certificates of a person, with where they are', async () => {
    const { old, card } = await wishFor();
    const { certificates, cards, person } = await helga.recoverable(old.holder.id);
    expect(person.displayName).toBe(old.holder.displayName);
    expect(certificates.map(({ serialNumber }) => serialNumber).sort()).toEqual(
      [old.serialNumber, card.serialNumber].sort(),
    );
    expect(certificates[0]).toMatchObject({
      isArchived: true,
      state: 'active',
      isOn: [{ slot: '9D' }],
      sameKeyAs: [],
    });
    expect(cards).toHaveLength(2);
  });

  test.each<[string, (card: ArchivedCard, old: ArchivedCard, other: ArchivedCard) => object, string]>([
    ['of somebody else', (_c, _o, other) => ({ certificates: [other.serialNumber] }), 'KR-11-not-theirs'],
    ['that there is not', () => ({ certificates: ['abcdef'] }), 'KR-01-no-such-certificate'],
    ['that the card has', (card) => ({ certificates: [card.serialNumber] }), 'KR-01-nothing-to-do'],
    [
      'taken off unconfirmed',
      (card, old) => ({ certificates: [old.serialNumber], without: [card.serialNumber] }),
      'KR-05-confirm-removal',
    ],
    [
      'confirmed, and not taken off',
      (card, old) => ({ certificates: [old.serialNumber], confirmedRemovals: [card.serialNumber] }),
      'KR-05-confirm-removal',
    ],
    ['taken off a card that has it not', (_c, old) => ({ without: [old.serialNumber] }), 'KR-05-not-on-card'],
    ['on a card that is not known', () => ({ cardId: NOBODY }), 'RP-07-unknown'],
  ])('is refused for a certificate %s', async (_what, change, code) => {
    const { wish, card, old } = await wishFor();
    const other = await all.addPerson(`other${count}`);
    const wanted = { ...wish, certificates: [] as string[], ...change(card, old, other) };
    expect(await refusedWith(helga.make(wanted))).toBe(code);
  });

  test('is refused where the key is not archived, and such a key is never taken off', async () => {
    const { old, card } = await wishFor();
    const bare = await all.world.issueCard({ holder: old.holder, profileName: 'validated' });
    const own = (await certificatesOnCard(all.world.central.database, bare.card.id)).get('9D')!.serialNumber;
    expect(await refusedWith(helga.make(toCard(card, [own])))).toBe('KR-11-not-archived');
    const wish = {
      ...toCard({ ...bare, serialNumber: own }, [old.serialNumber]),
      without: [own],
      confirmedRemovals: [own],
    };
    expect(await refusedWith(helga.make(wish))).toBe('KR-05-last-copy');
  });

  test('can take a certificate off, when that is confirmed', async () => {
    const { wish, card } = await wishFor();
    const removal = { without: [card.serialNumber], confirmedRemovals: [card.serialNumber] };
    const { list } = await helga.make({ ...wish, ...removal });
    expect(list.filter(({ isWanted }) => !isWanted).map((one) => one.serialNumber)).toEqual([
      card.serialNumber,
    ]);
    expect((await all.audit('request.made')).at(-1)?.detail?.removed).toEqual([card.serialNumber]);
  });

  test('says what it does to the card, slot by slot', async () => {
    const { wish, card, old } = await wishFor();
    const { difference } = await helga.make(wish);
    expect(difference?.problem).toBeNull();
    expect(
      difference?.entries.map((one) => [one.change, one.from, one.to, one.certificate.serialNumber]),
    ).toEqual([
      ['kept', '9D', '9D', card.serialNumber],
      ['added', null, '82', old.serialNumber],
    ]);
  });

  test('is refused where the owner may have no new card, or the card to be replaced is somebody else’s', async () => {
    const { old } = await wishFor();
    const other = await all.addPerson(`third${count}`);
    const wish = {
      kind: 'newCard' as const,
      ownerId: old.holder.id,
      profileName: 'validated',
      certificates: [],
      note: null,
    };
    const inPlaceOf = { cardId: other.card.id, reason: 'damaged' };
    expect(await refusedWith(helga.make({ ...wish, inPlaceOf }))).toBe('RP-07-not-their-card');
    await putProfile(
      all.world.central,
      PROFILE.replace('"employee"', '"approved"').replace('\n\n', '\nrequires_approved_holder = true\n\n'),
    );
    const approved = { ...wish, profileName: 'approved', inPlaceOf: null };
    expect(await refusedWith(helga.make(approved))).toBe('RP-06-not-approved');
    await savePerson(all.world.central.database, { ...old.holder, state: 'disabled' });
    expect(await refusedWith(helga.make({ ...wish, inPlaceOf: null }))).toBe('RP-06-holder-disabled');
  });

  test('is refused for a card that may not be written', async () => {
    const { old } = await wishFor();
    const off = await all.world.issueCard({ holder: old.holder, state: 'disabled' });
    expect(await refusedWith(helga.make(toCard({ ...off, serialNumber: '' }, [old.serialNumber])))).toBe(
      'RP-06-disabled',
    );
  });

  test('may be a soft certificate, a new card, or the update of a card', async () => {
    const { old } = await wishFor();
    const ownerId = old.holder.id;
    const soft = { kind: 'softCertificate' as const, ownerId, profileName: 'validated', note: null };
    expect(await refusedWith(helga.make({ ...soft, certificates: [] }))).toBe('KR-01-no-certificate');
    expect(await helga.make({ ...soft, certificates: [old.serialNumber] })).toMatchObject({
      state: 'awaitingApproval',
      certificates: 1,
      card: null,
    });
    const card = {
      kind: 'newCard' as const,
      ownerId,
      profileName: 'validated',
      certificates: [],
      note: 'first day',
    };
    const inPlaceOf = { cardId: old.card.id, reason: 'damaged' };
    expect(await helga.make({ ...card, inPlaceOf })).toMatchObject({
      reason: 'damaged',
      note: 'first day',
    });
    const update = { kind: 'cardUpdate' as const, cardId: old.card.id, note: null };
    expect(await refusedWith(helga.make({ ...update, reason: 'whim' }))).toBe('RP-12-no-such-reason');
    // Approval does not hold back a reprovision (RP-08).
    expect(await helga.make({ ...update, reason: 'profile-updated' })).toMatchObject({ state: 'ready' });
  });
});

describe('the queue', () => {
  test('has what waits for me, what waits at all, and what is over', async () => {
    const { wish, old } = await wishFor();
    const { id } = await helga.make(wish);
    const ids = async (who: OperatorCaller, view: string) =>
      (await who.queue(`?view=${view}&ownerId=${old.holder.id}`)).requests.map((one) => one.id);
    expect(await ids(olaf, 'toApprove')).toEqual([id]);
    expect(await ids(helga, 'toApprove')).toEqual([]);
    expect(await ids(theo, 'all')).toEqual([]);
    expect(await ids(helga, 'waiting')).toEqual([id]);
    await olaf.reject(id);
    expect(await ids(olaf, 'toApprove')).toEqual([]);
    expect(await ids(helga, 'waiting')).toEqual([]);
    expect(await ids(helga, 'done')).toEqual([id]);
  });

  test('begins with what has waited longest where it is to be approved, so that the limit hides no old one', async () => {
    const older = await helga.make((await wishFor()).wish);
    const newer = await helga.make((await wishFor()).wish);
    const { requests } = await olaf.queue('?view=toApprove&limit=500');
    const ids = requests.map(({ id }) => id);
    expect(ids.slice(-2)).toEqual([older.id, newer.id]);
    const [first] = (await olaf.queue('?view=toApprove&limit=1')).requests;
    expect(first!.id).toBe(ids[0]);
    const waiting = (await olaf.queue('?view=waiting&limit=1')).requests;
    expect(waiting.map(({ id }) => id)).toEqual([newer.id]);
  });

  test('is cut at its limit, newest first, and counts the rest', async () => {
    const { requests, total } = await olaf.queue('?view=all&limit=2');
    expect(requests).toHaveLength(2);
    expect(total).toBeGreaterThan(2);
    expect(requests[0]!.requestedAt >= requests[1]!.requestedAt).toBe(true);
  });
});

test('an operator whose role is taken away does nothing more at that moment', async () => {
  const card = await all.addOperator('vera');
  const vera = await all.signIn(card);
  await vera.queue();
  await takeOperator(all.world.central, 'vera');
  expect(await refusedWith(vera.queue())).toBe('ID-05-not-an-operator');
});
