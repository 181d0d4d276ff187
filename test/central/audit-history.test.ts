/** What the audit says of a card, of somebody and of a kiosk is found without reading all of it. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CARD_OF_ENTRY,
  KIOSK_OF_ENTRY,
  PERSON_OF_ENTRY,
  REQUEST_OF_ENTRY,
} from '../../db/central/chain-schema.ts';
import { auditOfKiosk, countHistoryOf, historyOf } from '../../src/central/repositories/audit-history.ts';
import { CentralWorld } from './support/central-world.ts';

const ENTRIES = Number(process.env.AUDIT_ENTRIES ?? 20_000);
const CARDS = 1000;
const CARD = '00000000-0000-4000-8000-000000000007';
const PERSON = '00000000-0000-4000-9000-000000000007';

let world: CentralWorld;
beforeAll(async () => {
  world = await CentralWorld.open();
  const uuid = (variant: string, n: string) =>
    sql.raw(`'00000000-0000-4000-${variant}-' || lpad((${n})::text, 12, '0')`);
  await world.central.database.execute(sql`
    insert into audit (seq, entry, previous_hash, hash)
    select 1000000 + n, '{"actor":"' || case when n % 2 = 0 then 'kiosk:hall' || n % 50 else 'operator:helga' end
      || '","at":"2026-01-01T00:00:00.000Z","cardId":"' || (${uuid('8000', `n % ${CARDS}`)})
      || '","detail":{"kiosk":"hall' || n % 50 || '","owner":"' || (${uuid('9000', `n % ${CARDS}`)})
      || '"},"seq":' || (1000000 + n) || ',"type":"card.disabled"}', '\\x00', '\\x00'
    from generate_series(1, ${sql.raw(String(ENTRIES))}) n`);
  await world.central.database.execute(sql`analyze audit`);
});
afterAll(() => world?.close());

async function plan(expression: typeof CARD_OF_ENTRY, value: string): Promise<string> {
  const answer = await world.central.database.execute(sql`
    explain select found.entry from unnest(${sql.param([value])}::text[]) as subject cross join lateral (
      select entry from audit where ${expression} = subject order by seq desc limit 50) as found`);
  return JSON.stringify((answer as unknown as { rows: unknown[] }).rows);
}

describe('of a long audit', () => {
  test.each([
    ['audit_card', CARD_OF_ENTRY, CARD],
    ['audit_person', PERSON_OF_ENTRY, PERSON],
    ['audit_request', REQUEST_OF_ENTRY, CARD],
    ['audit_kiosk', KIOSK_OF_ENTRY, 'hall7'],
  ] as const)('%s is used, and not all of it read', async (index, expression, value) => {
    const text = await plan(expression, value);
    expect(text).toContain(index);
    expect(text).not.toContain('Seq Scan');
  });

  test('the newest lines come first, and each once', async () => {
    const { database } = world.central;
    const subjects = { cardIds: [CARD], personIds: [PERSON], requestIds: [] };
    const lines = await historyOf(database, subjects, 5);
    const newest = 1_000_000 + ENTRIES - CARDS + 7;
    expect(lines.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4].map((back) => newest - back * CARDS));
  });

  test('all lines are counted, each once, though it tells of a card and of its holder', async () => {
    const { database } = world.central;
    const nobody = { cardIds: [], personIds: [], requestIds: [] };
    expect(await countHistoryOf(database, nobody)).toBe(0);
    for (const some of [
      { cardIds: [CARD] },
      { personIds: [PERSON] },
      { cardIds: [CARD], personIds: [PERSON] },
    ])
      expect(await countHistoryOf(database, { ...nobody, ...some })).toBe(ENTRIES / CARDS);
  });

  test('a kiosk has what it did itself, and what was done at it', async () => {
    const lines = await auditOfKiosk(world.central.database, 'hall7', null, 200);
    expect(lines).toHaveLength(200);
    expect(lines.every(({ seq }) => seq % 50 === 7)).toBe(true);
    const next = await auditOfKiosk(world.central.database, 'hall7', lines.at(-1)!.seq, 200);
    expect(next[0]!.seq).toBe(lines.at(-1)!.seq - 50);
  });
});
