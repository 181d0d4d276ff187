/** ID-01: the holder proves themselves by a signature of their card's key, as central has it on record. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Slot } from '../domain/slot.ts';
import { type AnswerResponse, type ChallengeResponse, challengeMessage } from '../protocol/proof.ts';
import type { Central } from './central.ts';
import { checkServed } from './kiosk-scope.ts';
import { unfinishedOperation } from './operation/unfinished.ts';
import { askedSlots, isSignedByOne, provingKeys } from './proving-keys.ts';
import { RefusedError, refusal } from './refused.ts';
import { recordAudit } from './repositories/audit.ts';
import { findCard } from './repositories/cards.ts';
import type { Kiosk } from './repositories/kiosks.ts';
import { addProof, changeProof, lockProof, UNVOUCHED } from './repositories/proofs.ts';

/** How long a question may wait for its answer. */
export const QUESTION_LIFE_MS = 5 * 60 * 1000;
/** How long a proof is good for a begin, from its acceptance on: there is a reason to choose and a PIN to think of. */
export const PROOF_LIFE_MS = 10 * 60 * 1000;
/**
 * Asks a question that only the card can answer.
 * @throws RefusedError `RP-07-not-served-here`; `ID-01-key-compromised` when its keys may prove nobody any more, `ID-01-not-proved` when none is on record
 */
export async function askHolder(central: Central, kiosk: Kiosk, cardId: string): Promise<ChallengeResponse> {
  const { database } = central;
  const card = await findCard(database, cardId);
  if (!card) throw refusal('RP-07-unknown');
  await checkServed(database, kiosk, card);
  const keys = await provingKeys(database, card);
  const proofId = randomUUID();
  const challenge = new Uint8Array(randomBytes(32));
  const expiresAt = new Date(central.now().getTime() + QUESTION_LIFE_MS);
  await addProof(database, {
    ...{ id: proofId, cardId, kioskId: kiosk.id, kind: 'card', challenge, expiresAt },
    ...{ state: 'asked', slot: null, codeId: null, operationId: null },
    ...UNVOUCHED,
  });
  return { proofId, challenge, slots: askedSlots(keys) };
}

/**
 * Checks the card's answer. A wrong one uses the question up; a right one may be sent again.
 * @throws RefusedError `ID-01-not-proved`, `ID-01-key-compromised`
 */
export async function checkHolder(
  central: Central,
  kiosk: Kiosk,
  proofId: string,
  answer: { readonly slot: Slot; readonly signature: Uint8Array },
): Promise<AnswerResponse> {
  const outcome = await central.database.transaction(async (transaction) => {
    const proof = await lockProof(transaction, proofId);
    const now = central.now();
    const card = proof && (await findCard(transaction, proof.cardId));
    if (!proof?.challenge || !card || proof.kioskId !== kiosk.id)
      return notProved('there is no such question');
    if (proof.state === 'refused') return notProved('this question was answered wrongly before');
    if (proof.expiresAt <= now) return notProved('this question is too old');
    const keys = await provingKeys(transaction, card);
    const message = challengeMessage(proofId, proof.challenge);
    const isProved = isSignedByOne(keys, message, answer);
    const state = isProved ? 'accepted' : 'refused';
    const openOperation = isProved ? await unfinishedOperation(transaction, card.id) : null;
    if (proof.state === 'asked') {
      await changeProof(transaction, proofId, {
        ...{ state, slot: answer.slot, expiresAt: new Date(now.getTime() + PROOF_LIFE_MS) },
      });
      const entry = { type: `proof.${state}`, actor: `kiosk:${kiosk.name}`, cardId: card.id };
      await recordAudit(
        central,
        transaction,
        { ...entry, detail: { proof: 'card', slot: answer.slot } },
        now,
      );
    }
    if (!isProved) return notProved('the signature is not by the key on record');
    return { openOperation };
  });
  // The refusal is part of what was committed: it is thrown only now.
  if (outcome instanceof RefusedError) throw outcome;
  return outcome;
}

function notProved(why: string): RefusedError {
  return new RefusedError(403, 'ID-01-not-proved', `prove holder: ${why}`);
}
