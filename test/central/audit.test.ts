import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditCommand } from '../../src/central/command/audit.ts';
import { recordAudit } from '../../src/central/repositories/audit.ts';
import type { KioskEvent } from '../../src/protocol/event.ts';
import { CentralWorld } from './support/central-world.ts';
import { OperationRun } from './support/operation-run.ts';

let world: CentralWorld;

beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

async function list(): Promise<{ isIntact: boolean; brokenAt: number | null; entries: { type: string }[] }> {
  let text = '';
  const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
  await auditCommand(world.central, ['list', '--json'], io).catch(() => {});
  return JSON.parse(text);
}

function anEvent(n: number): KioskEvent {
  const at = '2026-11-22T12:00:00Z';
  return { n, at, type: 'card.inserted', cardId: null, operationId: null, detail: { n } };
}

describe('events of a kiosk', () => {
  test('are in the audit with their own number and time, whatever their details are called', async () => {
    const kiosk = await world.addKiosk('liar');
    await kiosk.events({ events: [{ ...anEvent(1), detail: { n: 99, at: 'never' } }] });
    expect((await list()).entries.at(-1)).toMatchObject({ detail: { n: 1, at: anEvent(1).at } });
  });

  test.each([
    ['a number that no database column holds', { ...anEvent(1), n: 2_147_483_648 }],
    ['U+0000 in a detail', { ...anEvent(1), detail: { code: 'a\0b' } }],
    ['U+0000 in the name of one', { ...anEvent(1), detail: { 'a\0b': 1 } }],
  ])('are refused with %s', async (_what, event) => {
    const kiosk = await world.addKiosk('nonsense');
    const answer = await kiosk.raw('/events', JSON.stringify({ events: [event] }));
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'SE-07-bad-request' });
  });

  test('count once however often they are sent, and are acknowledged up to the first gap', async () => {
    const kiosk = await world.addKiosk('events');
    const before = (await list()).entries.length;
    expect(await kiosk.events({ events: [anEvent(1), anEvent(2)] })).toEqual({ acknowledged: 2 });
    expect(await kiosk.events({ events: [anEvent(1), anEvent(2), anEvent(3)] })).toEqual({ acknowledged: 3 });
    expect(await kiosk.events({ events: [anEvent(5)] })).toEqual({ acknowledged: 3 });
    expect(await kiosk.events({ events: [anEvent(4)] })).toEqual({ acknowledged: 5 });
    expect((await list()).entries.length - before).toBe(5);
  });

  test('count once when they are sent twice at the same time', async () => {
    const kiosk = await world.addKiosk('twice');
    const before = (await list()).entries.length;
    await Promise.all([1, 2, 3].map(() => kiosk.events({ events: [anEvent(1), anEvent(2)] })));
    expect((await list()).entries.length - before).toBe(2);
  });
});

test('an operation is in the audit from begin to complete, without any secret', async () => {
  const issued = await world.issueCard();
  const run = await OperationRun.begin(world.kiosk, issued);
  await run.kiosk.complete(run.id, await run.write());
  const { entries } = await list();
  const types = entries.filter((entry) => (entry as { operationId?: string }).operationId === run.id);
  expect(types.map(({ type }) => type)).toEqual([
    'operation.begun',
    'certificate.held',
    'certificate.held',
    'certificate.held',
    'operation.completed',
  ]);
  const text = JSON.stringify(entries);
  expect(text).not.toContain(issued.soft.puk);
  expect(text).not.toContain(Buffer.from(issued.soft.managementKey).toString('hex'));
});

describe('the chain of the audit', () => {
  test('holds while many write at once', async () => {
    const write = (n: number) =>
      world.central.database.transaction((transaction) =>
        recordAudit(transaction, { type: 'test.entry', actor: 'command', detail: { n } }, new Date()),
      );
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
    expect(await list()).toMatchObject({ isIntact: true, brokenAt: null });
  });

  test.each([
    ['changed', sql`update audit set entry = replace(entry, 'test.entry', 'best.entry') where seq = `],
    ['missing', sql`delete from audit where seq = `],
  ])('shows an entry that is %s', async (_what, damage) => {
    const { entries } = await list();
    const seq = entries.length - 3;
    await world.central.database
      .transaction(async (transaction) => {
        await transaction.execute(sql`${damage}${seq}`);
        const text: string[] = [];
        const io = { stdout: { write: (more: string) => text.push(more) }, stderr: { write: () => {} } };
        const central = { ...world.central, database: transaction };
        await expect(auditCommand(central as never, ['list', '--json'], io)).rejects.toThrow(
          'the chain is broken',
        );
        expect(JSON.parse(text.join(''))).toMatchObject({ isIntact: false });
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
    expect(await list()).toMatchObject({ isIntact: true });
  });
});
