import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeCard } from '../../src/central/repositories/cards.ts';
import {
  type CertificateRow,
  certificatesOfCard,
  certificatesOnCard,
  changeCertificate,
} from '../../src/central/repositories/certificates.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { parseChuid } from '../../src/piv/objects/chuid.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import { CentralWorld, type IssuedCard, strayPublicKey } from './support/central-world.ts';
import { FULL_CARD, OperationRun, proveHolder, STANDARD_CARD } from './support/operation-run.ts';

let world: CentralWorld;

beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

/** What is on the CRL without central's record saying so (RP-05). */
async function revokeElsewhere(
  issued: IssuedCard,
  slot: '9A' | '9C' | '9D',
  crlReason: CertificateRow['crlReason'],
): Promise<void> {
  const certificate = (await certificatesOnCard(world.central.database, issued.card.id)).get(slot)!;
  const change = { revokedAt: new Date(), crlReason, isOnCrlOnly: true };
  await changeCertificate(world.central.database, certificate.serialNumber, change);
}

function onCard(issued: IssuedCard) {
  return certificatesOnCard(world.central.database, issued.card.id);
}

describe('a whole operation', () => {
  test('ends with new certificates active, old ones revoked, and the same card', async () => {
    const issued = await world.issueCard();
    const before = await onCard(issued);
    const run = await OperationRun.begin(world.kiosk, issued);
    const result = await run.kiosk.complete(run.id, await run.write());

    expect(result.certificates.map(({ slot }) => slot)).toEqual(['9A', '9D', '9E', '9C']);
    expect(result.revokedCount).toBe(3);
    const after = await onCard(issued);
    for (const slot of ['9A', '9C', '9E'] as const) {
      expect(after.get(slot)).toMatchObject({ state: 'active', publicKey: issued.soft.publicKey(slot) });
      const old = (await certificatesOfCard(world.central.database, issued.card.id)).find(
        ({ serialNumber }) => serialNumber === before.get(slot)!.serialNumber,
      );
      expect(old).toMatchObject({ state: 'revoked', crlReason: 'superseded', isOnCard: false });
    }
    expect(after.get('9D')!.serialNumber).toBe(before.get('9D')!.serialNumber);
    const card = await world.cardNow(issued);
    expect(card).toMatchObject({ managementKeyVersion: 1, pukVersion: 1, canChangeManagementKey: true });
    expect(card.expiresAt).toEqual(issued.card.expiresAt);
    const tag = run.plan.objects.at(-1)!;
    expect(tag.tag).toBe('5FC102');
    expect(parseChuid(tag.content)).toMatchObject({
      guid: issued.card.guid,
      expiry: issued.card.chuidExpiry,
      cardholderUuid: issued.card.cardholderUuid,
    });
    for (const certificate of after.values()) {
      expect(certificate.notAfter.getTime()).toBeLessThanOrEqual(card.expiresAt.getTime());
    }
  });

  test('says in its plan which keys on record have proved the holder, but for those that were exposed', async () => {
    const issued = await world.issueCard();
    await revokeElsewhere(issued, '9C', 'keyCompromise');
    const before = await onCard(issued);
    const run = await OperationRun.begin(world.kiosk, issued);
    const recorded = Object.fromEntries(run.plan.keys.map((key) => [key.slot, key.recordedPublicKey]));
    expect(recorded).toEqual({ '9A': before.get('9A')!.publicKey, '9C': null, '9D': null, '9E': null });
  });

  test('takes nothing from a run that ended before the operation was taken up again', async () => {
    const issued = await world.issueCard();
    const { publicKey: recipientKey } = await createRecipient();
    const { id } = await OperationRun.begin(world.kiosk, issued, { recipientKey });
    const run = await OperationRun.begin(world.kiosk, issued);
    const late = world.kiosk.inRun(recipientKey);
    const request = { slot: '9A' as const, publicKey: strayPublicKey(), attestation: null };
    await expect(late.certificate(id, request)).rejects.toMatchObject({ code: 'RP-17-elsewhere' });
    await expect(late.cancel(id)).rejects.toMatchObject({ code: 'RP-17-elsewhere' });
    const report = await run.write();
    await expect(late.complete(id, report)).rejects.toMatchObject({ code: 'RP-17-elsewhere' });
    const result = await run.kiosk.complete(id, report);
    expect(await late.complete(id, report)).toEqual(result);
  });

  test('gives the same answer to a kiosk that asks to complete a second time', async () => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    const report = await run.write();
    expect(await run.kiosk.complete(run.id, report)).toEqual(await run.kiosk.complete(run.id, report));
  });

  test('can be done again with the secrets that the first one left on the card', async () => {
    const issued = await world.issueCard();
    for (const version of [0, 1]) {
      const run = await OperationRun.begin(world.kiosk, issued);
      expect(await run.authenticate()).toBe(version);
      await run.kiosk.complete(run.id, await run.write());
    }
    expect(await world.cardNow(issued)).toMatchObject({ managementKeyVersion: 2, pukVersion: 2 });
  });

  test('leaves the management key of a card that cannot change it, and says so in its record', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued, { capabilities: STANDARD_CARD });
    expect(run.plan.managementKey.next).toBeNull();
    await run.kiosk.complete(run.id, await run.write());
    expect(await world.cardNow(issued)).toMatchObject({
      managementKeyVersion: 0,
      canChangeManagementKey: false,
    });
  });

  test('certifies a kept encryption key anew when its holder has another name now', async () => {
    const issued = await world.issueCard();
    const before = (await onCard(issued)).get('9D')!;
    await savePerson(world.central.database, { ...issued.holder, displayName: 'Anna Winter' });
    const run = await OperationRun.begin(world.kiosk, issued, { reason: 'personal-data-changed' });
    await run.kiosk.complete(run.id, await run.write());
    const after = (await onCard(issued)).get('9D')!;
    expect(after).toMatchObject({ publicKey: before.publicKey, commonName: 'Anna Winter', state: 'active' });
    expect(after.serialNumber).not.toBe(before.serialNumber);
  });
});

