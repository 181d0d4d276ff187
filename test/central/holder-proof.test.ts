import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { certificatesOnCard, changeCertificate } from '../../src/central/repositories/certificates.ts';
import type { CrlReason } from '../../src/domain/crl-reason.ts';
import { challengeMessage } from '../../src/protocol/proof.ts';
import { type CardWishes, CentralWorld, type IssuedCard, PROFILE } from './support/central-world.ts';
import { OperationRun, proveHolder, STANDARD_CARD } from './support/operation-run.ts';

let world: CentralWorld;
const now = { offsetMs: 0 };
const MINUTE_MS = 60 * 1000;

beforeAll(async () => {
  world = await CentralWorld.open(() => new Date(Date.now() + now.offsetMs));
  await putProfile(world.central, PROFILE.replace('"employee"', '"strict"\nrequires_approved_holder = true'));
});
afterAll(() => world.close());

async function revoke(
  issued: IssuedCard,
  slots: readonly ('9A' | '9C')[],
  crlReason: CrlReason,
): Promise<void> {
  const onCard = await certificatesOnCard(world.central.database, issued.card.id);
  for (const slot of slots) {
    const change = { state: 'revoked', revokedAt: new Date(), crlReason } as const;
    await changeCertificate(world.central.database, onCard.get(slot)!.serialNumber, change);
  }
}

const NOT_PROVED = { status: 403, code: 'ID-01-not-proved' };

describe('a holder proves themselves', () => {
  test('with 9A, or with 9C where 9A cannot sign', async () => {
    const issued = await world.issueCard();
    const { proofId, challenge, slots } = await world.kiosk.ask(issued.card.id);
    expect(slots).toEqual([
      { slot: '9A', algorithm: 'P-256' },
      { slot: '9C', algorithm: 'P-256' },
    ]);
    const signature = issued.soft.sign('9C', challengeMessage(proofId, challenge));
    expect(await world.kiosk.answer(proofId, { slot: '9C', signature })).toEqual({ openOperation: null });
  });

  test('with a certificate that has expired', async () => {
    await proveHolder(world.kiosk, await world.issueCard({ hasExpiredCertificates: true }));
  });

  test.each(['superseded', 'affiliationChanged', 'unspecified'] as const)(
    'with a certificate that was revoked for %s',
    async (reason) => {
      const issued = await world.issueCard();
      await revoke(issued, ['9A', '9C'], reason);
      await proveHolder(world.kiosk, issued);
    },
  );

  test.each(['keyCompromise', 'certificateHold'] as const)(
    'never with one revoked for %s',
    async (reason) => {
      const issued = await world.issueCard();
      await revoke(issued, ['9A'], reason);
      expect((await world.kiosk.ask(issued.card.id)).slots.map(({ slot }) => slot)).toEqual(['9C']);
      await revoke(issued, ['9C'], reason);
      await expect(world.kiosk.ask(issued.card.id)).rejects.toMatchObject({ code: 'ID-01-key-compromised' });
    },
  );

  test('and is told of an operation that is not finished', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const { proofId, challenge } = await world.kiosk.ask(issued.card.id);
    const signature = issued.soft.sign('9A', challengeMessage(proofId, challenge));
    const { openOperation } = await world.kiosk.answer(proofId, { slot: '9A', signature });
    const unfinished = {
      operationId: run.id,
      kind: 'reprovision',
      requestId: null,
      reason: 'profile-updated',
    };
    expect(openOperation).toEqual({ ...unfinished, isPinSet: false });
    const { version } = await world.kiosk.intend(run.id, 'pin');
    const again = await world.kiosk.answer(proofId, { slot: '9A', signature });
    // Nobody knows yet which PIN it is.
    expect(again.openOperation).toEqual({ ...unfinished, isPinSet: false });
    await world.kiosk.outcome(run.id, { secret: 'pin', version, outcome: 'written' });
    const set = await world.kiosk.answer(proofId, { slot: '9A', signature });
    expect(set.openOperation).toEqual({ ...unfinished, isPinSet: true });
  });

  test('by the new key where the cut came after it was made', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const request = { slot: '9A' as const, publicKey: issued.soft.generate('9A'), attestation: null };
    await run.authenticate();
    await run.kiosk.certificate(run.id, request);
    await proveHolder(world.kiosk, issued);
  });
});

