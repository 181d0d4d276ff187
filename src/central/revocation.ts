/** Publishing revocation lists: made from the database, kept there, renewed when stale or nearly out of date. */
import type { Central } from './central.ts';
import { listRevoked } from './repositories/certificates.ts';
import {
  findRevocationList,
  lockRevocationList,
  type RevocationListName,
  type RevocationListRow,
  saveRevocationList,
} from './repositories/revocation-lists.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFE_MS: Readonly<Record<RevocationListName, number>> = { issuing: DAY_MS, root: 180 * DAY_MS };
/** The share of its life after which a list is renewed, so that there is always a valid one. */
const RENEW_AFTER = 0.5;
/** Verifiers whose clocks are slow must not find a list of the future. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * The present list, DER; signed anew where something was revoked since or half of its life is over. Several processes
 * may ask at once: one signs.
 */
export async function publishRevocationList(central: Central, name: RevocationListName): Promise<Uint8Array> {
  const now = central.now();
  const published = presentList(await findRevocationList(central.database, name), now);
  if (published) return published;
  return central.database.transaction(async (transaction) => {
    const row = await lockRevocationList(transaction, name);
    const meanwhile = presentList(row, now);
    if (meanwhile) return meanwhile;
    const number = (row?.number ?? 0) + 1;
    const nextUpdate = new Date(now.getTime() + LIFE_MS[name]);
    const order = { number, thisUpdate: new Date(now.getTime() - CLOCK_SKEW_MS), nextUpdate };
    const { ca } = central.authority;
    const der =
      name === 'issuing'
        ? await ca.signCrl({ ...order, revoked: await listRevoked(transaction) })
        : await ca.signRootCrl({ ...order, revoked: [] });
    await saveRevocationList(transaction, { name, number, der, nextUpdate, isStale: false });
    return der;
  });
}

function presentList(row: RevocationListRow | undefined, now: Date): Uint8Array | null {
  if (!row?.der || !row.nextUpdate || row.isStale) return null;
  const left = row.nextUpdate.getTime() - now.getTime();
  return left > LIFE_MS[row.name] * (1 - RENEW_AFTER) ? row.der : null;
}
