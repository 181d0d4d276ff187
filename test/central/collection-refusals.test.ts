/** Why a collection is not begun: each has its own code, nothing is opened, and the audit has it (KR-02 to KR-07, KR-10, KR-11). */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestCertificates } from '../../db/central/request-schema.ts';
import { certificates } from '../../db/central/schema.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { changeCertificate } from '../../src/central/repositories/certificates.ts';
import { findOpenOperation } from '../../src/central/repositories/operations.ts';
import { changeRequest } from '../../src/central/repositories/requests.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';
import type { IssuedCard } from './support/central-world.ts';
import { ARCHIVED, CollectionWorld } from './support/collection-world.ts';
import { FULL_CARD, OperationRun, proveHolder, STANDARD_CARD } from './support/operation-run.ts';

let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open();
});
afterAll(() => world.close());

const P256 = 'P-256' as const;

async function waiting(
  profileName = 'employee',
): Promise<{ issued: IssuedCard; requestId: string; serials: string[] }> {
  const issued = await world.world.issueCard({ profileName });
  const serials = await world.oldKeys(issued, P256);
  return { issued, serials, requestId: await world.request(issued, serials) };
}

type Wishes = Parameters<typeof OperationRun.collect>[3];

async function refused(
  issued: IssuedCard,
  requestId: string,
  code: string,
  wishes: Wishes = {},
): Promise<void> {
  const collected = OperationRun.collect(world.kiosk, issued, requestId, wishes);
  await expect(collected).rejects.toMatchObject({ code });
  expect(await findOpenOperation(world.database, issued.card.id)).toBeUndefined();
}

async function complete(issued: IssuedCard, requestId: string, wishes: Wishes = {}) {
  const run = await OperationRun.collect(world.kiosk, issued, requestId, wishes);
  await run.kiosk.complete(run.id, await run.writeCollected());
}

