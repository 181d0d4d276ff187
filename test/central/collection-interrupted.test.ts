/** No interruption of a collection costs a key or a card (RP-17), and its request says how far it is (KR-01). */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchivedKey } from '../../src/central/archive/archive-key-pair.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { findArchivedKey } from '../../src/central/repositories/archived-keys.ts';
import { findCertificate } from '../../src/central/repositories/certificates.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import { formsOf, missedForms, searchFolder } from '../support/secret-search.ts';
import type { IssuedCard } from './support/central-world.ts';
import { CollectionWorld } from './support/collection-world.ts';
import { asVirtualCard, collectThrough } from './support/encode-through.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';
import { SignedChain } from './support/signed-chain.ts';

let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open();
});
afterAll(() => world.close());

const P256 = 'P-256' as const;
type Wishes = Parameters<typeof OperationRun.collect>[3];

const begin = (issued: IssuedCard, requestId: string, wishes: Wishes = {}) =>
  OperationRun.collect(world.kiosk, issued, requestId, wishes);

async function complete(issued: IssuedCard, requestId: string, wishes: Wishes = {}): Promise<OperationRun> {
  const run = await begin(issued, requestId, wishes);
  await run.kiosk.complete(run.id, await run.writeCollected());
  return run;
}

async function rewrite(issued: IssuedCard, wishes: Parameters<typeof OperationRun.begin>[2] = {}) {
  const run = await OperationRun.begin(world.kiosk, issued, wishes);
  await run.kiosk.complete(run.id, await run.write());
  return run;
}

const abandon = (run: OperationRun) =>
  abandonOperation(world.world.central, run.id, { actor: 'command', why: null });

/** Every encryption slot on record has the key that the record names. */
async function expectTruth(issued: IssuedCard): Promise<void> {
  for (const [slot, { publicKey }] of await world.onCard(issued)) {
    expect([slot, issued.soft.holds(slot as Slot, publicKey)]).toEqual([slot, true]);
  }
}

async function requested(count: number) {
  const issued = await world.world.issueCard();
  const serials = await world.oldKeys(issued, ...Array.from({ length: count }, () => P256));
  return { issued, serials, requestId: await world.request(issued, serials) };
}

/** A key that is not archived in 83, behind an archived one in 82 that is to be taken off: it is moved. */
async function movedKey() {
  const { issued, serials, requestId } = await requested(1);
  await complete(issued, requestId);
  await rewrite(issued, { reason: 'routine-key-rotation' });
  const keys = await world.keysOf(issued);
  const gone = serials[0]!;
  expect(keys['82']).toBe(gone);
  const removal = await world.request(issued, [], [gone]);
  const run = await begin(issued, removal, { confirmedRemovals: [gone] });
  expect(run.plan.keys).toMatchObject([{ slot: '82', source: { kind: 'move', from: '83' } }]);
  return { issued, run, gone, moved: keys['83']!, removal };
}

