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

interface Listed {
  readonly isIntact: boolean;
  readonly brokenAt: number | null;
  readonly entries: readonly { readonly type: string }[];
}

async function list(central = world.central): Promise<Listed> {
  let text = '';
  const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
  await auditCommand(central, ['list', '--json'], io).catch(() => {});
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
        recordAudit(
          world.central,
          transaction,
          { type: 'test.entry', actor: 'command', detail: { n } },
          new Date(),
        ),
      );
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
    expect(await list()).toMatchObject({ isIntact: true, brokenAt: null });
  });

  /** What `audit list --json` says after some damage, which is then undone. */
  async function listAfter(...damage: readonly ReturnType<typeof sql>[]): Promise<Listed> {
    let listed: Listed | undefined;
    await world.central.database
      .transaction(async (transaction) => {
        for (const one of damage) await transaction.execute(one);
        const central = { ...world.central, database: transaction };
        listed = await list(central as never);
        await recordAudit(world.central, transaction, { type: 'test.next', actor: 'command' }, new Date());
        // Whatever is added later hides nothing.
        expect(await list(central as never)).toMatchObject({ isIntact: false });
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
    expect(await list()).toMatchObject({ isIntact: true });
    return listed!;
  }

  test.each([
    ['changed', sql`update audit set entry = replace(entry, 'test.entry', 'best.entry') where seq = `, 0],
    ['missing', sql`delete from audit where seq = `, 1],
    ['not readable at all', sql`update audit set entry = 'nonsense' where seq = `, 0],
    ['no object', sql`update audit set entry = 'null' where seq = `, 0],
  ])('shows an entry that is %s', async (_what, damage, after) => {
    const { entries } = await list();
    const seq = entries.length - 3;
    const listed = await listAfter(sql`${damage}${seq}`);
    expect(listed).toMatchObject({ isIntact: false, brokenAt: seq + after });
  });

  test('shows that the last entries are missing', async () => {
    const { entries } = await list();
    const listed = await listAfter(sql`delete from audit where seq > ${entries.length - 3}`);
    expect(listed).toMatchObject({ isIntact: false, brokenAt: entries.length - 2 });
  });

  test('shows that they are missing when the head was put back to where they end, without the key', async () => {
    const { entries } = await list();
    const last = entries.length - 3;
    const listed = await listAfter(
      sql`delete from audit where seq > ${last}`,
      sql`update audit_head set seq = ${last}, hash = (select hash from audit where seq = ${last})`,
    );
    expect(listed).toMatchObject({ isIntact: false, brokenAt: last + 1 });
  });

  test('shows that the head is missing, and tells in the audit where it was sealed anew', async () => {
    await world.central.database
      .transaction(async (transaction) => {
        const central = { ...world.central, database: transaction } as never;
        const { entries } = await list(central);
        await transaction.execute(sql`delete from audit_head`);
        expect(await list(central)).toMatchObject({ isIntact: false, brokenAt: entries.length + 1 });
        await recordAudit(world.central, transaction, { type: 'test.next', actor: 'command' }, new Date());
        const after = await list(central);
        expect(after.isIntact).toBe(true);
        expect(after.entries.slice(-2).map(({ type }) => type)).toEqual(['audit.sealed', 'test.next']);
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
  });
});
