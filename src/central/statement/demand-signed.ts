/** What an operator gives out is signed by their own card, exactly so, each time (ID-03, OP-02). */
import type { StatementAction } from '../../domain/statement.ts';
import { statementText } from '../../protocol/statement.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { changeStatement, lockStatement } from '../repositories/statements.ts';
import type { OperatorOfSession } from '../session/find-operator.ts';
import { refuseStatement } from './statement-error.ts';

/**
 * Takes the operator's statement in the transaction that does the action: signed in this session, of exactly this, not too old; it serves
 * this once.
 * @param statementId null: the kiosk has asked for none
 * @throws RefusedError `SY-06-newer-kiosk`, `ID-02-not-signed`
 */
export async function demandSigned(
  central: Pick<Central, 'now'>,
  transaction: Database,
  { session }: Pick<OperatorOfSession, 'session'>,
  action: StatementAction,
  statementId: string | null,
): Promise<void> {
  if (statementId === null) {
    const why = 'the card of the operator signs it, which this kiosk is too old to ask for; update the kiosk';
    throw new RefusedError(403, 'SY-06-newer-kiosk', `give code: ${why}`);
  }
  const statement = await lockStatement(transaction, statementId);
  const isGood =
    statement?.sessionId === session.id &&
    statement.state === 'accepted' &&
    statement.expiresAt > central.now() &&
    statementText(statement.action) === statementText(action);
  if (!isGood) throw refuseStatement('ID-02-not-signed', 'give code');
  await changeStatement(transaction, statementId, { state: 'used' });
}
