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

/**
 * The journal of one operation, kept until central's answer is there. An intent is durable when `intend` returns; an
 * outcome becomes so with the next intent, so that a step waits for the disk once.
 */
export class OperationJournal implements Journal {
  readonly #own: OwnDatabase;
  readonly #operationId: string;
  readonly #put: (values: { step: StepName; state: JournalledStep['state']; at: string }) => void;
  readonly #now: () => Date;
  /** Done, and not durable yet. */
  #done: StepName | null = null;

  constructor(own: OwnDatabase, operationId: string, cardId: string, now: () => Date) {
    this.#own = own;
    this.#operationId = operationId;
    this.#now = now;
    const put = prepare(own);
    this.#put = (values) => put.run({ operationId, cardId, ...values });
  }

  intend(step: StepName): void {
    const at = this.#now().toISOString();
    const done = this.#done;
    this.#own.commit(() => {
      if (done !== null) this.#put({ step: done, state: 'done', at });
      this.#put({ step, state: 'intended', at });
    });
    this.#done = null;
  }

  done(step: StepName): void {
    this.#done = step;
  }

  /** Central's answer to `complete` is there: nothing of this operation is open any more. */
  remove(): void {
    this.#done = null;
    this.#own.db.delete(journal).where(eq(journal.operationId, this.#operationId)).run();
  }
}

function prepare(own: OwnDatabase) {
  const values = {
    operationId: sql.placeholder('operationId'),
    cardId: sql.placeholder('cardId'),
    step: sql.placeholder('step'),
    state: sql.placeholder('state'),
    at: sql.placeholder('at'),
  };
  const target = [journal.operationId, journal.step];
  const set = { state: sql`excluded.state`, at: sql`excluded.at` };
  return own.db.insert(journal).values(values).onConflictDoUpdate({ target, set }).prepare();
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
