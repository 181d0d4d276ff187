/** ID-01: the holder proves themselves by a signature of their card's key, as central has it on record. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Slot } from '../domain/slot.ts';
import { algorithmOf, verifySignature } from '../pki/public-key.ts';
import { type AnswerResponse, type ChallengeResponse, challengeMessage } from '../protocol/proof.ts';
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import { checkServed } from './kiosk-scope.ts';
import { unfinishedOperation } from './operation/unfinished.ts';
import { RefusedError, refusal } from './refused.ts';
import { recordAudit } from './repositories/audit.ts';
import { type CardRow, findCard } from './repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from './repositories/certificates.ts';
import type { Kiosk } from './repositories/kiosks.ts';
import { findOpenOperation, listOperationKeys } from './repositories/operations.ts';
import { addProof, changeProof, lockProof, UNVOUCHED } from './repositories/proofs.ts';

/** How long a question may wait for its answer. */
const QUESTION_LIFE_MS = 5 * 60 * 1000;
/** How long a proof is good for a begin, from its acceptance on: there is a reason to choose and a PIN to think of. */
export const PROOF_LIFE_MS = 10 * 60 * 1000;
/** Slots whose keys prove a holder. */
export const PROVING_SLOTS: readonly Slot[] = ['9A', '9C'];

interface ProvingKey {
  readonly slot: Slot;
  readonly publicKey: Uint8Array;
}

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
  const slots = keys.map(({ slot, publicKey }) => ({ slot, algorithm: algorithmOf(publicKey) }));
  const distinct = slots.filter((one, at) => {
    const isSame = (other: typeof one) => other.slot === one.slot && other.algorithm === one.algorithm;
    return slots.findIndex(isSame) === at;
  });
  return { proofId, challenge, slots: distinct };
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
    const isProved = keys.some(
      (key) => key.slot === answer.slot && isSignedBy(key.publicKey, message, answer.signature),
    );
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

/** The keys on record that may prove a card's holder: those of an operation that was cut off come first. */
async function provingKeys(database: Database, card: CardRow): Promise<ProvingKey[]> {
  const onCard = await certificatesOnCard(database, card.id);
  const recorded = PROVING_SLOTS.flatMap((slot) => onCard.get(slot) ?? []);
  const sound = recorded.filter((certificate) => !isCompromised(certificate));
  const open = await findOpenOperation(database, card.id);
  const fresh = open ? await listOperationKeys(database, open.id) : [];
  const keys = [
    ...fresh.flatMap(({ slot, publicKey }) =>
      publicKey && PROVING_SLOTS.includes(slot) ? [{ slot, publicKey }] : [],
    ),
    ...sound.map(({ slot, publicKey }) => ({ slot, publicKey })),
  ];
  if (keys.length > 0) return keys;
  if (recorded.length > 0) {
    throw new RefusedError(
      409,
      'ID-01-key-compromised',
      'prove holder: the keys of this card were reported as exposed or put on hold',
    );
  }
  throw new RefusedError(409, 'ID-01-not-proved', 'prove holder: no key of this card is on record');
}

/** Expired, or revoked for another reason, proves its holder all the same (ID-01). */
export function isCompromised({ crlReason }: CertificateRow): boolean {
  return crlReason === 'keyCompromise' || crlReason === 'cACompromise' || crlReason === 'certificateHold';
}

/** A signature from outside: whatever cannot be read is none. */
function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return signature.length > 0 && signature.length <= 1024 && verifySignature(publicKey, message, signature);
}

function notProved(why: string): RefusedError {
  return new RefusedError(403, 'ID-01-not-proved', `prove holder: ${why}`);
}
