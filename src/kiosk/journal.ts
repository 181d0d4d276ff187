import { and, eq, lt, sql } from 'drizzle-orm';
import { journal } from '../../db/kiosk/own/schema.ts';
import type { Journal, StepName } from '../encoder/ports.ts';
import type { OwnDatabase } from './own-database.ts';

/** A step of an operation that is not finished. */
export interface JournalledStep {
  readonly operationId: string;
  readonly cardId: string;
  readonly step: StepName;
  readonly state: 'intended' | 'done';
}

/** The journal of one operation. It is durable when a method returns, and kept until central's answer is there. */
export class OperationJournal implements Journal {
  readonly #own: OwnDatabase;
  readonly #operationId: string;
  readonly #cardId: string;
  readonly #now: () => Date;

  constructor(own: OwnDatabase, operationId: string, cardId: string, now: () => Date) {
    this.#own = own;
    this.#operationId = operationId;
    this.#cardId = cardId;
    this.#now = now;
  }

  intend(step: StepName): void {
    this.#put(step, 'intended');
  }

  done(step: StepName): void {
    this.#put(step, 'done');
  }

  /** Central's answer to `complete` is there: nothing of this operation is open any more. */
  remove(): void {
    this.#own.db.delete(journal).where(eq(journal.operationId, this.#operationId)).run();
  }

  #put(step: StepName, state: JournalledStep['state']): void {
    const row = {
      operationId: this.#operationId,
      cardId: this.#cardId,
      step,
      state,
      at: this.#now().toISOString(),
    };
    this.#own.db
      .insert(journal)
      .values(row)
      .onConflictDoUpdate({
        target: [journal.operationId, journal.step],
        set: { state: sql`excluded.state`, at: sql`excluded.at` },
      })
      .run();
  }
}

/**
 * Forgets operations that have ended without this kiosk: finished at another one, or abandoned.
 * @param before what was journalled since is left, whatever is said of its card
 * @param isOpen whether a card has an operation that is not finished
 */
export function forgetEnded(own: OwnDatabase, before: Date, isOpen: (cardId: string) => boolean): void {
  const { cardId, at } = journal;
  const isOld = lt(at, before.toISOString());
  for (const row of own.db.selectDistinct({ cardId }).from(journal).where(isOld).all()) {
    if (!isOpen(row.cardId))
      own.db
        .delete(journal)
        .where(and(eq(cardId, row.cardId), isOld))
        .run();
  }
}

/** Steps of every operation that this kiosk has begun and not seen the end of, oldest first. */
export function unfinishedSteps(own: OwnDatabase): readonly JournalledStep[] {
  const { operationId, cardId, step, state } = journal;
  return own.db.select({ operationId, cardId, step, state }).from(journal).orderBy(journal.at).all();
}