describe('a collection is refused', () => {
  test('for a request that nobody has made, or somebody else’s', async () => {
    const { issued } = await waiting();
    const others = await waiting();
    await refused(issued, randomUUID(), 'KR-01-no-such-request');
    await refused(issued, others.requestId, 'KR-01-no-such-request');
  });

  test('onto another card of the same person than the one that is named', async () => {
    const { issued, requestId } = await waiting();
    const another = await world.world.issueCard({ holder: issued.holder });
    await refused(another, requestId, 'KR-06-wrong-card');
    const proofId = await proveHolder(world.kiosk, another);
    const { items } = await world.kiosk.waiting({
      proofId,
      cardId: another.card.id,
      capabilities: FULL_CARD,
    });
    expect(items).toMatchObject([
      { requestId, isForThisCard: false, obstacle: 'KR-06-wrong-card', difference: null },
    ]);
  });

  test('onto a card that there is, where it is for a new one: with recovered keys, or without', async () => {
    const issued = await world.world.issueCard({});
    const serials = await world.oldKeys(issued, P256);
    const ask = async (certificates: string[]) => {
      const wish = {
        kind: 'newCard',
        ownerId: issued.holder.id,
        profileName: 'employee',
        note: null,
      } as const;
      return fileRequest(world.world.central, COMMAND, { ...wish, certificates, inPlaceOf: null });
    };
    const [plain, withKeys] = [await ask([]), await ask(serials)];
    const proofId = await proveHolder(world.kiosk, issued);
    const { items } = await world.kiosk.waiting({ proofId, cardId: issued.card.id, capabilities: FULL_CARD });
    const told = new Map(items.map(({ requestId, ...item }) => [requestId, item]));
    const obstacle = 'KR-01-needs-blank-card';
    expect(told.get(plain.id)).toMatchObject({ obstacle, hasRecoveredKeys: false });
    expect(told.get(withKeys.id)).toMatchObject({ obstacle, hasRecoveredKeys: true });
  });

  test('before another operator has approved it', async () => {
    const { issued, requestId } = await waiting('approved');
    await refused(issued, requestId, 'KR-04-not-approved');
    const proofId = await proveHolder(world.kiosk, issued);
    const { items } = await world.kiosk.waiting({ proofId, cardId: issued.card.id, capabilities: FULL_CARD });
    expect(items).toMatchObject([
      {
        ...{ state: 'awaitingApproval', isForThisCard: false, obstacle: 'KR-04-not-approved' },
        difference: { problem: null },
      },
    ]);
  });

  test.each([
    ['rejected', 'KR-04-rejected'],
    ['cancelled', 'KR-02-cancelled'],
    ['expired', 'KR-02-expired'],
    ['failed', 'KR-02-failed'],
  ] as const)('when it was %s', async (state, code) => {
    const { issued, requestId } = await waiting();
    await changeRequest(world.database, requestId, { state });
    await refused(issued, requestId, code);
  });

  test('when its time is over, also before anybody has swept', async () => {
    const { issued, requestId } = await waiting();
    await changeRequest(world.database, requestId, { expiresAt: new Date(Date.now() - 1000) });
    await refused(issued, requestId, 'KR-02-expired');
    const proofId = await proveHolder(world.kiosk, issued);
    const asked = { proofId, cardId: issued.card.id, capabilities: FULL_CARD };
    expect((await world.kiosk.waiting(asked)).items).toEqual([]);
  });

  test('a second time', async () => {
    const { issued, requestId } = await waiting();
    await complete(issued, requestId);
    await refused(issued, requestId, 'KR-02-collected');
  });

  test('after the profile has taken the right from its cardholders, waiting or begun', async () => {
    const document = ARCHIVED.replace('name = "archived"', 'name = "taken"');
    await putProfile(world.world.central, document);
    const { issued, requestId } = await waiting('taken');
    const begun = await waiting('taken');
    await OperationRun.collect(world.kiosk, begun.issued, begun.requestId);
    await putProfile(
      world.world.central,
      document.replace('[pin_policy]', '[requests]\ncollect = ["administrator"]\n\n[pin_policy]'),
    );
    await refused(issued, requestId, 'KR-03-no-right');
    const resumed = OperationRun.collect(world.kiosk, begun.issued, begun.requestId);
    await expect(resumed).rejects.toMatchObject({ code: 'KR-03-no-right' });
    await putProfile(world.world.central, document);
    await complete(issued, requestId);
  });

  test('after the profile of the card that the key is from has taken the right, whatever that of this card says', async () => {
    const document = ARCHIVED.replace('name = "archived"', 'name = "taken-source"');
    await putProfile(world.world.central, document);
    const issued = await world.world.issueCard({ profileName: 'archived' });
    const earlier = await world.world.issueCard({ holder: issued.holder, profileName: 'taken-source' });
    const [key] = await world.oldKeys(issued, P256);
    await world.database
      .update(certificates)
      .set({ cardId: earlier.card.id })
      .where(eq(certificates.serialNumber, key!));
    const requestId = await world.request(issued, [key!]);
    await putProfile(
      world.world.central,
      document.replace('[pin_policy]', '[requests]\ncollect = ["administrator"]\n\n[pin_policy]'),
    );
    await refused(issued, requestId, 'KR-03-no-right');
    await putProfile(world.world.central, document);
    await complete(issued, requestId);
  });

  test('after a proof by one-time code: its owner enters the PIN', async () => {
    const { issued, requestId } = await waiting();
    const { code } = await giveCode(world.world.central, issued.card.id, 'short', 'command');
    const { proofId } = await world.kiosk.typeCode(issued.card.id, new TextDecoder().decode(code));
    await refused(issued, requestId, 'KR-02-pin-needed', { proofId });
  });

  test('without a proof, with one of another card, and with one that was used', async () => {
    const { issued, requestId } = await waiting();
    await refused(issued, requestId, 'ID-01-not-proved', { proofId: randomUUID() });
    const other = await world.world.issueCard({ holder: issued.holder });
    const proofId = await proveHolder(world.kiosk, other);
    await refused(issued, requestId, 'RP-09-not-yours', { proofId });
    const used = await proveHolder(world.kiosk, issued);
    await complete(issued, requestId, { proofId: used });
    const next = await world.request(issued, await world.oldKeys(issued, P256));
    await refused(issued, next, 'ID-01-not-proved', { proofId: used });
  });

  test('at a card that was disabled', async () => {
    const { issued, requestId } = await waiting();
    const proofId = await proveHolder(world.kiosk, issued);
    await changeCard(world.database, issued.card.id, { state: 'disabled' });
    await refused(issued, requestId, 'RP-06-disabled', { proofId });
  });

  test('for what is no collection onto a card', async () => {
    const issued = await world.world.issueCard();
    const wish = {
      kind: 'cardUpdate',
      cardId: issued.card.id,
      reason: 'profile-updated',
      note: null,
    } as const;
    const { id } = await fileRequest(world.world.central, COMMAND, wish);
    await refused(issued, id, 'KR-06-other-kind');
  });

  test('at a card that takes no keys, which is told beforehand', async () => {
    const { issued, requestId } = await waiting();
    const proofId = await proveHolder(world.kiosk, issued);
    const asked = { proofId, cardId: issued.card.id, capabilities: STANDARD_CARD };
    expect((await world.kiosk.waiting(asked)).items[0]!.difference!.problem).toBe('KR-11-cannot-import');
    await refused(issued, requestId, 'KR-11-cannot-import', { capabilities: STANDARD_CARD, proofId });
  });

  test('when there are more keys than places, until the person leaves some out', async () => {
    const issued = await world.world.issueCard();
    const serials = await world.oldKeys(issued, ...RETIRED_SLOTS.map(() => P256), P256);
    const requestId = await world.request(issued, serials);
    await refused(issued, requestId, 'KR-07-too-few-slots');
    await complete(issued, requestId, { leavesOut: [serials[4]!] });
    expect(Object.values(await world.keysOf(issued))).not.toContain(serials[4]);
  });

  test('unless exactly what is taken off is confirmed', async () => {
    const issued = await world.world.issueCard();
    const [a, b] = await world.oldKeys(issued, P256, P256);
    await complete(issued, await world.request(issued, [a!, b!]));
    const requestId = await world.request(issued, [], [a!]);
    await refused(issued, requestId, 'KR-05-confirm-removal');
    await refused(issued, requestId, 'KR-05-confirm-removal', { confirmedRemovals: [b!] });
    await refused(issued, requestId, 'KR-05-confirm-removal', { confirmedRemovals: [a!, b!] });
    await complete(issued, requestId, { confirmedRemovals: [a!] });
  });

  test('when the change is another one meanwhile than the one that was confirmed', async () => {
    const issued = await world.world.issueCard();
    const [a, b, c] = await world.oldKeys(issued, P256, P256, P256);
    await complete(issued, await world.request(issued, [a!, b!]));
    const without = await world.request(issued, [], [a!]);
    const withMore = await world.request(issued, [c!], [a!]);
    await complete(issued, withMore, { confirmedRemovals: [a!] });
    // It is gone already: there is nothing to confirm.
    await refused(issued, without, 'KR-05-confirm-removal', { confirmedRemovals: [a!] });
    await complete(issued, without);
    expect(await world.keysOf(issued)).toMatchObject({ '82': c, '83': b });
  });

  test('when a gap would be left that the card cannot close', async () => {
    const issued = await world.world.issueCard();
    const [a] = await world.oldKeys(issued, P256);
    await complete(issued, await world.request(issued, [a!]));
    const own = await OperationRun.begin(world.kiosk, issued, { reason: 'routine-key-rotation' });
    await own.kiosk.complete(own.id, await own.write());
    const requestId = await world.request(issued, [], [a!]);
    const wishes = { confirmedRemovals: [a!], capabilities: { ...FULL_CARD, canMoveKeys: false } };
    await refused(issued, requestId, 'KR-07-gap', wishes);
  });

  test('when the last copy of a key that is not archived would go', async () => {
    const issued = await world.world.issueCard();
    const own = (await world.keysOf(issued))['9D']!;
    const [a] = await world.oldKeys(issued, P256);
    const requestId = await world.request(issued, [a!]);
    await world.database
      .update(requestCertificates)
      .set({ isWanted: false, wasOnCard: true })
      .where(eq(requestCertificates.requestId, requestId));
    await refused(issued, requestId, 'KR-05-last-copy', { confirmedRemovals: [own, a!] });
  });

  test('over an operation of the card that is not finished, and the other way round', async () => {
    const { issued, requestId } = await waiting();
    const run = await OperationRun.begin(world.kiosk, issued);
    const collected = OperationRun.collect(world.kiosk, issued, requestId);
    await expect(collected).rejects.toMatchObject({ code: 'RP-17-finish-first' });
    await run.kiosk.cancel(run.id);
    await OperationRun.collect(world.kiosk, issued, requestId);
    const begun = OperationRun.begin(world.kiosk, issued);
    await expect(begun).rejects.toMatchObject({ code: 'KR-02-collecting' });
  });

  test('with a key that is none', async () => {
    const { issued, requestId } = await waiting();
    await refused(issued, requestId, 'SE-07-bad-request', { recipientKey: new Uint8Array(31) });
  });

  test('and the audit has it with its code and kiosk', async () => {
    const { issued, requestId } = await waiting('approved');
    await refused(issued, requestId, 'KR-04-not-approved');
    const told = [];
    for await (const row of auditRows(world.database)) {
      const entry = parseEntry(row);
      if (entry?.type === 'request.refused' && entry.detail?.request === requestId) told.push(entry);
    }
    expect(told).toMatchObject([
      {
        ...{ actor: 'kiosk:first', cardId: issued.card.id },
        detail: { action: 'collect', code: 'KR-04-not-approved' },
      },
    ]);
  });
});

