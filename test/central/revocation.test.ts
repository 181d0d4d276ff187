import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caCommand } from '../../src/central/command/ca.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { certificatesOfCard, certificatesOnCard } from '../../src/central/repositories/certificates.ts';
import { lockRevocationList, markListStale } from '../../src/central/repositories/revocation-lists.ts';
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';
import { CentralWorld, PROFILE } from './support/central-world.ts';
import { OperationRun } from './support/operation-run.ts';

let world: CentralWorld;
const now = { offsetMs: 0 };
const quiet = { stdout: { write: () => {} }, stderr: { write: () => {} } };

beforeAll(async () => {
  world = await CentralWorld.open(() => new Date(Date.now() + now.offsetMs));
});
afterAll(() => world.close());

async function list(name = 'issuing'): Promise<Buffer> {
  return (await world.published.inject({ method: 'GET', url: `/crl/${name}.crl` })).rawPayload;
}

/** The list as openssl reads it. */
async function listText(): Promise<string> {
  const options = { input: await list(), encoding: 'utf8' } as const;
  return execFileSync('openssl', ['crl', '-inform', 'DER', '-noout', '-text'], options);
}

function crlNumber(text: string): number {
  return Number(/CRL Number:\s*(\d+)/.exec(text)?.[1]);
}

describe('the revocation list', () => {
  test('is the same until something is revoked, then has it at once under the next number', async () => {
    const before = await listText();
    expect(await list()).toEqual(await list());
    const { card } = await world.issueCard();
    const { serialNumber } = (await certificatesOnCard(world.central.database, card.id)).get('9A')!;
    await caCommand(world.central, ['revoke', serialNumber, '--reason', 'keyCompromise'], quiet);
    const after = await listText();
    expect(after.toLowerCase()).toContain(serialNumber.replace(/^0+/, ''));
    expect(after).toContain('Key Compromise');
    expect(crlNumber(after)).toBe(crlNumber(before) + 1);
  });

  test('is signed anew before it runs out, the root’s as well', async () => {
    const [issuing, root] = [await list(), await list('root')];
    now.offsetMs += 13 * 60 * 60 * 1000;
    expect(await list()).not.toEqual(issuing);
    expect(await list('root')).toEqual(root);
  });
});

describe('many who revoke', () => {
  test('wait neither for each other nor for the list that is being signed', async () => {
    const { database } = world.central;
    const release = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const holding = database.transaction(async (transaction) => {
      await lockRevocationList(transaction, 'issuing');
      await markListStale(transaction);
      held.resolve();
      await release.promise;
    });
    await held.promise;
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    const { certificates } = await world.kiosk.complete(run.id, await run.write());
    expect(certificates.length).toBeGreaterThan(0);
    release.resolve();
    await holding;
    const revoked = (await certificatesOfCard(database, run.issued.card.id)).filter(
      ({ revokedAt }) => revokedAt,
    );
    expect(revoked.length).toBeGreaterThan(0);
    const text = (await listText()).toLowerCase();
    for (const { serialNumber } of revoked) expect(text).toContain(serialNumber);
  });

  test('are all on the list of whoever fetches it afterwards, however many fetch it at once', async () => {
    const cards = await Promise.all(Array.from({ length: 6 }, () => world.issueCard()));
    const fetched = await Promise.all(
      cards.map(async ({ card }) => {
        const { serialNumber } = (await certificatesOnCard(world.central.database, card.id)).get('9A')!;
        await caCommand(world.central, ['revoke', serialNumber, '--reason', 'superseded'], quiet);
        return { serialNumber, text: (await listText()).toLowerCase() };
      }),
    );
    for (const { serialNumber, text } of fetched) expect(text).toContain(serialNumber);
  });
});

describe('a slot that the newest profile revision no longer names (RP-01, RP-02)', () => {
  test('is emptied, and its certificate revoked even for a reason that leaves others, if its key is left over', async () => {
    const issued = await world.issueCard();
    await putProfile(world.central, PROFILE.replace(/\n\[\[slots]]\nslot = "9E"[^[]*/, '\n'));
    const run = await OperationRun.begin(world.kiosk, issued, { reason: 'routine-key-rotation' });
    expect(run.plan.keys.map(({ slot }) => slot)).toEqual(['9A', '82', '9D', '9C']);
    expect(run.plan.removedKeys).toEqual(['9E', ...RETIRED_SLOTS.slice(1)]);
    expect(run.plan.emptiedCertificates).toEqual(['9E', ...RETIRED_SLOTS.slice(1)]);
    const result = await run.kiosk.complete(run.id, { ...(await run.write()), leftoverKeys: ['9E'] });
    expect(result).toMatchObject({ leftoverKeys: ['9E'], revokedCount: 1 });
    const all = await certificatesOfCard(world.central.database, issued.card.id);
    const old = all.filter(({ operationId }) => operationId === null);
    expect(Object.fromEntries(old.map(({ slot, state, isOnCard }) => [slot, [state, isOnCard]]))).toEqual({
      '9A': ['superseded', false],
      '9C': ['superseded', false],
      '9E': ['revoked', false],
      '82': ['active', true],
    });
    expect((await world.cardNow(issued)).profileRevision).toBe(2);
    expect(await listText()).not.toContain(old.find(({ slot }) => slot === '9A')!.serialNumber.toUpperCase());
  });

  test('has its certificate revoked too when the card would not let go of it, and only what was planned is told', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued, { reason: 'routine-key-rotation' });
    // 5FC101: the certificate of 9E. 5FC1FF: whatever a kiosk may make up.
    const unwritableObjects = ['5FC101', '5FC101', '5FC1FF'];
    const result = await run.kiosk.complete(run.id, { ...(await run.write()), unwritableObjects });
    expect(result).toMatchObject({ unwritableObjects: ['5FC101'], leftoverKeys: [], revokedCount: 1 });
    const all = await certificatesOfCard(world.central.database, issued.card.id);
    const old = all.find(({ slot, operationId }) => slot === '9E' && operationId === null);
    expect(old).toMatchObject({ state: 'revoked', isOnCard: false });
  });
});
