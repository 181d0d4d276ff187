import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findCard } from '../repositories/cards.ts';
import { findRequest } from '../repositories/requests.ts';
import { lockStatement } from '../repositories/statements.ts';
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
  attempt: Attempt,
  refusedAs: RefusedAs,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { code } = error;
    await central.database.transaction(async (transaction) => {
      const { cardId, ...about } = await completed(transaction, attempt);
      const entry = { type: refusedAs, actor: actor.name, detail: { ...about, code, ...actorDetail(actor) } };
      await recordAudit(central, transaction, cardId ? { ...entry, cardId } : entry, central.now());
    });
    throw error;
  }
}

/** The cardholder, and of a request its card and reason: whoever was refused has not got as far as saying so (SE-05). */
async function completed(transaction: Database, attempt: Attempt): Promise<Attempt> {
  const { owner, statement } = attempt;
  const said = statement === undefined ? undefined : (await lockStatement(transaction, statement))?.action;
  const id = attempt.request ?? (said && 'requestId' in said ? said.requestId : undefined);
  const request = id === undefined ? undefined : await findRequest(transaction, id);
  const signed = said && 'cardId' in said ? said.cardId : undefined;
  const cardId = attempt.cardId ?? signed ?? request?.cardId ?? undefined;
  const card = cardId === undefined || owner !== undefined ? undefined : await findCard(transaction, cardId);
  const whose = owner ?? request?.ownerId ?? card?.holderId;
  const reason = attempt.reason ?? request?.reason ?? undefined;
  return {
    ...attempt,
    cardId,
    ...(id && { request: id }),
    ...(whose && { owner: whose }),
    ...(reason && { reason }),
  };
}