describe('a collection that was cut off', () => {
  test('is taken up at another kiosk with the same image, and its request follows', async () => {
    const { issued, serials, requestId } = await requested(2);
    const chain = await SignedChain.of(world.world, 'first-of-two');
    const first = await OperationRun.collect(chain.kiosk, issued, requestId);
    expect(await world.stateOf(requestId)).toBe('collecting');
    await first.authenticate();
    await first.bringKey('82', null);
    const stopped = { type: 'operation.stopped', cardId: issued.card.id, operationId: first.id };
    await chain.send(
      chain.next({ ...stopped, detail: { code: 'RP-17-card-removed', hasBegunWriting: true } }),
    );
    expect(await world.stateOf(requestId)).toBe('interrupted');
    const second = await begin(issued, requestId, { leavesOut: serials });
    expect(await world.stateOf(requestId)).toBe('collecting');
    // What the kiosk before tells late counts no more.
    await chain.send(
      chain.next({ ...stopped, detail: { code: 'RP-17-card-removed', hasBegunWriting: true } }),
    );
    expect(await world.stateOf(requestId)).toBe('collecting');
    expect(second.plan).toMatchObject({ operationId: first.id, isResumed: true });
    expect(second.plan.keys.map(({ slot }) => slot)).toEqual(['82', '83']);
    await expect(first.release('83')).rejects.toMatchObject({ code: 'RP-17-elsewhere' });
    await second.kiosk.complete(second.id, await second.writeCollected());
    expect(await world.stateOf(requestId)).toBe('completed');
    await expectTruth(issued);
  });

  test('shows what it does, not what it would do by now', async () => {
    const { issued, serials, requestId } = await requested(2);
    const run = await begin(issued, requestId, { leavesOut: [serials[0]!] });
    const proofId = await proveHolder(world.kiosk, issued);
    const asked = { proofId, cardId: issued.card.id, capabilities: FULL_CARD };
    const [item] = (await world.kiosk.waiting(asked)).items;
    expect(item).toMatchObject({ state: 'collecting', isForThisCard: true });
    expect(item!.difference!.entries.map(({ change, to }) => `${change} ${to}`)).toEqual([
      ...['kept 9D', 'added 82', 'left null'],
    ]);
    await run.kiosk.complete(run.id, await run.writeCollected());
  });

  test('before its first write is called off, and can be collected again', async () => {
    const { issued, serials, requestId } = await requested(2);
    const run = await begin(issued, requestId);
    await run.kiosk.cancel(run.id);
    expect(await world.stateOf(requestId)).toBe('ready');
    const keys = await world.keysOf(issued);
    await complete(issued, requestId, { leavesOut: [serials[0]!] });
    expect(await world.keysOf(issued)).toEqual({ ...keys, '82': serials[1] });
  });

  test('on a card that was too small is called off after it was undone, and less is collected then', async () => {
    const { issued, serials, requestId } = await requested(2);
    const before = await world.keysOf(issued);
    const run = await begin(issued, requestId);
    await run.authenticate();
    await run.bringKey('82', null);
    // Undone by the kiosk, which says so; here it has forgotten one.
    await run.kiosk.cancel(run.id);
    expect(await world.keysOf(issued)).toEqual(before);
    expect(await world.stateOf(requestId)).toBe('ready');
    const again = await complete(issued, requestId, { leavesOut: serials });
    expect(again.plan.removedKeys).toContain('82');
    expect([...issued.soft.keys.keys()]).not.toContain('82');
  });

  test('is called off after the card has passed, and can move the same key again then', async () => {
    const { issued, run, gone, moved, removal } = await movedKey();
    await run.authenticate();
    await run.kiosk.cancel(run.id);
    await complete(issued, removal, { confirmedRemovals: [gone] });
    expect(await world.keysOf(issued)).toMatchObject({ '82': moved });
    await expectTruth(issued);
  });

  test('is given up by whoever rewrites the card and cannot finish it: after a proof by code', async () => {
    const { issued, serials, requestId } = await requested(1);
    const run = await begin(issued, requestId);
    await run.authenticate();
    await run.bringKey('82', null);
    await expect(OperationRun.begin(world.kiosk, issued)).rejects.toMatchObject({ code: 'KR-02-collecting' });
    const { code } = await giveCode(world.world.central, issued.card.id, 'short', 'command');
    const { proofId, openOperation } = await world.kiosk.typeCode(
      issued.card.id,
      new TextDecoder().decode(code),
    );
    expect(openOperation).toMatchObject({ kind: 'collection', requestId });
    const next = await OperationRun.begin(world.kiosk, issued, { proofId });
    expect(await world.stateOf(requestId)).toBe('failed');
    await next.kiosk.complete(next.id, await next.write());
    expect(await world.keysOf(issued)).toMatchObject({ '82': serials[0] });
    await expectTruth(issued);
  });

  test('is not called off once another run has been at it', async () => {
    const { issued, requestId } = await requested(1);
    await begin(issued, requestId);
    const run = await begin(issued, requestId);
    await expect(run.kiosk.cancel(run.id)).rejects.toMatchObject({ code: 'RP-17-already-writing' });
  });
});

