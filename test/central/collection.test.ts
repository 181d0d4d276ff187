/** Recovered keys onto a card that there is: from the request to the card's record, in one go (KR-05 to KR-07, KR-10, KR-11). */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyReleases } from '../../db/central/archive-schema.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { certificatesOfCard, findCertificate } from '../../src/central/repositories/certificates.ts';
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';
import { parseKeyHistory } from '../../src/piv/objects/key-history.ts';
import { parseSecurityObject } from '../../src/piv/objects/security-object.ts';
import type { IssuedCard } from './support/central-world.ts';
import { CollectionWorld } from './support/collection-world.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';

let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open();
});
afterAll(() => world.close());

const P256 = 'P-256' as const;

async function rewrite(issued: IssuedCard, wishes: Parameters<typeof OperationRun.begin>[2] = {}) {
  const run = await OperationRun.begin(world.kiosk, issued, wishes);
  await run.kiosk.complete(run.id, await run.write());
  return run;
}

async function collect(
  issued: IssuedCard,
  requestId: string,
  wishes: Parameters<typeof OperationRun.collect>[3] = {},
) {
  const run = await OperationRun.collect(world.kiosk, issued, requestId, wishes);
  const result = await run.kiosk.complete(run.id, await run.writeCollected());
  return { run, result };
}

async function auditOf(requestId: string) {
  const entries = [];
  for await (const row of auditRows(world.database)) {
    const entry = parseEntry(row);
    if (entry?.detail?.request === requestId) entries.push(entry);
  }
  return entries;
}

function historyOf({ plan }: OperationRun) {
  return parseKeyHistory(plan.objects.find(({ tag }) => tag === '5FC10C')!.content).onCardCount;
}

