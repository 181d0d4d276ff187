/** An operator signs in with their own card and PIN (ID-05). */
import type { SessionResponse } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit, recordAudits } from '../repositories/audit.ts';
import { findCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  addSession,
  changeSession,
  endSessionsAt,
  findSession,
  type OperatorSessionRow,
} from '../repositories/operator-sessions.ts';
import { listOperators } from '../repositories/operators.ts';
import { changeProof, findProof, lockProof, type ProofRow } from '../repositories/proofs.ts';
import { demandOperator, type SignedIn } from './demand-operator.ts';
import { IDLE_MS } from './find-operator.ts';
import { newToken, tokenHash } from './session-token.ts';

/**
 * Makes a session of the accepted proof of an operator's own card; a one-time code does not do. The proof serves for nothing else from then
 * on. Asked again before the session was used, because the answer was lost, it is the same session with a new token.
 * @throws RefusedError `ID-01-not-proved`, `ID-05-own-card-refused`, `ID-05-not-an-operator`, `ID-05-operator-disabled`
 */
export async function startSession(
  central: Central,
  kiosk: Kiosk,
  proofId: string,
): Promise<SessionResponse> {
  try {
    return await central.database.transaction((transaction) => start(central, transaction, kiosk, proofId));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { code } = error;
    await central.database.transaction(async (transaction) => {
      const { cardId, holderId } = await whoTried(transaction, kiosk, proofId);
      const entry = { type: 'session.refused', actor: `kiosk:${kiosk.name}`, ...(cardId && { cardId }) };
      const detail = { code, kiosk: kiosk.name, ...(holderId && { person: holderId }) };
      await recordAudit(central, transaction, { ...entry, detail }, central.now());
    });
    throw error;
  }
}

/** Whose card they have tried it with, as far as central knows; not by a proof of another kiosk. */
async function whoTried(transaction: Database, kiosk: Kiosk, proofId: string) {
  const proof = await findProof(transaction, proofId);
  if (proof?.kioskId !== kiosk.id) return {};
  return { cardId: proof.cardId, holderId: (await findCard(transaction, proof.cardId))?.holderId };
}

async function start(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  proofId: string,
): Promise<SessionResponse> {
  const now = central.now();
  const proof = await lockProof(transaction, proofId);
  const known = await findSession(transaction, proofId);
  const cardId = demandProof(proof, known, kiosk, now);
  const signedIn = await demandOperator(central, transaction, kiosk, cardId);
  const token = newToken();
  const hash = tokenHash(token) as Uint8Array;
  if (known) {
    await changeSession(transaction, known.id, { tokenHash: hash, startedAt: now, usedAt: now });
    return answer(transaction, signedIn, token);
  }
  const ended = await endSessionsAt(transaction, kiosk.id, now);
  await addSession(transaction, {
    ...{ id: proofId, operatorId: signedIn.person.id, kioskId: kiosk.id, cardId, tokenHash: hash },
    ...{ startedAt: now, usedAt: now, endedAt: null },
  });
  await changeProof(transaction, proofId, { state: 'refused' });
  const response = await answer(transaction, signedIn, token);
  const detail = { session: proofId, operator: signedIn.person.id, kiosk: kiosk.name, ended };
  const entry = { type: 'session.started', actor: signedIn.actor.name, cardId, detail };
  await recordAudits(central, transaction, [entry], now);
  return response;
}

/** @returns the card that has proved its holder */
function demandProof(
  proof: ProofRow | undefined,
  known: OperatorSessionRow | undefined,
  kiosk: Kiosk,
  now: Date,
): string {
  const notProved = (why: string) => new RefusedError(403, 'ID-01-not-proved', `sign in: ${why}`);
  if (!proof || proof.kioskId !== kiosk.id) throw notProved('there is no such proof');
  if (proof.expiresAt <= now) throw notProved('the proof is too old; prove yourself again');
  if (proof.kind !== 'card') throw notProved('a one-time code does not do; use card and PIN');
  const isUnused = known && known.endedAt === null && known.usedAt.getTime() === known.startedAt.getTime();
  if (isUnused) return proof.cardId;
  if (proof.state !== 'accepted' || proof.operationId !== null)
    throw notProved('the proof was not accepted, or was used before; prove yourself again');
  return proof.cardId;
}

async function answer(transaction: Database, { person }: SignedIn, token: string): Promise<SessionResponse> {
  const operator = (await listOperators(transaction)).find(({ personId }) => personId === person.id)!;
  return {
    ...{ token, person: { id: person.id, displayName: person.displayName } },
    ...{ role: operator.role, group: operator.group, idleSeconds: IDLE_MS / 1000 },
  };
}
