import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EnrolledKiosk, ListeningCentral } from './support/listening-central.ts';

let central: ListeningCentral;
let kiosk: EnrolledKiosk;
beforeAll(async () => {
  central = await ListeningCentral.open();
  kiosk = await central.kiosk('patient');
});
afterAll(() => central.close());

test('strangers who fetch revocation lists while these are slow do not keep kiosks from the database', async () => {
  const { database } = central.world.central;
  let lists: Promise<readonly number[]> = Promise.resolve([]);
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`lock table revocation_lists in access exclusive mode`);
    const fetched = Array.from({ length: 100 }, () => fetch(`${central.publishedUrl}/crl/issuing.crl`));
    lists = Promise.all(fetched.map(async (one) => (await one).status));
    for (let i = 0; i < 5; i += 1)
      expect(await kiosk.client.lookup({ serial: '1', guid: null })).toMatchObject({ kind: 'ok' });
  });
  expect(new Set(await lists)).toEqual(new Set([200]));
});