describe('a proof is refused', () => {
  test('by a key that is not on record, and the question is used up by it', async () => {
    const issued = await world.issueCard();
    const { proofId, challenge } = await world.kiosk.ask(issued.card.id);
    const message = challengeMessage(proofId, challenge);
    const right = issued.soft.sign('9A', message);
    issued.soft.generate('9A');
    const wrong = issued.soft.sign('9A', message);
    for (const signature of [wrong, right]) {
      await expect(world.kiosk.answer(proofId, { slot: '9A', signature })).rejects.toMatchObject(NOT_PROVED);
    }
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['nonsense', Uint8Array.of(0x30, 0x80, 0xff)],
    ['far too much', new Uint8Array(5000)],
  ])('when the signature is %s', async (_what, signature) => {
    const { proofId } = await world.kiosk.ask((await world.issueCard()).card.id);
    await expect(world.kiosk.answer(proofId, { slot: '9A', signature })).rejects.toMatchObject(NOT_PROVED);
  });

  test('by a key in a slot that proves nobody', async () => {
    const issued = await world.issueCard();
    const { proofId, challenge } = await world.kiosk.ask(issued.card.id);
    const signature = issued.soft.sign('9E', challengeMessage(proofId, challenge));
    await expect(world.kiosk.answer(proofId, { slot: '9E', signature })).rejects.toMatchObject(NOT_PROVED);
  });

  test('at another kiosk than the one that asked', async () => {
    const issued = await world.issueCard();
    const { proofId, challenge } = await world.kiosk.ask(issued.card.id);
    const signature = issued.soft.sign('9A', challengeMessage(proofId, challenge));
    const other = await world.addKiosk('elsewhere');
    await expect(other.answer(proofId, { slot: '9A', signature })).rejects.toMatchObject(NOT_PROVED);
  });

  test('when the answer comes after five minutes', async () => {
    const issued = await world.issueCard();
    const { proofId, challenge } = await world.kiosk.ask(issued.card.id);
    const signature = issued.soft.sign('9A', challengeMessage(proofId, challenge));
    now.offsetMs += 5 * MINUTE_MS + 1000;
    await expect(world.kiosk.answer(proofId, { slot: '9A', signature })).rejects.toMatchObject(NOT_PROVED);
  });

  test('ten minutes after it was accepted, and not before', async () => {
    const issued = await world.issueCard();
    const { proofId, challenge } = await world.kiosk.ask(issued.card.id);
    now.offsetMs += 4 * MINUTE_MS;
    const signature = issued.soft.sign('9A', challengeMessage(proofId, challenge));
    await world.kiosk.answer(proofId, { slot: '9A', signature });
    now.offsetMs += 9.5 * MINUTE_MS;
    await OperationRun.begin(world.kiosk, issued, { proofId });
    now.offsetMs += 0.6 * MINUTE_MS;
    await expect(OperationRun.begin(world.kiosk, issued, { proofId })).rejects.toMatchObject(NOT_PROVED);
  });
});

describe('begin is refused', () => {
  test.each<[string, CardWishes]>([
    ['RP-04-expired', { expiresInDays: -2 }],
    ['RP-06-cancelled', { state: 'cancelled' }],
    ['RP-06-disabled', { state: 'disabled' }],
    ['RP-06-holder-disabled', { holder: { state: 'disabled' } }],
    ['RP-06-not-approved', { profileName: 'strict' }],
    ['RP-06-not-approved', { profileName: 'strict', holder: { approvedUntil: new Date('2020-01-01') } }],
  ])('with %s', async (code, wishes) => {
    const issued = await world.issueCard(wishes);
    await expect(OperationRun.begin(world.kiosk, issued)).rejects.toMatchObject({ status: 409, code });
  });

  test('not for want of an approved issuance, and not for a holder whose approval holds (RP-08)', async () => {
    const holder = { approvedUntil: new Date(Date.now() + 86_400_000) };
    await OperationRun.begin(world.kiosk, await world.issueCard({ profileName: 'strict', holder }));
  });

  test("with a proof for one's own card and somebody else's card (RP-09)", async () => {
    const [mine, other] = [await world.issueCard(), await world.issueCard()];
    const proofId = await proveHolder(world.kiosk, mine);
    const refused = { status: 403, code: 'RP-09-not-yours' };
    await expect(OperationRun.begin(world.kiosk, other, { proofId })).rejects.toMatchObject(refused);
  });

  test('with a question that was never answered', async () => {
    const issued = await world.issueCard();
    const { proofId } = await world.kiosk.ask(issued.card.id);
    await expect(OperationRun.begin(world.kiosk, issued, { proofId })).rejects.toMatchObject(NOT_PROVED);
  });

  test('with a proof that has served an operation which is over, while it may resume one that is open', async () => {
    const issued = await world.issueCard();
    const proofId = await proveHolder(world.kiosk, issued);
    const run = await OperationRun.begin(world.kiosk, issued, { proofId });
    expect((await OperationRun.begin(world.kiosk, issued, { proofId })).id).toBe(run.id);
    await run.kiosk.cancel(run.id);
    await expect(OperationRun.begin(world.kiosk, issued, { proofId })).rejects.toMatchObject(NOT_PROVED);
  });

  test('without a reason that is in the list (RP-12)', async () => {
    const issued = await world.issueCard();
    const refused = { code: 'RP-12-no-such-reason' };
    await expect(OperationRun.begin(world.kiosk, issued, { reason: 'because' })).rejects.toMatchObject(
      refused,
    );
  });

  test('for a key whose loss nobody has confirmed', async () => {
    await putProfile(world.central, PROFILE.replace('"employee"', '"lossy"\nunarchived_key_loss = "allow"'));
    const issued = await world.issueCard({ profileName: 'lossy' });
    const wishes = { reason: 'pin-or-key-exposed', capabilities: STANDARD_CARD };
    const refused = { code: 'RP-20-confirm-loss' };
    await expect(OperationRun.begin(world.kiosk, issued, wishes)).rejects.toMatchObject(refused);
    const run = await OperationRun.begin(world.kiosk, issued, { ...wishes, acceptsKeyLoss: true });
    await run.kiosk.complete(run.id, await run.write());
  });
});
