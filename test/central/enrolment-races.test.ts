/** SE-01: what two who come at the same time must not do to each other. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { kiosks } from '../../db/central/schema.ts';
import { confirmKiosk, renewKiosk } from '../../src/central/enrolment/renew.ts';
import { endKioskCertificates } from '../../src/central/repositories/kiosk-certificates.ts';
import { changeKiosk } from '../../src/central/repositories/kiosk-register.ts';
import type { Kiosk } from '../../src/central/repositories/kiosks.ts';
import { makeNewKey } from '../../src/kiosk/new-identity.ts';
import { SOON } from '../support/soon.ts';
import { ListeningCentral } from './support/listening-central.ts';

let central: ListeningCentral;
beforeAll(async () => {
  central = await ListeningCentral.open();
});
afterAll(() => central.close());

/** Somebody waits for a lock of the database. */
async function isWaited(): Promise<void> {
  await vi.waitFor(async () => {
    const answer = await central.world.central.database.execute(
      sql`select 1 from pg_locks where not granted`,
    );
    expect((answer as { readonly rows: readonly unknown[] }).rows.length).toBeGreaterThan(0);
  }, SOON);
}

const outcome = (work: Promise<unknown>) => work.then(() => 'done').catch((error) => error.code ?? error);

test.each([
  [
    'renew',
    async (kiosk: Kiosk) => renewKiosk(central.world.central, kiosk, (await makeNewKey('x')).request),
  ],
  ['confirm', (kiosk: Kiosk) => confirmKiosk(central.world.central, kiosk)],
])('a machine that another one takes the place of cannot %s itself into it again', async (name, ask) => {
  const { database } = central.world.central;
  const { identity } = await central.kiosk(`replaced-${name}`);
  const row = (await database.select().from(kiosks).where(eq(kiosks.id, identity.kioskId)))[0]!;
  const kiosk = { ...row, certificateSerial: identity.certificateSerial };
  let asked: Promise<unknown> = Promise.resolve();
  await database.transaction(async (transaction) => {
    // As an enrolment does, which is not committed yet.
    await changeKiosk(transaction, kiosk.id, { enrolledAt: new Date() });
    await endKioskCertificates(transaction, kiosk.id, new Date());
    asked = outcome(ask(kiosk));
    await Promise.race([asked, isWaited()]);
  });
  expect(await asked).toBe('SE-01-kiosk-revoked');
});
