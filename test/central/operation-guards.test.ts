/** What central demands at each step of an operation that is open, whatever a kiosk says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caCommand } from '../../src/central/command/ca.ts';
import { personCommand } from '../../src/central/command/person.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { certificatesOfCard } from '../../src/central/repositories/certificates.ts';
import { CentralWorld, type IssuedCard } from './support/central-world.ts';
import { OperationRun, STANDARD_CARD } from './support/operation-run.ts';

let world: CentralWorld;
const quiet = { stdout: { write: () => {} }, stderr: { write: () => {} } };

beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

async function issuedBy(run: OperationRun) {
  const all = await certificatesOfCard(world.central.database, run.issued.card.id);
  return all.filter(({ operationId }) => operationId === run.id);
}

function keyFor9A(issued: IssuedCard) {
  return { slot: '9A' as const, publicKey: issued.soft.generate('9A'), attestation: null };
}

async function revocationList(): Promise<Buffer> {
  return (await world.published.inject({ method: 'GET', url: '/crl/issuing.crl' })).rawPayload;
}

describe('a card that has not passed with its management key in this run', () => {
  const refused = { status: 409, code: 'SE-03-card-not-authenticated' };

  test('gets no certificate', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const request = keyFor9A(issued);
    await expect(run.kiosk.certificate(run.id, request)).rejects.toMatchObject(refused);
    expect(await issuedBy(run)).toEqual([]);
    await run.authenticate();
    await run.kiosk.certificate(run.id, request);
  });

  test('has nothing recorded of secrets that were never intended', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    for (const secret of ['puk', 'managementKey'] as const) {
      const outcome = { secret, version: 1, outcome: 'notSupported' as const };
      await expect(run.kiosk.outcome(run.id, outcome)).rejects.toMatchObject(refused);
    }
    expect(await world.cardNow(issued)).toMatchObject({ canChangeManagementKey: null, pukVersion: 0 });
  });

  test('is not completed, though everything was written in the run before', async () => {
    const issued = await world.issueCard();
    const first = await OperationRun.begin(world.kiosk, issued);
    const report = await first.write();
    const second = await OperationRun.begin(world.kiosk, issued);
    await expect(second.kiosk.complete(second.id, report)).rejects.toMatchObject(refused);
    await second.authenticate();
    await second.kiosk.complete(second.id, report);
  });
});

describe('a card that was disabled while it was written', () => {
  test.each([
    [
      'certificate',
      (run: OperationRun, key: ReturnType<typeof keyFor9A>) => run.kiosk.certificate(run.id, key),
    ],
    ['secret', (run: OperationRun) => run.kiosk.intend(run.id, 'puk')],
  ])('gets no more %s, and what was issued is revoked at once', async (_what, step) => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued, { capabilities: STANDARD_CARD });
    await run.authenticate();
    const key = keyFor9A(issued);
    await run.kiosk.certificate(run.id, key);
    const before = await revocationList();
    await changeCard(world.central.database, issued.card.id, { state: 'disabled' });
    await expect(step(run, key)).rejects.toMatchObject({ code: 'RP-06-disabled' });
    expect((await issuedBy(run)).map(({ state }) => state)).toEqual(['revoked']);
    expect(await revocationList()).not.toEqual(before);

    await changeCard(world.central.database, issued.card.id, { state: 'issued' });
    const again = await OperationRun.begin(world.kiosk, issued);
    expect(again.id).toBe(run.id);
    await again.kiosk.complete(again.id, await again.write());
  });

  test('loses what was issued with the very command that disables its holder', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    await run.kiosk.certificate(run.id, keyFor9A(issued));
    const before = await revocationList();
    await personCommand(world.central, ['set', issued.holder.id, '--state', 'disabled'], quiet);
    expect((await issuedBy(run)).map(({ state }) => state)).toEqual(['revoked']);
    expect(await revocationList()).not.toEqual(before);

    await personCommand(world.central, ['set', issued.holder.id, '--state', 'active'], quiet);
    const again = await OperationRun.begin(world.kiosk, issued);
    await again.kiosk.complete(again.id, await again.write());
  });
});

describe('a held certificate that was revoked at the CA', () => {
  test.each([
    ['in its record', []],
    ['behind its back', ['--crl-only']],
  ])('%s is never activated: the next run gets another', async (_how, options) => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    const held = (await issuedBy(run)).find(({ slot }) => slot === '9A')!;
    await caCommand(
      world.central,
      ['revoke', held.serialNumber, '--reason', 'superseded', ...options],
      quiet,
    );
    const refused = { status: 409, code: 'RP-18-certificate-revoked' };
    await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject(refused);

    const again = await OperationRun.begin(world.kiosk, issued);
    expect(again.plan.keys[0]).toMatchObject({ slot: '9A', publicKey: held.publicKey, certificate: null });
    const result = await again.kiosk.complete(again.id, await again.write());
    expect(result.certificates.map(({ serialNumber }) => serialNumber)).not.toContain(held.serialNumber);
    expect(
      (await issuedBy(run)).find(({ serialNumber }) => serialNumber === held.serialNumber),
    ).toMatchObject({ state: 'revoked' });
  });

  test('for an exposed key has its key made anew', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.write();
    const held = (await issuedBy(run)).find(({ slot }) => slot === '9E')!;
    await caCommand(world.central, ['revoke', held.serialNumber, '--reason', 'keyCompromise'], quiet);
    const again = await OperationRun.begin(world.kiosk, issued);
    const key = again.plan.keys.find(({ slot }) => slot === '9E');
    expect(key).toMatchObject({ publicKey: null, certificate: null });
    await again.kiosk.complete(again.id, await again.write());
  });
});
