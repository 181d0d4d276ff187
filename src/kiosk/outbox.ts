import { createHash } from 'node:crypto';
import { asc, desc, eq, lte } from 'drizzle-orm';
import { audit, outbox } from '../../db/kiosk/own/schema.ts';
import { type KioskEvent, kioskEvent } from '../protocol/event.ts';
import type { OwnDatabase, OwnDb } from './own-database.ts';

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
      const sent = kioskEvent.parse({ n, at: this.#now().toISOString(), ...event });
      append(tx, sent, last?.hash ?? CHAIN_START);
      return n;
    });
  }

  /**
   * Central has taken more events of this kiosk than this file knows of: the one before it was lost. What is recorded in
   * this one is numbered after those, so that central does not take it for old.
   * @returns whether that was so
   */
  continueAfter(acknowledged: number): boolean {
    return this.#own.db.transaction((tx) => {
      const rows = tx.select().from(audit).orderBy(asc(audit.n)).all();
      if ((rows.at(-1)?.n ?? 0) >= acknowledged) return false;
      tx.delete(outbox).run();
      tx.delete(audit).run();
      let hash = CHAIN_START;
      for (const row of rows) {
        const event = kioskEvent.parse(JSON.parse(row.body));
        hash = append(tx, { ...event, n: event.n + acknowledged }, hash);
      }
      return true;
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
  const rows = own.db.select().from(audit).orderBy(asc(audit.n)).all();
  let expected = rows[0]?.n ?? 1;
  for (const row of rows) {
    if (row.n !== expected || row.hash !== link(previous, row.body)) return expected;
    previous = row.hash;
    expected += 1;
  }
  return null;
}

/** Adds a link to the chain, and puts it in the outbox. @returns its hash */
function append(tx: Pick<OwnDb, 'insert'>, event: KioskEvent, previous: string): string {
  const body = JSON.stringify(event);
  const hash = link(previous, body);
  tx.insert(audit).values({ n: event.n, body, hash }).run();
  tx.insert(outbox).values({ n: event.n }).run();
  return hash;
}

function link(previous: string, body: string): string {
  return createHash('sha256').update(previous).update(body).digest('hex');
}
