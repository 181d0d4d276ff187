/** An operator's card signs what they say: central's question, and the card's answer (ID-02, OP-02). */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Slot } from '../../domain/slot.ts';
import type { StatementAction } from '../../domain/statement.ts';
import {
  type StatementAnswerResponse,
  type StatementRequest,
  type StatementResponse,
  statementMessage,
} from '../../protocol/statement.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { PROOF_LIFE_MS, QUESTION_LIFE_MS } from '../holder-proof.ts';
import { toInstant } from '../instant.ts';
import { unfinishedOperation } from '../operation/unfinished.ts';
import { askedSlots, isSignedByOne, provingKeys } from '../proving-keys.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { addProof, type ProofRow } from '../repositories/proofs.ts';
import {
  addStatement,
  changeStatement,
  lockStatement,
  type StatementRow,
} from '../repositories/statements.ts';
import { onRecord } from '../request/on-record.ts';
import { demandOperator, type SignedIn } from '../session/demand-operator.ts';
import { findOperatorOf, type OperatorOfSession } from '../session/find-operator.ts';
import { demandMaySay } from './demand-may-say.ts';
import { refuseStatement } from './statement-error.ts';

/**
 * Asks an operator's card to sign what its holder says. What they may not say is refused before anybody types a PIN, and is in the audit.
 * @param token of the session
 * @throws RefusedError of `findOperatorOf`, `demandMaySay`; `ID-02-other-card`; `ID-05-own-card-refused` of a witness
 */
export async function askStatement(
  central: Central,
  kiosk: Kiosk,
  token: unknown,
  { signerCardId, action }: StatementRequest,
): Promise<StatementResponse> {
  const operator = await findOperatorOf(central, kiosk, token, attemptOf(action));
  return onRecord(
    central,
    operator.actor,
    attemptOf(action),
    async (transaction) => {
      const signer = await demandSigner(central, transaction, kiosk, operator, { signerCardId, action });
      const card = await findCard(transaction, signerCardId);
      if (!card) throw refuseStatement('ID-02-not-signed');
      const keys = await provingKeys(transaction, card);
      const statement: StatementRow = {
        ...{ id: randomUUID(), sessionId: operator.session.id, kioskId: kiosk.id },
        ...{ signerId: signer.person.id, signerCardId, action, state: 'asked', slot: null, usedFor: null },
        challenge: new Uint8Array(randomBytes(32)),
        expiresAt: new Date(central.now().getTime() + QUESTION_LIFE_MS),
      };
      await addStatement(transaction, statement);
      const { id: statementId, challenge, expiresAt } = statement;
      return { statementId, challenge, slots: askedSlots(keys), expiresAt: toInstant(expiresAt) };
    },
    'statement.refused',
  );
}

/**
 * Checks what the card has signed. A wrong answer uses the question up; a right one may be sent again.
 * @throws RefusedError `ID-02-not-signed`, and as `askStatement`: what was allowed when it was asked may not be any more
 */
export async function answerStatement(
  central: Central,
  kiosk: Kiosk,
  token: unknown,
  id: string,
  answer: { readonly slot: Slot; readonly signature: Uint8Array },
): Promise<StatementAnswerResponse> {
  const attempt = { action: 'sign statement', statement: id };
  const operator = await findOperatorOf(central, kiosk, token, attempt);
  const outcome = await onRecord(
    central,
    operator.actor,
    attempt,
    (transaction) => check(central, transaction, kiosk, operator, id, answer),
    'statement.refused',
  );
  // That it was wrong is part of what was committed: it is thrown only now.
  if (outcome instanceof RefusedError) throw outcome;
  return outcome;
}

async function check(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operator: OperatorOfSession,
  id: string,
  answer: { readonly slot: Slot; readonly signature: Uint8Array },
): Promise<StatementAnswerResponse | RefusedError> {
  const statement = await lockStatement(transaction, id);
  const now = central.now();
  const isHere = statement?.sessionId === operator.session.id;
  if (!statement || !isHere || statement.state === 'refused' || statement.expiresAt <= now)
    throw refuseStatement('ID-02-not-signed');
  const { action, signerCardId, challenge } = statement;
  const signer = await demandSigner(central, transaction, kiosk, operator, { signerCardId, action });
  const card = await findCard(transaction, signerCardId);
  const keys = card ? await provingKeys(transaction, card) : [];
  const isSigned = isSignedByOne(keys, statementMessage(id, challenge, action), answer);
  const vouchedCardId = action.kind === 'vouch' ? action.cardId : null;
  const aboutCardId = action.kind === 'giveCode' ? action.cardId : vouchedCardId;
  if (statement.state === 'asked') {
    const state: StatementRow['state'] = isSigned ? 'accepted' : 'refused';
    const change = { state, slot: answer.slot, expiresAt: new Date(now.getTime() + PROOF_LIFE_MS) };
    await changeStatement(transaction, id, change);
    if (isSigned && vouchedCardId)
      await addProof(transaction, proofBy({ ...statement, ...change }, vouchedCardId));
    const said = { ...attemptOf(action), statement: id, slot: answer.slot };
    const detail = { ...said, signer: signer.person.id, signerCard: signerCardId };
    const entry = {
      type: `statement.${state}`,
      actor: operator.actor.name,
      detail: { ...detail, kiosk: kiosk.name },
    };
    await recordAudit(central, transaction, aboutCardId ? { ...entry, cardId: aboutCardId } : entry, now);
  }
  if (!isSigned) return refuseStatement('ID-02-not-signed');
  return { openOperation: vouchedCardId ? await unfinishedOperation(transaction, vouchedCardId) : null };
}

/** The proof that an accepted statement becomes: of the same id, for as long. */
export function proofBy(statement: StatementRow, cardId: string): ProofRow {
  const { id, kioskId, signerId, signerCardId, slot, expiresAt } = statement;
  return {
    ...{ id, cardId, kioskId, kind: 'operator', challenge: null, codeId: null, state: 'accepted' },
    ...{ vouchedById: signerId, signerCardId, statementId: id, operationId: null, slot, expiresAt },
  };
}

/** Who says it, once it is sure that they may. */
async function demandSigner(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { session }: OperatorOfSession,
  { signerCardId, action }: StatementRequest,
): Promise<SignedIn> {
  if (action.kind !== 'witness' && signerCardId !== session.cardId) throw refuseStatement('ID-02-other-card');
  const signer = await demandOperator(central, transaction, kiosk, signerCardId);
  const said = { signer, operatorId: session.operatorId };
  await demandMaySay(central, transaction, kiosk, said, action);
  return signer;
}

/** As the audit has it. */
function attemptOf(action: StatementAction) {
  switch (action.kind) {
    case 'vouch':
      return { action: 'vouch', cardId: action.cardId };
    case 'vouchRequest':
      return { action: 'vouch', request: action.requestId };
    case 'giveCode': {
      const { cardId, length: kind, handedOver } = action;
      return { action: 'give code', cardId, kind, handedOver };
    }
    case 'giveNumber': {
      const { requestId: request, length: kind, handedOver } = action;
      return { action: 'give number', request, kind, handedOver };
    }
    case 'witness':
      return {
        ...{ action: 'witness', cardId: action.cardId, of: action.action },
        ...(action.reason === null ? {} : { reason: action.reason }),
      };
  }
}
