/** Publishing revocation lists: made from the database, kept there, renewed when stale or nearly out of date. */
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import { listRevoked } from './repositories/certificates.ts';
import {
  findRevocationList,
  hasUnlisted,
  lockRevocationList,
  type RevocationListName,
  type RevocationListRow,
  saveRevocationList,
  takeUnlisted,
} from './repositories/revocation-lists.ts';
import { SharedWork } from './shared-work.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFE_MS: Readonly<Record<RevocationListName, number>> = { issuing: DAY_MS, root: 180 * DAY_MS };
/** The share of its life after which a list is renewed, so that there is always a valid one. */
const RENEW_AFTER = 0.5;
/** Verifiers whose clocks are slow must not find a list of the future. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** Revocations of so long are on one list; signing one takes its share of a processor, and whoever wants it sooner has it signed. */
const SOON_MS = 2000;

/** What this process signs, by database and name. */
const signing = new WeakMap<Database, Readonly<Record<RevocationListName, SharedWork<Uint8Array>>>>();
const waiting = new WeakSet<Database>();

/**
 * The present list, DER: it has everything that was revoked before this was called. Signed anew where something was revoked
 * since or half of its life is over. Of those who ask at once, in several processes too, one signs.
 */
export async function publishRevocationList(central: Central, name: RevocationListName): Promise<Uint8Array> {
  const { database } = central;
  const isOld = name === 'issuing' && (await hasUnlisted(database));
  const published = isOld ? null : presentList(await findRevocationList(database, name), central.now());
  if (published) return published;
  const shared = signing.get(database) ?? { issuing: new SharedWork(), root: new SharedWork() };
  signing.set(database, shared);
  return shared[name].run(() => signList(central, name));
}

/**
 * Has the list of the issuing CA signed in a moment, for all that is revoked until then, and nobody waits for it. Whoever
 * fetches the list before gets it signed at once; if it cannot be signed, they are told why.
 */
export function publishSoon(central: Central): void {
  const { database } = central;
  if (waiting.has(database)) return;
  waiting.add(database);
  const publish = () => {
    waiting.delete(database);
    publishRevocationList(central, 'issuing').catch(() => undefined);
  };
  setTimeout(publish, SOON_MS).unref();
}

async function signList(central: Central, name: RevocationListName): Promise<Uint8Array> {
  return central.database.transaction(async (transaction) => {
    const now = central.now();
    const row = await lockRevocationList(transaction, name);
    const isOld = name === 'issuing' && (await takeUnlisted(transaction));
    const meanwhile = isOld ? null : presentList(row, now);
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
