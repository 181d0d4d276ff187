import { and, asc, count, eq, gt, lte } from 'drizzle-orm';
import { audit, chains, outbox } from '../../db/kiosk/own/schema.ts';
import { kioskEvent, LEGACY_CHAIN, type SignedEvent } from '../protocol/event.ts';
import { isOfDisk } from './disk-reserve.ts';
import {
  append,
  beginChain,
  type ChainPorts,
  fromHex,
  type NewEvent,
  ownChain,
  sign,
} from './event-chain.ts';
import type { OwnDatabase, OwnDb } from './own-database.ts';

/** Events of one chain that central has not acknowledged, in order. */
export interface Waiting {
  readonly chain: string;
  /** Number of the first; the others follow it without a gap. */
  readonly first: number;
  /** None of the legacy chain, which cannot be continued. */
  readonly events: readonly SignedEvent[];
}

/** So that a request stays far below what central takes, however its text is escaped. */
const MAX_CHARACTERS = 200_000;
/** Held in memory; a kiosk that writes nothing begins nothing, so that there are few. */
const MAX_HELD = 1000;
const MISSING = { type: 'events.missing', cardId: null, operationId: null } as const;

/**
 * What happened here: every event gets the next number, stays in the local audit as a signed link of a hash chain (SE-05),
 * and waits in the outbox until central has acknowledged it (SY-02). Durable when a method returns, unless it says otherwise.
 */
export class Outbox {
  readonly #own: OwnDatabase;
  readonly #ports: ChainPorts;
  #held: readonly NewEvent[] = [];
  /** Of which there was no room even in memory. */
  #dropped = 0;

  constructor(own: OwnDatabase, ports: ChainPorts) {
    this.#own = own;
    this.#ports = ports;
  }

  /**
   * One that cannot be written down now, since the disk takes nothing, is held in memory and written as soon as that is possible, with
   * the time at which it happened; until then `isHolding`.
   * @returns its number; null while it is held
   */
  record(event: NewEvent): number | null {
    const whole = { at: this.#ports.now().toISOString(), ...event };
    // One that could never be written must not stand in the way of those that are held.
    heldEvent.parse(whole);
    const numbers = this.#write([whole]);
    return numbers?.at(-1) ?? null;
  }

  /** What could not be written down is in memory only. */
  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** Tries to write down what is held. @returns whether something was */
  retry(): boolean {
    return this.isHolding && this.#write([]) !== null;
  }

  #write(events: readonly NewEvent[]): number[] | null {
    const all = [...this.#held, ...events];
    try {
      const numbers = this.#own.commit((tx) => {
        if (this.#dropped > 0)
          append(tx, this.#ports, { ...MISSING, detail: { dropped: this.#dropped, why: 'disk' } });
        return all.map((event) => append(tx, this.#ports, event));
      });
      this.#held = [];
      this.#dropped = 0;
      return numbers;
    } catch (error) {
      if (!isOfDisk(error)) throw error;
      this.#held = all.slice(0, MAX_HELD);
      this.#dropped += all.length - this.#held.length;
      return null;
    }
  }

  /** How many central has not acknowledged. */
  count(): number {
    return this.#own.db.select({ count: count() }).from(outbox).get()?.count ?? 0;
  }

  /** The oldest that are not acknowledged; null when there are none, or when they cannot be signed yet. */
  waiting(limit: number): Waiting | null {
    return this.#own.db.transaction((tx) => {
      const rows = this.#oldest(tx, limit);
      const first = rows[0];
      if (!first) return null;
      if (first.chain === LEGACY_CHAIN) return { chain: first.chain, first: first.n, events: [] };
      const events: SignedEvent[] = [];
      let characters = 0;
      for (const row of rows) {
        characters += row.body.length;
        if (row.chain !== first.chain || row.n !== first.n + events.length) break;
        if (events.length > 0 && characters > MAX_CHARACTERS) break;
        const signed = this.#signed(tx, row);
        if (!signed) return null;
        events.push(signed);
      }
      return { chain: first.chain, first: first.n, events };
    });
  }