describe('in a collection', () => {
  test('no secret of the card is changed or given out', async () => {
    const { issued, requestId } = await waiting();
    const run = await OperationRun.collect(world.kiosk, issued, requestId);
    await run.authenticate();
    for (const secret of ['pin', 'puk', 'managementKey'] as const) {
      await expect(run.kiosk.intend(run.id, secret)).rejects.toMatchObject({ code: 'SE-03-not-changed' });
      const outcome = run.kiosk.outcome(run.id, { secret, version: 0, outcome: 'notSupported' });
      await expect(outcome).rejects.toMatchObject({ code: 'SE-03-not-changed' });
    }
  });

  test('nothing is completed before every key that came has proved itself', async () => {
    const { issued, requestId } = await waiting();
    const run = await OperationRun.collect(world.kiosk, issued, requestId);
    const report = await run.writeCollected();
    const lying = run.kiosk.complete(run.id, { ...report, proofs: [] });
    await expect(lying).rejects.toMatchObject({ code: 'RP-18-verify-failed' });
    await run.kiosk.complete(run.id, report);
  });

  test('no key is given out whose certificate was never published', async () => {
    const { issued, requestId, serials } = await waiting();
    const run = await OperationRun.collect(world.kiosk, issued, requestId);
    await run.authenticate();
    await changeCertificate(world.database, serials[0]!, { state: 'held' });
    await expect(run.release('82')).rejects.toMatchObject({ code: 'KR-11-wrong-key' });
  });
});
