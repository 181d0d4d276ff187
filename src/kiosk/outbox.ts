import { createHash } from 'node:crypto';
import { asc, desc, eq, lte } from 'drizzle-orm';
import { audit, outbox } from '../../db/kiosk/own/schema.ts';
import { type KioskEvent, kioskEvent } from '../protocol/event.ts';
import type { OwnDatabase } from './own-database.ts';

/** An event before it has its number. */
export type NewEvent = Omit<KioskEvent, 'n' | 'at'>;

const CHAIN_START = '0'.repeat(64);

/**
 * What happened here: every event gets the next number, stays in the local audit as a link of a hash chain (SE-05), and
 * waits in the outbox until central has acknowledged it (SY-02). Durable when a method returns.
 */
export class Outbox {
  readonly #own: OwnDatabase;
  readonly #now: () => Date;

  constructor(own: OwnDatabase, now: () => Date) {
    this.#own = own;
    this.#now = now;
  }

  /** @returns its number */
  record(event: NewEvent): number {
    return this.#own.db.transaction((tx) => {
      const last = tx.select().from(audit).orderBy(desc(audit.n)).limit(1).get();
      const n = (last?.n ?? 0) + 1;
      const body = JSON.stringify({ n, at: this.#now().toISOString(), ...event });
      tx.insert(audit)
        .values({ n, body, hash: link(last?.hash ?? CHAIN_START, body) })
        .run();
      tx.insert(outbox).values({ n }).run();
      return n;
    });
  }

  /** The oldest that are not acknowledged, in order. */
  waiting(limit: number): readonly KioskEvent[] {
    const rows = this.#own.db
      .select({ body: audit.body })
      .from(outbox)
      .innerJoin(audit, eq(audit.n, outbox.n))
      .orderBy(asc(outbox.n))
      .limit(limit)
      .all();
    return rows.map((row) => kioskEvent.parse(JSON.parse(row.body)));
  }

  /** Central has everything up to `n`. */
  acknowledge(n: number): void {
    this.#own.db.delete(outbox).where(lte(outbox.n, n)).run();
  }
}

/**
 * Follows the hash chain from its start.
 * @returns the number of the first entry that is missing or changed, or null when the chain is whole
 */
export function findBrokenLink(own: OwnDatabase): number | null {
  let previous = CHAIN_START;
  let expected = 1;
  for (const row of own.db.select().from(audit).orderBy(asc(audit.n)).all()) {
    if (row.n !== expected || row.hash !== link(previous, row.body)) return expected;
    previous = row.hash;
    expected += 1;
  }
  return null;
}

function link(previous: string, body: string): string {
  return createHash('sha256').update(previous).update(body).digest('hex');
}
