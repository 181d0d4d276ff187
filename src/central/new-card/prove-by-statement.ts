/** ID-02, KR-02: an operator has signed who collects the card; nobody types a number. */
import type { NewCardProofResponse, VouchedCardRequest } from '../../protocol/new-card.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { unfinishedOperation } from '../operation/unfinished.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { addProof, changeProof, lockProof } from '../repositories/proofs.ts';
import { lockStatement, type StatementRow } from '../repositories/statements.ts';
import { actorDetail } from '../request/actor.ts';
import { holdRequest } from '../request/find.ts';
import { onRecord } from '../request/on-record.ts';
import { refuseRequest } from '../request/request-error.ts';
import { findOperatorOf, type OperatorOfSession } from '../session/find-operator.ts';
import { demandMayVouchFor } from '../statement/may-say.ts';
import { proofBy } from '../statement/sign-statement.ts';
import { refuseStatement } from '../statement/statement-error.ts';
import { applyChoice, chooseRecord } from './choose-record.ts';
import { describeIssue } from './describe-issue.ts';
import { demandIssue, holdIssue } from './hold-issue.ts';

/**
 * Takes an operator's word for whoever collects a card, and decides by which record it is to be issued. With another card it may be asked again.
 * @param token of the operator's session
 * @throws RefusedError as `proveByNumber`, but for codes; of `findOperatorOf`, `demandMayVouchFor`; `ID-02-not-signed`
 */
export async function proveByStatement(
  central: Central,
  kiosk: Kiosk,
  token: unknown,
  request: VouchedCardRequest,
): Promise<NewCardProofResponse> {
  const attempt = { action: 'vouch', kind: 'newCard', statement: request.statementId };
  const operator = await findOperatorOf(central, kiosk, token, attempt);
  return onRecord(
    central,
    operator.actor,
    attempt,
    (transaction) => prove(central, transaction, kiosk, operator, request),
    'statement.refused',
  );
}

async function prove(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { actor, session }: OperatorOfSession,
  { statementId, ...sighting }: VouchedCardRequest,
): Promise<NewCardProofResponse> {
  const statement = await lockStatement(transaction, statementId);
  const isGood =
    statement?.sessionId === session.id &&
    statement.state === 'accepted' &&
    statement.expiresAt > central.now();
  if (!isGood || statement.action.kind !== 'vouchRequest')
    throw refuseStatement('ID-02-not-signed', 'collect card');
  const { requestId } = statement.action;
  await demandMayVouchFor(transaction, actor, await holdRequest(transaction, actor, requestId));
  const held = await holdIssue(central, transaction, requestId);
  if (!held) throw refuseRequest('KR-01-no-such-request');
  const subject = await demandIssue(central, transaction, kiosk, held, actor);
  const choice = await chooseRecord(transaction, held, sighting);
  if (choice instanceof RefusedError) throw choice;
  const cardId = await applyChoice(central, transaction, held, choice);
  await rest(transaction, statement, cardId);
  const detail = { proof: 'operator', request: requestId, statement: statementId, ...actorDetail(actor) };
  const entry = { type: 'proof.accepted', actor: `kiosk:${kiosk.name}`, cardId, detail };
  await recordAudit(central, transaction, entry, central.now());
  const openOperation = await unfinishedOperation(transaction, cardId);
  const described = await describeIssue(transaction, held, subject);
  return { proofId: statementId, openOperation, cardId, ...described };
}

/** The proof that rests on it is of the record that the card gets, which may be another one after another card was put in. */
async function rest(transaction: Database, statement: StatementRow, cardId: string): Promise<void> {
  const { id } = statement;
  const known = await lockProof(transaction, id);
  if (!known) await addProof(transaction, proofBy(statement, cardId));
  else if (known.operationId === null) await changeProof(transaction, id, { cardId });
  else if (known.cardId !== cardId) throw refuseStatement('ID-02-not-signed', 'collect card');
}
