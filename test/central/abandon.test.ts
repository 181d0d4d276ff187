/** Operations that nobody finishes: what becomes of what they issued, and of their card (RP-17, RP-18). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { operationCommand } from '../../src/central/command/operation.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { sweepCommand } from '../../src/central/command/sweep.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import {
  certificatesOfCard,
  certificatesOnCard,
  changeCertificate,
} from '../../src/central/repositories/certificates.ts';
import { sweep } from '../../src/central/sweep.ts';
import { CentralWorld, type IssuedCard, PROFILE } from './support/central-world.ts';
import { OperationRun, proveHolder, STANDARD_CARD } from './support/operation-run.ts';

const HOUR_MS = 3_600_000;
const CLEAN = {
  ...{ expiredRequests: 0, heldWithoutOperation: 0, activeNotOnCard: 0, certificatesWithoutCard: 0 },
};

let world: CentralWorld;
const clock = { offsetMs: 0 };
beforeAll(async () => {
  world = await CentralWorld.open(() => new Date(Date.now() + clock.offsetMs));
  await putProfile(world.central, PROFILE.replace('"employee"', '"hasty"\nabandon_after_hours = 3'));
  await putProfile(
    world.central,
    PROFILE.replace('"employee"', '"lossy"\nunarchived_key_loss = "allow"').replace(
      'slot = "9D"\nalgorithm = "P-256"',
      'slot = "9D"\nalgorithm = "P-384"',
    ),
  );
});
afterEach(() => {
  clock.offsetMs = 0;
});
afterAll(() => world.close());

const abandon = (run: OperationRun, why: string | null = null) =>
  abandonOperation(world.central, run.id, { actor: 'command', why });
const all = ({ card }: IssuedCard) => certificatesOfCard(world.central.database, card.id);
const onCard = ({ card }: IssuedCard) => certificatesOnCard(world.central.database, card.id);
const revocationList = async () =>
  (await world.published.inject({ method: 'GET', url: '/crl/issuing.crl' })).rawPayload;
const isOpenInCopy = async ({ card }: IssuedCard) =>
  (await world.kiosk.copy()).card.get(card.id)?.hasOpenOperation;

async function command(
  work: typeof operationCommand,
  ...args: string[]
): Promise<{ out: string; error: string | null }> {
  let out = '';
  const io = { stdout: { write: (more: string) => (out += more) }, stderr: { write: () => {} } };
  try {
    await work(world.central, args, io);
    return { out, error: null };
  } catch (error) {
    return { out, error: String(error) };
  }
}

async function half(issued: IssuedCard, wishes: Parameters<typeof OperationRun.begin>[2] = {}) {
  const run = await OperationRun.begin(world.kiosk, issued, wishes);
  await run.authenticate();
  await run.writeKeys();
  return run;
}

describe('an operation that is abandoned', () => {
  test('leaves nothing valid of what it issued, on the CRL at once, and can be abandoned again', async () => {
    const issued = await world.issueCard();
    const run = await half(issued);
    expect(await abandon(run, 'the card was shredded')).toBe(true);
    expect(await abandon(run)).toBe(false);
    const fresh = (await all(issued)).filter(({ operationId }) => operationId === run.id);
    const list = (await revocationList()).toString('hex');
    for (const { state, crlReason, serialNumber } of fresh) {
      expect([state, crlReason]).toEqual(['revoked', 'cessationOfOperation']);
      expect(list).toContain(serialNumber);
    }
    expect(fresh).toHaveLength(3);
    expect(await sweep(world.central)).toEqual({ abandoned: 0, ...CLEAN });
    const entry = (await readAudit(world.central)).lines.find(
      ({ type, operationId }) => type === 'operation.abandoned' && operationId === run.id,
    );
    expect(entry?.detail).toEqual({ reason: 'profile-updated', why: 'the card was shredded' });
    await expect(run.kiosk.intend(run.id, 'puk')).rejects.toMatchObject({ code: 'RP-17-closed' });
  });

  test('puts on record what it left: an overwritten key is gone with its certificate, the new one proves the holder', async () => {
    const issued = await world.issueCard();
    const before = await onCard(issued);
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    const publicKey = issued.soft.generate('9A');
    await run.kiosk.certificate(run.id, { slot: '9A', publicKey, attestation: null });
    await abandon(run);
    const after = await onCard(issued);
    expect(after.get('9A')).toMatchObject({ publicKey, state: 'revoked' });
    expect(
      (await all(issued)).find(({ serialNumber }) => serialNumber === before.get('9A')!.serialNumber),
    ).toMatchObject({ state: 'revoked', isOnCard: false });
    for (const slot of ['9C', '9D', '9E'] as const) expect(after.get(slot)).toEqual(before.get(slot));
    await proveHolder(world.kiosk, issued);
  });

  test('takes an old encryption key along to the retired slot where the card has it', async () => {
    const issued = await world.issueCard();
    const before = (await onCard(issued)).get('9D')!;
    const run = await half(issued, { reason: 'pin-or-key-exposed' });
    await abandon(run);
    expect((await onCard(issued)).get('82')).toMatchObject({ serialNumber: before.serialNumber });
    const again = await OperationRun.begin(world.kiosk, issued);
    await again.kiosk.complete(again.id, await again.write());
    expect((await onCard(issued)).get('9D')).toMatchObject({ state: 'active' });
    expect(await sweep(world.central)).toEqual({ abandoned: 0, ...CLEAN });
  });

  test('is shown to kiosks as long as it is open, and no longer', async () => {
    const issued = await world.issueCard();
    expect(await isOpenInCopy(issued)).toBe(false);
    const run = await OperationRun.begin(world.kiosk, issued);
    expect(await isOpenInCopy(issued)).toBe(true);
    await abandon(run);
    expect(await isOpenInCopy(issued)).toBe(false);
    const other = await OperationRun.begin(world.kiosk, issued);
    await other.kiosk.complete(other.id, await other.write());
    expect(await isOpenInCopy(issued)).toBe(false);
  });

  test('takes its proof and its code with it', async () => {
    const issued = await world.issueCard();
    const proofId = await proveHolder(world.kiosk, issued);
    const run = await OperationRun.begin(world.kiosk, issued, { proofId });
    const { code } = await giveCode(world.central, issued.card.id, 'long', 'command');
    const accepted = await world.kiosk.raw(
      '/proofs/code',
      JSON.stringify({ cardId: issued.card.id, code: Buffer.from(code).toString('base64') }),
    );
    await abandon(run);
    const refused = { status: 403 };
    await expect(OperationRun.begin(world.kiosk, issued, { proofId })).rejects.toMatchObject(refused);
    const byCode = { proofId: accepted.json().proofId as string };
    await expect(OperationRun.begin(world.kiosk, issued, byCode)).rejects.toMatchObject(refused);
  });

  test('is refused to be abandoned once it is completed', async () => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    await run.kiosk.complete(run.id, await run.write());
    await expect(abandon(run)).rejects.toMatchObject({ code: 'RP-17-closed' });
  });
});

describe('a secret whose change was cut off in an abandoned operation', () => {
  test.each([false, true])(
    'is found by the next one (written: %s), which makes another',
    async (isWritten) => {
      const issued = await world.issueCard();
      const first = await OperationRun.begin(world.kiosk, issued);
      await first.authenticate();
      const { next, version } = await first.kiosk.intend(first.id, 'managementKey');
      if (isWritten) issued.soft.managementKey = await first.open(next!, 'managementKey', version);
      await abandon(first);
      const second = await OperationRun.begin(world.kiosk, issued);
      expect(await second.authenticate()).toBe(isWritten ? 1 : 0);
      expect(second.plan.managementKey.next?.version).toBe(2);
      expect(await world.cardNow(issued)).toMatchObject({ managementKeyVersion: isWritten ? 1 : 0 });
      await abandon(second);
      const third = await OperationRun.begin(world.kiosk, issued);
      expect(third.plan.managementKey.candidates[0]?.version).toBe(isWritten ? 1 : 0);
      await third.kiosk.complete(third.id, await third.write());
    },
  );

  test.each([false, true])('is one of two PUKs, however often (written: %s)', async (isWritten) => {
    const issued = await world.issueCard();
    for (let time = 0; time < 3; time += 1) {
      const run = await OperationRun.begin(world.kiosk, issued);
      await run.authenticate();
      const { next, current, version } = await run.kiosk.intend(run.id, 'puk');
      expect(version).toBe(1);
      expect(current).toHaveLength(time === 0 ? 1 : 2);
      if (isWritten) {
        issued.soft.puk = Buffer.from(await run.open(next!, 'puk', version)).toString('latin1');
      }
      await abandon(run);
    }
    const last = await OperationRun.begin(world.kiosk, issued);
    await last.kiosk.complete(last.id, await last.write());
    expect(await world.cardNow(issued)).toMatchObject({ pukVersion: 1 });
  });
});

describe('the loss of an encryption key', () => {
  const wishes = { capabilities: { ...STANDARD_CARD, canSetManagementKey: true } };

  test('is confirmed once: a resume and the operation after an abandoned one do not ask again', async () => {
    const issued = await world.issueCard({ profileName: 'lossy' });
    await expect(OperationRun.begin(world.kiosk, issued, wishes)).rejects.toMatchObject({
      code: 'RP-20-confirm-loss',
    });
    const confirmed = { ...wishes, acceptsKeyLoss: true };
    const first = await OperationRun.begin(world.kiosk, issued, confirmed);
    const resumed = await OperationRun.begin(world.kiosk, issued, wishes);
    expect(resumed.id).toBe(first.id);
    await resumed.authenticate();
    const { version } = await resumed.kiosk.intend(resumed.id, 'pin');
    await resumed.kiosk.outcome(resumed.id, { secret: 'pin', version, outcome: 'written' });
    await abandon(resumed);
    const next = await OperationRun.begin(world.kiosk, issued, wishes);
    expect(next.plan.keys.find(({ slot }) => slot === '9D')?.source).toEqual({ kind: 'generate' });
  });
});

describe('the sweep', () => {
  test('abandons what is older than the profile allows and has nothing live', async () => {
    const [old, long, busy, withCode] = await Promise.all(
      ['hasty', 'employee', 'hasty', 'hasty'].map((profileName) => world.issueCard({ profileName })),
    );
    const runs = [];
    for (const issued of [old!, long!, busy!, withCode!]) runs.push(await half(issued));
    clock.offsetMs = 2 * HOUR_MS;
    expect(await sweep(world.central)).toEqual({ abandoned: 0, ...CLEAN });
    clock.offsetMs = 4 * HOUR_MS;
    await OperationRun.begin(world.kiosk, busy!);
    await giveCode(world.central, withCode!.card.id, 'long', 'command');
    expect(await sweep(world.central)).toEqual({ abandoned: 1, ...CLEAN });
    expect(await isOpenInCopy(old!)).toBe(false);
    for (const issued of [long!, busy!, withCode!]) expect(await isOpenInCopy(issued)).toBe(true);
    for (const run of runs) await abandon(run);
  });

  test('finds a valid certificate that no card has, and says so by its exit', async () => {
    const issued = await world.issueCard();
    const { serialNumber } = (await onCard(issued)).get('9A')!;
    await changeCertificate(world.central.database, serialNumber, { isOnCard: false });
    const { out, error } = await command(sweepCommand, '--json');
    const found = { heldWithoutOperation: 0, activeNotOnCard: 1, certificatesWithoutCard: 1 };
    expect(JSON.parse(out)).toEqual({ abandoned: 0, expiredRequests: 0, ...found });
    expect(error).toContain('1 valid certificates');
    await changeCertificate(world.central.database, serialNumber, { isOnCard: true });
    expect(await command(sweepCommand, '--json')).toMatchObject({ error: null });
  });

  test('is not alarmed by a certificate that a reason leaves to expire', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued, { reason: 'routine-key-rotation' });
    await run.kiosk.complete(run.id, await run.write());
    expect(await sweep(world.central)).toEqual({ abandoned: 0, ...CLEAN });
  });
});

describe('the list of operations', () => {
  const listed = async (run: OperationRun) => {
    const { out } = await command(operationCommand, 'list', '--json');
    return JSON.parse(out).operations.find(({ id }: { id: string }) => id === run.id);
  };

  test('names card, holder, kiosk and what is held, and tells open, stuck and abandoned apart', async () => {
    const issued = await world.issueCard();
    const run = await half(issued);
    const { id, label, serial } = issued.card;
    expect(await listed(run)).toMatchObject({
      ...{ state: 'open', refusedWith: null, card: { id, label, serial }, holder: 'Anna Sommer' },
      ...{ reason: 'profile-updated', kiosk: 'first', endedAt: null, undecidedSecrets: [] },
      held: [{ slot: '9A' }, { slot: '9E' }, { slot: '9C' }],
    });
    clock.offsetMs = 2 * HOUR_MS;
    expect(await listed(run)).toMatchObject({ state: 'stuck', ageSeconds: expect.closeTo(7200, -2) });
    const { out } = await command(operationCommand, 'abandon', run.id, '--reason', 'left the house');
    expect(out).toBe(`${run.id} abandoned\n`);
    expect(await listed(run)).toMatchObject({ state: 'abandoned', held: [] });
    const lines = (await command(operationCommand, 'list')).out;
    expect(lines).toContain(`${run.id}\tabandoned\t2 h\t${serial}\tAnna Sommer`);
  });

  test.each([
    [['abandon', 'x'], 'is no id'],
    [['abandon', crypto.randomUUID()], 'there is no such operation'],
    [['abandon'], 'UsageError'],
    [['list', 'all'], 'UsageError'],
  ])('%j is answered with a word on what is wrong', async (args, why) => {
    expect((await command(operationCommand, ...args)).error).toContain(why);
  });
});

describe('two kiosks', () => {
  test('that begin on one card at the same time carry out one operation between them', async () => {
    const elsewhere = await world.addKiosk('elsewhere');
    const issued = await world.issueCard();
    const proofs = [await proveHolder(world.kiosk, issued), await proveHolder(elsewhere, issued)];
    const runs = await Promise.all(
      [world.kiosk, elsewhere].map((kiosk, at) =>
        OperationRun.begin(kiosk, issued, { proofId: proofs[at]! }),
      ),
    );
    expect(runs[0]!.id).toBe(runs[1]!.id);
    expect(runs.filter(({ plan }) => plan.isResumed)).toHaveLength(1);
    const last = runs.find(({ plan }) => plan.isResumed)!;
    await last.kiosk.complete(last.id, await last.write());
    expect(await sweep(world.central)).toEqual({ abandoned: 0, ...CLEAN });
  });

  test('get the same answer to complete when one has taken the place of the other', async () => {
    const run = await OperationRun.begin(await world.addKiosk('replaced'), await world.issueCard());
    const report = await run.write();
    const result = await run.kiosk.complete(run.id, report);
    for (const name of ['replaced', 'its-successor']) {
      const kiosk = await world.addKiosk(name);
      expect(await kiosk.complete(run.id, report)).toEqual(result);
    }
  });
});