  /** Central has everything up to `n` of this chain. */
  acknowledge(chain: string, n: number): void {
    const isSent = and(eq(outbox.chain, chain), lte(outbox.n, n));
    this.#own.db.delete(outbox).where(isSent).run();
  }

  /**
   * Central has only 1 … n of this chain: it was restored from a backup. What follows is sent once more.
   * @returns false where that is not here any more
   */
  sendAgainAfter(chain: string, n: number): boolean {
    return this.#own.db.transaction((tx) => {
      const isLater = and(eq(audit.chain, chain), gt(audit.n, n));
      const rows = tx.select({ n: audit.n }).from(audit).where(isLater).orderBy(asc(audit.n)).all();
      if (rows[0]?.n !== n + 1) return false;
      for (const row of rows) tx.insert(outbox).values({ chain, n: row.n }).onConflictDoNothing().run();
      return true;
    });
  }

  /**
   * Gives up a chain that central does not let go on: what of it waits is recorded once more in this file's own chain,
   * which begins anew where it was that one.
   * @param why a code, for the first event of the new chain
   * @param missing numbers of it that are lost, if some are; that is recorded
   */
  leave(chain: string, why: string, missing?: { readonly from: number; readonly to: number }): void {
    this.#own.db.transaction((tx) => {
      const isOf = eq(outbox.chain, chain);
      const rows = tx.select().from(outbox).innerJoin(audit, isSame).where(isOf).orderBy(asc(outbox.n)).all();
      if (ownChain(tx) === chain) beginChain(tx, this.#ports, { why });
      if (missing) append(tx, this.#ports, { ...MISSING, detail: { chain, ...missing } });
      for (const { audit: row } of rows) this.#carry(tx, row);
      tx.delete(outbox).where(isOf).run();
    });
  }

  #carry(tx: Pick<OwnDb, 'select' | 'insert'>, { chain, n, body }: typeof audit.$inferSelect): void {
    const { at, type, cardId, operationId, detail, carriedFrom } = readBody(chain, body);
    const from = carriedFrom ?? { chain, n };
    append(tx, this.#ports, { at, type, cardId, operationId, detail, carriedFrom: from });
  }

  #oldest(tx: Pick<OwnDb, 'select'>, limit: number): (typeof audit.$inferSelect)[] {
    const rows = tx
      .select({ row: audit })
      .from(outbox)
      .innerJoin(audit, isSame)
      .innerJoin(chains, eq(chains.id, outbox.chain))
      .orderBy(asc(chains.position), asc(outbox.n))
      .limit(limit)
      .all();
    return rows.map(({ row }) => row);
  }

  /** Null while this kiosk has no key. One that was recorded without is signed now, for good. */
  #signed(tx: Pick<OwnDb, 'update'>, row: typeof audit.$inferSelect): SignedEvent | null {
    const { chain, n, body, hash } = row;
    let { signature, certificate } = row;
    if (signature === null || certificate === null) {
      const signer = this.#ports.signer();
      if (!signer) return null;
      const made = sign(signer, fromHex(hash));
      const isThis = and(eq(audit.chain, chain), eq(audit.n, n));
      tx.update(audit).set(made).where(isThis).run();
      ({ signature, certificate } = made);
    }
    return { body, hash, signature: new Uint8Array(Buffer.from(signature, 'base64')), certificate };
  }
}

/** An event without its place. */
const heldEvent = kioskEvent.omit({ chain: true, n: true });
const isSame = and(eq(audit.chain, outbox.chain), eq(audit.n, outbox.n));

/** What was recorded before there were chains does not name one. */
function readBody(chain: string, body: string) {
  const json = JSON.parse(body);
  return kioskEvent.parse(chain === LEGACY_CHAIN ? { chain, ...json } : json);
}
