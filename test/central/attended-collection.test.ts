import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putOperator, takeOperator } from '../../src/central/command/put-operator.ts';
import type { IssuedCard } from './support/central-world.ts';
import { CollectionWorld } from './support/collection-world.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';

/** Keys onto an existing card, collected in an operator's session while its owner enters the PIN (KR-02, KR-03, KR-04). */

let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open();
  await putOperator(world.world.central, await loginOf('root'), 'administrator', 'all');
});
afterAll(() => world.world.close());

let count = 0;
async function loginOf(login: string): Promise<string> {
  await world.world.issueCard({ holder: { login } });
  return login;
}

interface Desk {
  readonly kiosk: KioskCaller;
  readonly operator: IssuedCard;
  readonly login: string;
}

async function desk(): Promise<Desk> {
  count += 1;
  const login = `operator${count}`;
  const operator = await world.world.issueCard({ holder: { login } });
  await putOperator(world.world.central, login, 'helpdesk', 'all');
  const alone = world.kiosk;
  return { kiosk: alone.signedIn(await world.signIn(operator)), operator, login };
}

async function waitingFor(kiosk: KioskCaller, issued: IssuedCard) {
  const proofId = await proveHolder(kiosk, issued);
  const { items } = await kiosk.waiting({ proofId, cardId: issued.card.id, capabilities: FULL_CARD });
  return { proofId, items };
}

describe('an operator who is signed in', () => {
  test('sees what waits for the owner of the card, and brings it onto the card', async () => {
    const { kiosk } = await desk();
    const issued = await world.world.issueCard();
    const id = await world.request(issued, await world.oldKeys(issued, 'P-256'));
    const { proofId, items } = await waitingFor(kiosk, issued);
    expect(items).toMatchObject([{ requestId: id, isForThisCard: true, obstacle: null }]);
    const run = await OperationRun.collect(kiosk, issued, id, { proofId });
    await run.kiosk.complete(run.id, await run.writeCollected());
    expect(await world.stateOf(id)).toBe('completed');
  });

  test('is not one any more as soon as the right is taken away, whatever was in sight', async () => {
    const { kiosk, login } = await desk();
    const issued = await world.world.issueCard();
    const id = await world.request(issued, await world.oldKeys(issued, 'P-256'));
    const { proofId } = await waitingFor(kiosk, issued);
    await takeOperator(world.world.central, login);
    const gone = { status: 403, code: 'ID-05-not-an-operator' };
    await expect(waitingFor(kiosk, issued)).rejects.toMatchObject(gone);
    await expect(OperationRun.collect(kiosk, issued, id, { proofId })).rejects.toMatchObject(gone);
    expect(await world.stateOf(id)).toBe('ready');
    // Its owner needs nobody for it.
    await OperationRun.collect(world.kiosk, issued, id);
  });

  test('collects nothing of their own in their session', async () => {
    const { kiosk, operator } = await desk();
    const own = await world.world.issueCard({ holder: operator.holder });
    const id = await world.request(own, await world.oldKeys(own, 'P-256'));
    const { proofId, items } = await waitingFor(kiosk, own);
    expect(items).toMatchObject([{ requestId: id, obstacle: 'KR-04-own-keys' }]);
    const work = OperationRun.collect(kiosk, own, id, { proofId });
    await expect(work).rejects.toMatchObject({ code: 'KR-04-own-keys' });
  });
});