describe('a collection that was abandoned', () => {
  test('before the card had passed has left nothing, and its request has failed', async () => {
    const { issued, requestId } = await requested(1);
    const before = await world.keysOf(issued);
    const run = await begin(issued, requestId);
    await abandon(run);
    expect(await world.keysOf(issued)).toEqual(before);
    expect(await world.stateOf(requestId)).toBe('failed');
    await expect(begin(issued, requestId)).rejects.toMatchObject({ code: 'KR-02-failed' });
  });

  test.each([
    ['with one of two keys on the card', 1],
    ['with both keys on the card', 2],
  ])('%s: a rewrite finds them, keeps them, and has them prove themselves', async (_what, count) => {
    const { issued, serials, requestId } = await requested(2);
    const run = await begin(issued, requestId);
    await run.authenticate();
    for (const slot of (['82', '83'] as const).slice(0, count)) await run.bringKey(slot, null);
    await abandon(run);
    const next = await rewrite(issued);
    expect(next.plan.keys.filter(({ source }) => source.kind === 'import')).toHaveLength(count);
    expect(Object.values(await world.keysOf(issued))).toEqual(
      expect.arrayContaining(serials.slice(0, count)),
    );
    await expectTruth(issued);
  });

  test('after a key was given out that never came onto the card: the next collection puts it there', async () => {
    const { issued, serials, requestId } = await requested(1);
    const run = await begin(issued, requestId);
    await run.authenticate();
    await run.release('82');
    await abandon(run);
    const more = await world.oldKeys(issued, P256);
    const next = await complete(issued, await world.request(issued, more));
    expect(next.plan.keys.map(({ slot }) => slot)).toEqual(['82', '83']);
    expect(await world.keysOf(issued)).toMatchObject({ '82': serials[0], '83': more[0] });
    await expectTruth(issued);
  });

  test.each([
    ['was moved', true],
    ['was not moved yet', false],
  ])('a key that is nowhere else and %s is found by a rewrite', async (_what, isMoved) => {
    const { issued, run, gone, moved } = await movedKey();
    await run.authenticate();
    if (isMoved) await run.writeKeys();
    await abandon(run);
    const next = await rewrite(issued);
    expect(next.plan.keys.find(({ slot }) => slot === '82')!.source).toEqual({ kind: 'move', from: '83' });
    expect(next.plan.removedKeys).toContain('83');
    const keys = await world.keysOf(issued);
    expect(keys['82']).toBe(moved);
    expect(Object.values(keys)).not.toContain(gone);
    await expectTruth(issued);
  });

  test.each([
    ['was moved', true],
    ['was not moved yet', false],
  ])('a key that is nowhere else and %s is found by the next collection', async (_what, isMoved) => {
    const { issued, run, moved } = await movedKey();
    await run.authenticate();
    if (isMoved) await run.writeKeys();
    await abandon(run);
    const more = await world.oldKeys(issued, P256);
    const next = await complete(issued, await world.request(issued, more));
    expect(next.plan.keys.map(({ slot, source }) => `${slot} ${source.kind}`)).toEqual([
      '82 move',
      '83 import',
    ]);
    expect(await world.keysOf(issued)).toMatchObject({ '82': moved, '83': more[0] });
    await expectTruth(issued);
  });

  test('and taken off what it was to take off: that stays in the archive, and revokes nothing', async () => {
    const { run, gone } = await movedKey();
    await run.authenticate();
    await abandon(run);
    expect(await findCertificate(world.database, gone)).toMatchObject({ revokedAt: null });
  });

  test('is no way around a rewrite that left the card half written', async () => {
    const { issued, requestId } = await requested(1);
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    await run.writeKeys();
    await abandon(run);
    await expect(begin(issued, requestId)).rejects.toMatchObject({ code: 'RP-17-rewrite-first' });
    await rewrite(issued);
    await complete(issued, requestId);
  });
});

