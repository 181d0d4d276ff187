/** What the first reasons are called in French and Spanish, at a central that was there before (UX-05). */
import { readFileSync } from 'node:fs';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reasons } from '../../db/central/schema.ts';
import { titlesOfReasons } from '../../src/central/repositories/reasons.ts';
import { CentralWorld } from './support/central-world.ts';

let world: CentralWorld;
beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

const MIGRATION = new URL('../../db/central/migrations/0027_reasons-in-four-languages.sql', import.meta.url);

test('a central from before learns the same titles as a new one has, and keeps those of its own', async () => {
  const { database } = world.central;
  const first = await titlesOfReasons(database);
  for (const [code, { en, de }] of first) {
    await database
      .update(reasons)
      .set({ titles: { en: en!, de: de! } })
      .where(eq(reasons.code, code));
  }
  const own = { en: 'The card fell into the sea', de: first.get('lost')!.de! };
  await database.update(reasons).set({ titles: own }).where(eq(reasons.code, 'lost'));
  await database.execute(sql.raw(readFileSync(MIGRATION, 'utf8')));
  expect(await titlesOfReasons(database)).toEqual(new Map([...first, ['lost', own]]));
  const { reason } = await world.kiosk.copy();
  expect(reason.get('profile-updated')).toMatchObject({ titles: { fr: expect.any(String) } });
});
