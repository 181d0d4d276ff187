/** What an operator does under some profiles only with a second one, who signs exactly that (OP-02). */
import type { Profile, WitnessedAction } from '../../domain/profile.ts';
import { statementText } from '../../protocol/statement.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { PersonRow } from '../repositories/people.ts';
import { changeStatement, lockStatement, type StatementRow } from '../repositories/statements.ts';
import { type Actor, personOf } from '../request/actor.ts';
import { demandOperator } from '../session/demand-operator.ts';
import { demandSession } from '../session/find-operator.ts';
import { demandMayWitness } from './may-say.ts';
import { refuseStatement } from './statement-error.ts';

/** What is to be done, in the words that a witness signs. */
export interface WitnessedWish {
  readonly action: WitnessedAction;
  readonly cardId: string;
  /** Null where the action has none. */
  readonly reason: string | null;
  /** The newest revision. */
  readonly profile: Pick<Profile, 'witness'>;
  readonly holder: Pick<PersonRow, 'id' | 'groupId'>;
}

/** Whether somebody who does this needs a second one. */
export function wantsWitness(
  { standing }: Pick<Actor, 'standing'>,
  action: WitnessedAction,
  { witness }: Pick<Profile, 'witness'>,
): boolean {
  return standing.kind === 'operator' && witness?.includes(action) === true;
}

/**
 * Takes the statement of the witness, in the transaction that does the action: it serves this once. Whoever acts for nobody but themselves, or
 * at central's own machine, needs none.
 * @returns what the audit is to have of it; to be recorded with the action
 * @throws RefusedError `OP-02-witness-wanted`, `OP-02-witness-over`, `OP-02-witness-other`, `OP-02-witness-is-operator`,
 * `OP-02-witness-is-holder`, `OP-02-witness-out-of-scope`; of `demandOperator` when the witness is not an operator any more
 */
export async function demandWitness(
  central: Central,
  transaction: Database,
  actor: Actor,
  wish: WitnessedWish,
  witnessId: string | null | undefined,
): Promise<AuditEntry[]> {
  if (!wantsWitness(actor, wish.action, wish.profile)) return [];
  const { kiosk } = actor;
  if (witnessId == null || !kiosk) throw refuseStatement('OP-02-witness-wanted', wish.action);
  const statement = await holdLive(central, transaction, kiosk, witnessId, wish);
  const session = await demandSession(central, transaction, kiosk, statement.sessionId);
  if (session.operatorId !== personOf(actor)) throw refuseStatement('OP-02-witness-other', wish.action);
  const witness = await demandOperator(central, transaction, kiosk, statement.signerCardId);
  if (witness.person.id !== statement.signerId) throw refuseStatement('OP-02-witness-over', wish.action);
  demandMayWitness(witness, session.operatorId, wish.holder);
  await changeStatement(transaction, statement.id, { state: 'used' });
  const detail = {
    ...{ action: wish.action, reason: wish.reason, statement: statement.id, kiosk: kiosk.name },
    ...{ witness: witness.person.id, witnessCard: statement.signerCardId },
  };
  return [{ type: 'action.witnessed', actor: actor.name, cardId: wish.cardId, detail }];
}

/** Signed here, not used and not too old, and of exactly this. */
async function holdLive(
  central: Pick<Central, 'now'>,
  transaction: Database,
  kiosk: Kiosk,
  witnessId: string,
  { action, cardId, reason }: WitnessedWish,
): Promise<StatementRow> {
  const statement = await lockStatement(transaction, witnessId);
  const isLive =
    statement?.state === 'accepted' && statement.kioskId === kiosk.id && statement.expiresAt > central.now();
  if (!isLive) throw refuseStatement('OP-02-witness-over', action);
  const said = statementText({ kind: 'witness', action, cardId, reason });
  if (statementText(statement.action) !== said) throw refuseStatement('OP-02-witness-other', action);
  return statement;
}
