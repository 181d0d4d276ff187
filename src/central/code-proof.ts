/** ID-02, ID-03: the holder proves themselves by a one-time code. The card is proved by its management key, as always. */
import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { CodeResponse } from '../protocol/proof.ts';
import type { Central } from './central.ts';
import { canServe } from './code-life.ts';
import type { Database } from './database.ts';
import { PROOF_LIFE_MS } from './holder-proof.ts';
import { findSubject } from './operation/may-begin.ts';
import { unfinishedOperation } from './operation/unfinished.ts';
import { RefusedError } from './refused.ts';
import { recordAudit } from './repositories/audit.ts';
import { type CodeRow, changeCode, lockLiveCode } from './repositories/codes.ts';
import type { Kiosk } from './repositories/kiosks.ts';
import { findOpenOperation } from './repositories/operations.ts';
import { addProof, UNVOUCHED } from './repositories/proofs.ts';
import { type Actor, actorDetail, personOf } from './request/actor.ts';
import { demandAttended, isEnoughAlone } from './statement/check-vouched.ts';

export const MAX_WRONG_TRIES = 5;
/** From then on, for a code that was accepted before. */
const TRY_INTERVAL_MS = 60 * 1000;

interface Attempt {
  readonly cardId: string;
  /** ASCII digits. */
  readonly code: Uint8Array;
}

/**
 * Checks a code for a card. Tries at one card are counted one after the other, however many come at once.
 * @param operator who is signed in at that kiosk: where the profile wants it, they are there for it
 * @throws RefusedError a code of REFUSALS, `ID-02-attended-only`, before any try is counted; `ID-03-wrong-code` with the tries left;
 *   `ID-03-code-dead`, whyever there is none that could be right; `ID-03-wait` after too many wrong ones while it is in use
 */
export async function checkCode(
  central: Central,
  kiosk: Kiosk,
  attempt: Attempt,
  operator: Actor | null = null,
): Promise<CodeResponse> {
  try {
    const outcome = await central.database.transaction((transaction) =>
      attemptOnce(central, transaction, kiosk, attempt, operator),
    );
    // The count is part of what was committed: the refusal is thrown only now.
    if (outcome instanceof RefusedError) throw outcome;
    return outcome;
  } finally {
    attempt.code.fill(0);
  }
}

async function attemptOnce(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  attempt: Attempt,
  operator: Actor | null,
): Promise<CodeResponse | RefusedError> {
  // Holds the card: so tries are counted one after the other.
  const { holder, profile } = await findSubject(central, transaction, kiosk, attempt.cardId);
  const entry = { actor: `kiosk:${kiosk.name}`, cardId: attempt.cardId };
  const alone = isEnoughAlone(profile) ? null : refusalOf(() => demandAttended(operator, holder));
  if (alone) {
    const detail = { proof: 'code', code: alone.code, ...(operator && actorDetail(operator)) };
    await recordAudit(central, transaction, { ...entry, type: 'proof.refused', detail }, central.now());
    return alone;
  }
  const attending = isEnoughAlone(profile) ? null : operator;
  const judged = await judgeCode(central, transaction, attempt);
  const { refused, codeId } = judged;
  const type = refused ? 'proof.refused' : 'proof.accepted';
  const detail = {
    ...{ proof: 'code', codeId, ...(attending && actorDetail(attending)) },
    ...(refused ? { code: refused.code } : {}),
  };
  const outcome = refused ?? (await acceptCode(central, transaction, kiosk, judged.code, attending));
  await recordAudit(central, transaction, { ...entry, type, detail }, central.now());
  return outcome;
}

export type Judgement =
  | { readonly refused: RefusedError; readonly codeId: string | null }
  | { readonly refused: null; readonly codeId: string; readonly code: CodeRow };

/** Counts a try of a code for a card that is held. Nothing is refused by throwing: what was counted is to be committed. */
export async function judgeCode(
  central: Central,
  transaction: Database,
  { cardId, code }: Attempt,
): Promise<Judgement> {
  const now = central.now();
  const live = await lockLiveCode(transaction, cardId);
  if (!live) return { refused: codeDead(), codeId: null };
  const { id: codeId } = live;
  if (!canServe(live, await findOpenOperation(transaction, cardId), now)) {
    await changeCode(transaction, codeId, { state: 'dead' });
    return { refused: codeDead(), codeId };
  }
  if (live.nextTryAt !== null && live.nextTryAt > now) return { refused: mustWait(), codeId };
  if (timingSafeEqual(central.authority.codeKey.hashCode(codeId, code), live.hash)) {
    return { refused: null, codeId, code: live };
  }
  return { refused: await countWrong(transaction, live, now), codeId };
}

async function countWrong(transaction: Database, live: CodeRow, now: Date): Promise<RefusedError> {
  const wrongTries = live.wrongTries + 1;
  const triesLeft = MAX_WRONG_TRIES - wrongTries;
  if (triesLeft > 0) {
    await changeCode(transaction, live.id, { wrongTries });
    return wrongCode(triesLeft);
  }
  if (live.state === 'open') {
    await changeCode(transaction, live.id, { wrongTries, state: 'dead' });
    return codeDead();
  }
  // Its holder needs it to finish the card: it lives on, and is guarded by time.
  const nextTryAt = new Date(now.getTime() + TRY_INTERVAL_MS);
  await changeCode(transaction, live.id, { wrongTries, nextTryAt });
  return mustWait();
}

function refusalOf(demand: () => void): RefusedError | null {
  try {
    demand();
    return null;
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
}

/** The right one: it lives on for a day, and a proof rests on it. @param operator who is there, where somebody has to be */
export async function acceptCode(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { id: codeId, cardId, acceptedAt }: CodeRow,
  operator: Actor | null = null,
): Promise<CodeResponse> {
  const now = central.now();
  await changeCode(transaction, codeId, {
    ...{ state: 'accepted', acceptedAt: acceptedAt ?? now, wrongTries: 0, nextTryAt: null },
  });
  const proofId = randomUUID();
  await addProof(transaction, {
    ...{ id: proofId, cardId, kioskId: kiosk.id, kind: 'code', challenge: null, codeId },
    ...{ state: 'accepted', slot: null, operationId: null },
    ...{ ...UNVOUCHED, vouchedById: operator && personOf(operator) },
    expiresAt: new Date(now.getTime() + PROOF_LIFE_MS),
  });
  return { proofId, openOperation: await unfinishedOperation(transaction, cardId) };
}

export function wrongCode(triesLeft: number): RefusedError {
  return new RefusedError(403, 'ID-03-wrong-code', 'prove holder: the code is wrong', triesLeft);
}

export function codeDead(): RefusedError {
  return new RefusedError(403, 'ID-03-code-dead', 'prove holder: no code of this card can be used');
}

function mustWait(): RefusedError {
  return new RefusedError(403, 'ID-03-wait', 'prove holder: too many wrong codes, wait a minute');
}
