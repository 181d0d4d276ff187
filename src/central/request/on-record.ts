import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { type Actor, actorDetail } from './actor.ts';

/** As what the audit has it that somebody was refused. */
export type RefusedAs =
  | 'request.refused'
  | 'card.refused'
  | 'statement.refused'
  | 'code.refused'
  | 'operation.refused'
  | 'desk.refused';

/** What was tried; `request` and `cardId` where they are known. */
export interface Attempt {
  /** make, approve, reject, cancel, … */
  readonly action: string;
  readonly request?: string;
  readonly cardId?: string | undefined;
  readonly [more: string]: string | undefined;
}

/**
 * Does something with requests, or with cards, in one transaction. What is refused has changed nothing, and is in the audit all the same
 * (KR-10).
 */
export function onRecord<T>(
  central: Central,
  actor: Actor,
  attempt: Attempt,
  work: (transaction: Database) => Promise<T>,
  refusedAs: RefusedAs = 'request.refused',
): Promise<T> {
  return refusedOnRecord(central, actor, attempt, refusedAs, () => central.database.transaction(work));
}

/** The same of what is only looked at, or makes its transaction itself. */
export async function refusedOnRecord<T>(
  central: Central,
  actor: Actor,
  { cardId, ...attempt }: Attempt,
  refusedAs: RefusedAs,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const detail = { ...attempt, code: error.code, ...actorDetail(actor) };
    const entry = { type: refusedAs, actor: actor.name, detail };
    await central.database.transaction((transaction) =>
      recordAudit(central, transaction, cardId ? { ...entry, cardId } : entry, central.now()),
    );
    throw error;
  }
}