describe('a card update', () => {
  const update = (issued: IssuedCard, reason = 'profile-updated') =>
    fileRequest(world.world.central, COMMAND, {
      ...{ kind: 'cardUpdate', cardId: issued.card.id, reason, note: null },
    });

  test('is carried out by a rewrite that names it', async () => {
    const issued = await world.world.issueCard();
    const { id } = await update(issued);
    const wrong = OperationRun.begin(world.kiosk, issued, { requestId: id, reason: 'routine-key-rotation' });
    await expect(wrong).rejects.toMatchObject({ code: 'RP-15-other-reason' });
    const run = await OperationRun.begin(world.kiosk, issued, { requestId: id });
    expect(await world.stateOf(id)).toBe('collecting');
    const resumed = await OperationRun.begin(world.kiosk, issued);
    await resumed.kiosk.complete(run.id, await resumed.write());
    expect(await world.stateOf(id)).toBe('completed');
  });

  test('is done when the card was rewritten for the same reason without it', async () => {
    const issued = await world.world.issueCard();
    const { id } = await update(issued);
    await rewrite(issued);
    expect(await world.stateOf(id)).toBe('completed');
  });

  test('goes on waiting when the card was rewritten for another reason', async () => {
    const issued = await world.world.issueCard();
    const { id } = await update(issued, 'personal-data-changed');
    await rewrite(issued);
    expect(await world.stateOf(id)).toBe('ready');
  });

  test('is not carried out at another card', async () => {
    const issued = await world.world.issueCard();
    const { id } = await update(issued);
    const another = await world.world.issueCard({ holder: issued.holder });
    const begun = OperationRun.begin(world.kiosk, another, { requestId: id });
    await expect(begun).rejects.toMatchObject({ code: 'KR-06-wrong-card' });
  });
});

describe('a card that takes APDUs', () => {
  test('gets RSA and P-256 keys by the kiosk’s own encoder, keeps its PIN, and gives one up again', async () => {
    const issued = await world.world.issueCard();
    const card = asVirtualCard(issued);
    const serials = await world.oldKeys(issued, 'RSA-2048', P256, 'RSA-2048');
    const requestId = await world.request(issued, serials);
    const { result } = await collectThrough(world.kiosk, issued, card, requestId);
    expect(result.certificates.map(({ slot, serialNumber }) => [slot, serialNumber])).toEqual([
      ...[
        ['82', serials[0]],
        ['83', serials[1]],
        ['84', serials[2]],
      ],
    ]);
    const removal = await world.request(issued, [], [serials[0]!]);
    await collectThrough(world.kiosk, issued, card, removal, [serials[0]!]);
    expect(await world.keysOf(issued)).toMatchObject({ '82': serials[2], '83': serials[1] });
    expect(await world.keysOf(issued)).not.toHaveProperty('84');
  });
});

test('a key that was given out is in no file of central’s: no table, no log', async () => {
  const { issued, requestId } = await requested(1);
  const run = await begin(issued, requestId);
  const report = await run.writeCollected();
  const { publicKey } = run.plan.keys[0]!;
  const privateKey = await openArchivedKey(
    world.world.central,
    (await findArchivedKey(world.database, publicKey!))!,
  );
  await run.kiosk.complete(run.id, report);
  expect(
    spkiOf(createPublicKey(createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }))),
  ).toEqual(publicKey);
  // Without what is in every key: the scalar of P-256.
  const forms = formsOf('recovered key', privateKey.subarray(36, 68), false);
  expect(searchFolder(world.world.stateDir, forms, [])).toEqual([]);
  expect(missedForms(forms, join(world.world.stateDir, 'scratch'))).toEqual([]);
});
