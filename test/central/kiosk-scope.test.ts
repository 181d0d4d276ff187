import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYBODY, groups } from '../../db/central/group-schema.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { CentralWorld } from './support/central-world.ts';
import { inviteForTest } from './support/invite-for-test.ts';
import { KioskCaller } from './support/kiosk-caller.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';

let world: CentralWorld;
let salesKiosk: KioskCaller;
let time = new Date();
const HOUR_MS = 60 * 60 * 1000;
const SALES = randomUUID();
const notServed = { status: 409, code: 'RP-07-not-served-here' };

beforeAll(async () => {
  world = await CentralWorld.open(() => time);
  await world.central.database.insert(groups).values({ id: SALES, name: 'sales', parentId: EVERYBODY });
  await inviteForTest(world.central, 'sales', ['sales']);
  salesKiosk = new KioskCaller(world.app, 'sales');
});
afterAll(() => world.close());

describe('a card whose holder is in none of the groups of a kiosk', () => {
  test('is looked up with nothing said of it but that it is not served here (RP-07)', async () => {
    const { card, holder } = await world.issueCard();
    const body = JSON.stringify({ serial: card.serial, guid: null });
    const answer = await salesKiosk.raw('/cards/lookup', body);
    expect([answer.statusCode, answer.json().code]).toEqual([notServed.status, notServed.code]);
    for (const known of [card.id, card.guid, holder.id, holder.displayName])
      expect(answer.body).not.toContain(known);
    const unknown = await salesKiosk.raw('/cards/lookup', JSON.stringify({ serial: '99', guid: null }));
    expect(unknown.json()).toEqual({ card: null, holder: null });
    expect((await world.kiosk.raw('/cards/lookup', body)).json().card.id).toBe(card.id);
  });

  test('proves nobody there, neither by its key nor by a code', async () => {
    const { card } = await world.issueCard();
    await expect(salesKiosk.ask(card.id)).rejects.toMatchObject(notServed);
    await expect(salesKiosk.typeCode(card.id, '12345678')).rejects.toMatchObject(notServed);
  });

  test('is not begun there, not even with a proof of a minute before (SY-04)', async () => {
    const issued = await world.issueCard({ holder: { groupId: SALES } });
    const proofId = await proveHolder(salesKiosk, issued);
    await savePerson(world.central.database, { ...issued.holder, groupId: EVERYBODY });
    const wish = { proofId, cardId: issued.card.id, reason: 'profile-updated', capabilities: FULL_CARD };
    const begun = salesKiosk.begin({ ...wish, recipientKey: new Uint8Array(32), acceptsKeyLoss: false });
    await expect(begun).rejects.toMatchObject(notServed);
  });
});

describe('a card that moves to other groups while a kiosk rewrites it', () => {
  async function beginAndMove() {
    const issued = await world.issueCard({ holder: { groupId: SALES } });
    const run = await OperationRun.begin(salesKiosk, issued);
    await run.authenticate();
    await savePerson(world.central.database, { ...issued.holder, groupId: EVERYBODY });
    return { issued, run };
  }

  test('is finished there, as long as its holder may stand there (SY-04)', async () => {
    const { run } = await beginAndMove();
    const { operationId } = await salesKiosk.complete(run.id, await run.write());
    expect(operationId).toBe(run.id);
  });

  test('gets no more secrets there an hour later, and is finished at a kiosk that serves it', async () => {
    const { issued, run } = await beginAndMove();
    await run.writeKeys();
    await run.changePin();
    time = new Date(time.getTime() + 2 * HOUR_MS);
    await expect(run.changeSecrets()).rejects.toMatchObject(notServed);
    await expect(run.release('9D')).rejects.toMatchObject(notServed);
    const elsewhere = await OperationRun.begin(world.kiosk, issued);
    expect(elsewhere.id).toBe(run.id);
    await world.kiosk.complete(elsewhere.id, await elsewhere.write());
  });

  test('gets them however long it takes where it did not move', async () => {
    const run = await OperationRun.begin(salesKiosk, await world.issueCard({ holder: { groupId: SALES } }));
    await run.authenticate();
    time = new Date(time.getTime() + 2 * HOUR_MS);
    await salesKiosk.complete(run.id, await run.write());
  });
});
