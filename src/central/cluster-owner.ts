/** Whose cluster it is: central's, or a command's that found none running. Whoever owns it stops it. */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { ClusterFolder } from './cluster-folder.ts';

const POLL_MS = 40;
/** Connections of central and of commands carry it; a command's cluster stays while others work on it. */
export const APPLICATION_NAME = 'recard central';

/** Who has started the cluster and will stop it: the one whose session holds this lock. */
const OWNER_LOCKS = { central: 0x726563, command: 0x726564 } as const;
export type Owner = keyof typeof OWNER_LOCKS;

/** A session that holds the owner's lock; null when there is an owner. */
export async function own(folder: ClusterFolder, as: Owner): Promise<pg.Client | null> {
  const client = ownerClient(folder);
  await client.connect();
  const { rows } = await client.query('select pg_try_advisory_lock($1) as free', [OWNER_LOCKS[as]]);
  if (rows[0].free && (await heldLock(client)) === as) return client;
  await client.end();
  return null;
}

/**
 * Owns a cluster for as long as it is there: a session that a crash of PostgreSQL has ended is followed by another one.
 * @returns how to stop
 */
export function stayOwner(folder: ClusterFolder, as: Owner, first: pg.Client): () => Promise<void> {
  let client = first;
  let isOver = false;
  const take = (next: pg.Client) => {
    client = next;
    next.once('end', () => void resume());
  };
  const resume = async () => {
    while (!isOver) {
      const next = await own(folder, as).catch(() => null);
      if (next && !isOver) return take(next);
      if (next) await next.end();
      else await delay(POLL_MS);
    }
  };
  take(first);
  return async () => {
    isOver = true;
    await client.end().catch(() => {});
  };
}

/** Who owns a cluster that runs; null while it starts or ends, or when its owner was killed. */
export async function ownerOf(folder: ClusterFolder): Promise<Owner | null> {
  const client = ownerClient(folder);
  try {
    await client.connect();
    return await heldLock(client);
  } catch {
    // Shutting down or not up yet: nobody works with it.
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

async function heldLock(client: pg.Client): Promise<Owner | null> {
  const query = `select objid::int as lock from pg_locks where locktype = 'advisory' and granted and classid = 0
    and objid in ($1, $2) order by objid`;
  const { rows } = await client.query(query, [OWNER_LOCKS.central, OWNER_LOCKS.command]);
  if (rows.length === 0) return null;
  return rows[0].lock === OWNER_LOCKS.central ? 'central' : 'command';
}

/**
 * A session that keeps a command's cluster alive until it ends; null while nobody owns the cluster. It is there before the
 * owner is looked for: an owner that is leaving sees it, or it sees that the owner has left.
 */
export async function visit(folder: ClusterFolder): Promise<pg.Client | null> {
  const guest = ownerClient(folder, APPLICATION_NAME);
  try {
    await guest.connect();
    if ((await heldLock(guest)) !== null) return guest;
  } catch {
    // Shutting down or not up yet.
  }
  await guest.end().catch(() => {});
  return null;
}

/** Waits while other commands are at work on a cluster that a command has started, then gives its lock up. */
export async function leave(owner: pg.Client, limitMs: number): Promise<void> {
  const limit = Date.now() + limitMs;
  const lock = OWNER_LOCKS.command;
  for (;;) {
    while ((await countOthers(owner)) > 0 && Date.now() < limit) await delay(POLL_MS);
    await owner.query('select pg_advisory_unlock($1)', [lock]);
    // Whoever came before the lock was given up is here by now; nobody comes after it.
    if (Date.now() >= limit || (await countOthers(owner)) === 0) return;
    await owner.query('select pg_advisory_lock($1)', [lock]);
  }
}

async function countOthers(owner: pg.Client): Promise<number> {
  const query = 'select count(*)::int as others from pg_stat_activity where application_name = $1';
  return (await owner.query(query, [APPLICATION_NAME])).rows[0].others;
}

function ownerClient(folder: ClusterFolder, name?: string): pg.Client {
  const client = new pg.Client({
    ...{ host: folder.sockets, user: 'recard', database: 'recard', application_name: name },
  });
  // A session that breaks is seen by the query that it breaks.
  client.on('error', () => {});
  return client;
}