describe('an encryption certificate that was revoked elsewhere (RP-05)', () => {
  test('gets a new key, and the old one a retired slot, when the key was compromised', async () => {
    const issued = await world.issueCard();
    await revokeElsewhere(issued, '9D', 'keyCompromise');
    const run = await OperationRun.begin(world.kiosk, issued);
    const moved = { slot: '82', source: { kind: 'move', from: '9D' } };
    expect(run.plan.keys.slice(1, 3)).toMatchObject([moved, { slot: '9D', source: { kind: 'generate' } }]);
    await run.kiosk.complete(run.id, await run.write());
    const after = await onCard(issued);
    expect(after.get('82')).toMatchObject({ state: 'revoked', crlReason: 'keyCompromise' });
    expect(after.get('9D')).toMatchObject({ state: 'active' });

    const again = await OperationRun.begin(world.kiosk, issued);
    expect(again.plan.keys.find(({ slot }) => slot === '82')).toMatchObject({ source: { kind: 'keep' } });
  });

  test('gets a new certificate over the same key for another reason', async () => {
    const issued = await world.issueCard();
    await revokeElsewhere(issued, '9D', 'superseded');
    const before = (await onCard(issued)).get('9D')!;
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.kiosk.complete(run.id, await run.write());
    const after = (await onCard(issued)).get('9D')!;
    expect(after).toMatchObject({ publicKey: before.publicKey, state: 'active' });
    expect(after.serialNumber).not.toBe(before.serialNumber);
  });

  test('is refused on a card that can neither keep nor move the key', async () => {
    const issued = await world.issueCard();
    await revokeElsewhere(issued, '9D', 'unspecified');
    const wishes = { capabilities: STANDARD_CARD };
    const refused = { code: 'RP-20-key-would-be-lost' };
    await expect(OperationRun.begin(world.kiosk, issued, wishes)).rejects.toMatchObject(refused);
  });
});

