import { eq, sql } from 'drizzle-orm';
import { paces } from '../../db/kiosk/own/schema.ts';
import type { PaceMemory } from '../encoder/ports.ts';
import type { Log } from './log.ts';
import type { OwnDatabase } from './own-database.ts';

/** So many cards make up a mean: what is newer counts more. */
const MEMORY_CARDS = 8;

/** What this kiosk has learned of cards that answer a reset alike, so that the next one's time is known from its first step on (UX-03). */
export class CardPaces implements PaceMemory {
  readonly #own: OwnDatabase;
  readonly #family: string;
  readonly #log: Log;
  readonly #known: ReadonlyMap<string, number>;

  constructor(own: OwnDatabase, atr: Uint8Array, log: Log) {
    this.#own = own;
    this.#family = Buffer.from(atr).toString('hex');
    this.#log = log;
    const rows = own.db.select().from(paces).where(eq(paces.family, this.#family)).all();
    this.#known = new Map(rows.map(({ kind, pace }) => [kind, pace]));
  }

  paceOf(kind: string): number | null {
    return this.#known.get(kind) ?? null;
  }

  /** A full disk takes no more, and nobody is bothered with it. */
  learn(learned: ReadonlyMap<string, number>): void {
    const values = [...learned]
      .filter(([, pace]) => Number.isFinite(pace) && pace > 0)
      .map(([kind, pace]) => ({ family: this.#family, kind, cards: 1, pace }));
    if (values.length === 0) return;
    const share = sql`min(${paces.cards} + 1, ${MEMORY_CARDS})`;
    const set = {
      cards: sql`${paces.cards} + 1`,
      pace: sql`${paces.pace} + (excluded.pace - ${paces.pace}) / ${share}`,
    };
    try {
      this.#own.db
        .insert(paces)
        .values(values)
        .onConflictDoUpdate({ target: [paces.family, paces.kind], set })
        .run();
    } catch (error) {
      this.#log.warn({ err: error }, 'what a card took is not remembered');
    }
  }
}