describe('a collection', () => {
  test('puts keys of an earlier card beside what is there, RSA and P-256, and leaves the rest as it was', async () => {
    const issued = await world.world.issueCard();
    const serials = await world.oldKeys(issued, 'RSA-2048', P256);
    const before = await world.onCard(issued);
    const cardBefore = await world.world.cardNow(issued);
    const requestId = await world.request(issued, serials);
    const { run, result } = await collect(issued, requestId);
    expect(run.plan).toMatchObject({ changesPin: false, replacesPuk: false, managementKey: { next: null } });
    expect(run.plan.keys.map(({ slot, source }) => `${slot} ${source.kind}`)).toEqual([
      '82 import',
      '83 import',
    ]);
    expect(result).toMatchObject({ revokedCount: 0, leftoverKeys: [] });
    const own = before.get('9D')!.serialNumber;
    expect(await world.keysOf(issued)).toEqual({ '9D': own, '82': serials[0], '83': serials[1] });
    for (const slot of ['9A', '9C', '9E'] as const) {
      expect((await world.onCard(issued)).get(slot)).toEqual(before.get(slot));
    }
    expect(await world.world.cardNow(issued)).toEqual(cardBefore);
    expect(await world.stateOf(requestId)).toBe('completed');
    expect(historyOf(run)).toBe(2);
  });

  test('is in the audit with who asked, who collected at which kiosk, and onto what', async () => {
    const issued = await world.world.issueCard();
    const serials = await world.oldKeys(issued, P256);
    const requestId = await world.request(issued, serials);
    await collect(issued, requestId);
    const entries = await auditOf(requestId);
    expect(entries.map(({ type }) => type)).toEqual([
      ...['request.made', 'operation.begun', 'request.collecting', 'key.released', 'request.completed'],
    ]);
    expect(entries.at(-1)).toMatchObject({
      ...{ actor: 'kiosk:first', cardId: issued.card.id },
      detail: { owner: issued.holder.id, requestedBy: 'command', approvedBy: [], certificates: serials },
    });
  });

  test('writes two objects only where central knows what else is on the card, and hashes that too', async () => {
    const issued = await world.world.issueCard();
    const whole = await rewrite(issued);
    const { run } = await collect(issued, await world.request(issued, await world.oldKeys(issued, P256)));
    expect(run.plan.objects.map(({ tag }) => tag)).toEqual(['5FC10C', '5FC106']);
    const groups = (one: OperationRun) =>
      parseSecurityObject(one.plan.objects.find(({ tag }) => tag === '5FC106')!.content).dataGroups;
    expect(groups(run)).toEqual(groups(whole));
    const again = await collect(issued, await world.request(issued, await world.oldKeys(issued, P256)));
    expect(again.run.plan.objects.map(({ tag }) => tag)).toEqual(['5FC10C', '5FC106']);
    expect(historyOf(again.run)).toBe(2);
  });

  test('has room for twenty keys', async () => {
    const issued = await world.world.issueCard();
    const serials = await world.oldKeys(issued, ...RETIRED_SLOTS.map(() => P256));
    const { run } = await collect(issued, await world.request(issued, serials));
    expect(historyOf(run)).toBe(20);
    const keys = await world.keysOf(issued);
    expect(RETIRED_SLOTS.map((slot) => keys[slot])).toEqual(serials);
  });

  test('tells what it will do before it does it, and leaves out what the person chooses', async () => {
    const issued = await world.world.issueCard();
    const [first, second] = await world.oldKeys(issued, P256, P256);
    const requestId = await world.request(issued, [first!, second!]);
    const proofId = await proveHolder(world.kiosk, issued);
    const asked = { proofId, cardId: issued.card.id, capabilities: FULL_CARD };
    const { items } = await world.kiosk.waiting(asked);
    expect(items).toMatchObject([{ requestId, kind: 'existingCard', state: 'ready', isForThisCard: true }]);
    expect(items[0]!.difference!.entries.map(({ change, to }) => `${change} ${to}`)).toEqual([
      ...['kept 9D', 'added 82', 'added 83'],
    ]);
    const preview = await world.kiosk.difference(requestId, { ...asked, leavesOut: [first!] });
    expect(preview.entries.map(({ change, to }) => `${change} ${to}`)).toEqual([
      'kept 9D',
      'added 82',
      'left null',
    ]);
    await collect(issued, requestId, { leavesOut: [first!], proofId });
    expect(await world.keysOf(issued)).toMatchObject({ '82': second });
    expect(Object.values(await world.keysOf(issued))).not.toContain(first);
  });

  test('takes off what is not in the list, closes the gap, and revokes nothing', async () => {
    const issued = await world.world.issueCard();
    const [a, b, c] = await world.oldKeys(issued, P256, P256, P256);
    await collect(issued, await world.request(issued, [a!, b!, c!]));
    const requestId = await world.request(issued, [], [a!]);
    const refused = OperationRun.collect(world.kiosk, issued, requestId);
    await expect(refused).rejects.toMatchObject({ code: 'KR-05-confirm-removal' });
    const { run } = await collect(issued, requestId, { confirmedRemovals: [a!] });
    expect(run.plan.emptiedCertificates).toEqual(['84']);
    expect(run.plan.removedKeys).toEqual(['84']);
    expect(historyOf(run)).toBe(2);
    expect(await world.keysOf(issued)).toMatchObject({ '82': c, '83': b });
    expect(await findCertificate(world.database, a!)).toMatchObject({ revokedAt: null });
    expect(
      await world.database.select().from(keyReleases).where(eq(keyReleases.operationId, run.id)),
    ).toEqual([]);
  });

  test('supersedes what was issued for this card and is taken off it', async () => {
    const issued = await world.world.issueCard({ profileName: 'archived' });
    await rewrite(issued);
    await rewrite(issued, { reason: 'routine-key-rotation' });
    const own = (await world.keysOf(issued))['83']!;
    await collect(issued, await world.request(issued, [], [own]), { confirmedRemovals: [own] });
    expect(await findCertificate(world.database, own)).toMatchObject({
      ...{ state: 'superseded', isOnCard: false, revokedAt: null },
    });
    await collect(issued, await world.request(issued, [own]));
    expect((await world.keysOf(issued))['83']).toBe(own);
    expect(await findCertificate(world.database, own)).toMatchObject({ isOnCard: true, slot: '83' });
  });

  test('puts the newest active key into 9D of a card that has none of its own, where it stays', async () => {
    const issued = await world.world.issueCard({ profileName: 'signing' });
    await rewrite(issued, { reason: 'card-content-faulty' });
    const own = (await world.keysOf(issued))['82']!;
    const [old, active] = await world.oldKeys(issued, P256, P256);
    await collect(issued, await world.request(issued, [old!, active!]));
    expect(await world.keysOf(issued)).toEqual({ '9D': active, '82': own, '83': old });
    await rewrite(issued);
    expect(await world.keysOf(issued)).toEqual({ '9D': active, '82': own, '83': old });
  });

  test('a recovered certificate survives later rewrites of the card, in its slot and in its state', async () => {
    const issued = await world.world.issueCard({ profileName: 'archived' });
    await rewrite(issued);
    const [recovered] = await world.oldKeys(issued, P256);
    await collect(issued, await world.request(issued, [recovered!]));
    const before = await findCertificate(world.database, recovered!);
    const slot = Object.entries(await world.keysOf(issued)).find(([, serial]) => serial === recovered)![0];
    for (const reason of ['routine-key-rotation', 'card-content-faulty', 'pin-or-key-exposed']) {
      const run = await rewrite(issued, { reason });
      expect(run.plan.keys.find((key) => key.slot === slot)!.source.kind).toBe('import');
      expect((await world.keysOf(issued))[slot]).toBe(recovered);
    }
    expect(await findCertificate(world.database, recovered!)).toEqual(before);
    expect(
      (await certificatesOfCard(world.database, issued.card.id)).map((row) => row.serialNumber),
    ).not.toContain(recovered);
  });
});