describe('complete', () => {
  test('is refused when an object reads back otherwise, and nothing becomes active', async () => {
    const issued = await world.issueCard();
    const before = await onCard(issued);
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    const readBack = report.readBack.map((one) =>
      one.tag === '5FC102' ? { ...one, sha256: new Uint8Array(32) } : one,
    );
    const refused = { status: 409, code: 'RP-18-verify-failed' };
    await expect(run.kiosk.complete(run.id, { ...report, readBack })).rejects.toMatchObject(refused);
    const missing = { ...report, readBack: report.readBack.filter(({ tag }) => tag !== '5FC105') };
    await expect(run.kiosk.complete(run.id, missing)).rejects.toMatchObject(refused);
    expect(await onCard(issued)).toEqual(before);
    await run.kiosk.complete(run.id, report);
  });

  test('is refused when a key has not proved itself', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    for (const slot of ['9A', '9D', '9E', '9C'] as const) {
      const borrowed = report.proofs.find((proof) => proof.slot !== slot && proof.kind === 'sign')!;
      const proofs = report.proofs.map((proof) =>
        proof.slot === slot ? { ...proof, value: borrowed.value } : proof,
      );
      const refused = { code: 'RP-18-verify-failed', message: expect.stringContaining(slot) };
      await expect(run.kiosk.complete(run.id, { ...report, proofs })).rejects.toMatchObject(refused);
    }
  });

  test('is refused while it is not known what became of a secret', async () => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    const report = await run.write();
    await run.kiosk.intend(run.id, 'managementKey');
    await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject({ code: 'SE-03-secret-pending' });
  });

  test('is refused to a kiosk that has left the PIN as it was, by whatever it says of it', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    const before = await onCard(issued);
    const refused = { status: 409, code: 'RP-14-pin-not-set' };
    const { version } = await run.kiosk.intend(run.id, 'pin');
    for (const outcome of ['unchanged', 'notSupported', 'refused'] as const) {
      await run.kiosk.outcome(run.id, { secret: 'pin', version, outcome });
      await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject(refused);
    }
    expect(await onCard(issued)).toEqual(before);
    await run.kiosk.outcome(run.id, { secret: 'pin', version, outcome: 'written' });
    await run.kiosk.complete(run.id, report);
  });

  test('is refused to a kiosk that never spoke of the PIN', async () => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    const report = await run.write(true);
    await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject({ code: 'RP-14-pin-not-set' });
  });

  test('revokes what it has issued when the card was disabled meanwhile, and can be finished after enabling', async () => {
    const issued = await world.issueCard();
    const before = await onCard(issued);
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    await changeCard(world.central.database, issued.card.id, { state: 'disabled' });
    await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject({ code: 'RP-06-disabled' });
    const all = await certificatesOfCard(world.central.database, issued.card.id);
    expect(all.filter(({ state }) => state === 'held')).toEqual([]);
    expect(await onCard(issued)).toEqual(before);

    await changeCard(world.central.database, issued.card.id, { state: 'issued' });
    const again = await OperationRun.begin(world.kiosk, issued);
    expect(again.plan).toMatchObject({ operationId: run.id, isResumed: true });
    await again.kiosk.complete(again.id, await again.write());
    expect((await onCard(issued)).get('9A')).toMatchObject({ state: 'active' });
  });
});

describe('an operation that was cut off', () => {
  test('is resumed at another kiosk with the same image and what was issued already', async () => {
    const issued = await world.issueCard();
    const first = await OperationRun.begin(world.kiosk, issued);
    await first.authenticate();
    const publicKey = issued.soft.generate('9A');
    const { certificate } = await first.kiosk.certificate(first.id, {
      slot: '9A',
      publicKey,
      attestation: null,
    });

    const elsewhere = await world.addKiosk('second');
    const second = await OperationRun.begin(elsewhere, issued);
    expect(second.plan).toMatchObject({
      operationId: first.id,
      isResumed: true,
      objects: first.plan.objects,
    });
    expect(second.plan.keys[0]).toMatchObject({ slot: '9A', publicKey, certificate });
    await expect(first.kiosk.intend(first.id, 'pin')).rejects.toMatchObject({ code: 'RP-17-elsewhere' });
    await second.kiosk.complete(second.id, await second.write());
  });

  test('finds the management key whichever of the two the card has', async () => {
    const issued = await world.issueCard();
    const first = await OperationRun.begin(world.kiosk, issued);
    await first.authenticate();
    const intent = await first.kiosk.intend(first.id, 'managementKey');
    expect(await (await OperationRun.begin(world.kiosk, issued)).authenticate()).toBe(0);

    issued.soft.managementKey = await first.open(intent.next!, 'managementKey', intent.version);
    const second = await OperationRun.begin(world.kiosk, issued);
    expect(await second.authenticate()).toBe(1);
  });

  test('says that a new PIN is set once central knows it, and not while that is only intended', async () => {
    const issued = await world.issueCard();
    const first = await OperationRun.begin(world.kiosk, issued);
    expect(first.plan.isPinSet).toBe(false);
    const { version } = await first.kiosk.intend(first.id, 'pin');
    const second = await OperationRun.begin(world.kiosk, issued);
    expect(second.plan).toMatchObject({ isResumed: true, isPinSet: false });
    await second.kiosk.outcome(second.id, { secret: 'pin', version, outcome: 'written' });
    expect((await OperationRun.begin(world.kiosk, issued)).plan.isPinSet).toBe(true);
  });

  test('can be cancelled until something may have been written', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.kiosk.cancel(run.id);
    await run.kiosk.cancel(run.id);
    const again = await OperationRun.begin(world.kiosk, issued);
    expect(again.id).not.toBe(run.id);
    await again.authenticate();
    const { version } = await again.kiosk.intend(again.id, 'pin');
    await again.kiosk.outcome(again.id, { secret: 'pin', version, outcome: 'written' });
    await expect(again.kiosk.cancel(again.id)).rejects.toMatchObject({
      status: 409,
      code: 'RP-17-already-writing',
    });
  });

  test('can be cancelled between the intent for a PIN and its first write', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    await run.kiosk.intend(run.id, 'pin');
    await run.kiosk.cancel(run.id);
    const again = await OperationRun.begin(world.kiosk, issued);
    expect(again.id).not.toBe(run.id);
    await again.authenticate();
    await again.kiosk.intend(again.id, 'puk');
    await expect(again.kiosk.cancel(again.id)).rejects.toMatchObject({ code: 'RP-17-already-writing' });
  });
});

describe('certificates', () => {
  test('are the same for the same key, and the held one is revoked when the card made another', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    const request = { slot: '9A' as const, publicKey: strayPublicKey(), attestation: null };
    const first = await run.kiosk.certificate(run.id, request);
    expect(await run.kiosk.certificate(run.id, request)).toEqual(first);
    await run.kiosk.certificate(run.id, { ...request, publicKey: strayPublicKey() });
    const all = await certificatesOfCard(world.central.database, issued.card.id);
    const states = all.filter(({ operationId }) => operationId === run.id).map(({ state }) => state);
    expect(states.sort()).toEqual(['held', 'revoked']);
  });

  test.each([
    ['a key of another kind', () => strayPublicKey('P-384')],
    ['no key at all', () => Uint8Array.of(1, 2, 3)],
    ['an empty one', () => new Uint8Array()],
  ])('are refused for %s', async (_what, make) => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    await run.authenticate();
    const request = { slot: '9A' as const, publicKey: make(), attestation: null };
    await expect(run.kiosk.certificate(run.id, request)).rejects.toMatchObject({ code: 'SE-07-wrong-key' });
  });

  test('are refused for a key that somebody has a certificate for', async () => {
    const other = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    await run.authenticate();
    const request = { slot: '9A' as const, publicKey: other.soft.publicKey('9A'), attestation: null };
    await expect(run.kiosk.certificate(run.id, request)).rejects.toMatchObject({ code: 'SE-07-wrong-key' });
  });
});

describe('secrets', () => {
  test('are given out only after the card has passed with its management key', async () => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    const refused = { code: 'SE-03-card-not-authenticated' };
    await expect(run.kiosk.intend(run.id, 'puk')).rejects.toMatchObject(refused);
  });

  test('change one at a time, and an intent may be repeated', async () => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    await run.authenticate();
    const { version } = await run.kiosk.intend(run.id, 'puk');
    expect((await run.kiosk.intend(run.id, 'puk')).version).toBe(version);
    await expect(run.kiosk.intend(run.id, 'managementKey')).rejects.toMatchObject({
      code: 'SE-03-secret-pending',
    });
  });

  test('stay at central when a card answers the challenge wrongly', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const [key] = run.plan.managementKey.candidates;
    const { exchangeId } = await run.kiosk.witness(run.id, { ...key!, witness: new Uint8Array(16) });
    const response = new Uint8Array(16);
    expect(await run.kiosk.cardResponse(run.id, { exchangeId, response })).toEqual({
      isAuthenticated: false,
    });
    const unknown = { version: 7, algorithm: 'AES-192' as const, witness: new Uint8Array(16) };
    await expect(run.kiosk.witness(run.id, unknown)).rejects.toMatchObject({ code: 'SE-03-no-such-key' });
  });
});

test('a preview says what becomes of the encryption key and opens nothing', async () => {
  const issued = await world.issueCard();
  const proofId = await proveHolder(world.kiosk, issued);
  const wish = { proofId, cardId: issued.card.id, capabilities: FULL_CARD };
  expect(await world.kiosk.preview({ ...wish, reason: 'profile-updated' })).toMatchObject({
    encryptionKey: 'keep',
  });
  expect(await world.kiosk.preview({ ...wish, reason: 'pin-or-key-exposed' })).toMatchObject({
    encryptionKey: 'move',
  });
  const run = await OperationRun.begin(world.kiosk, issued, { proofId });
  expect(run.plan.isResumed).toBe(false);
});
