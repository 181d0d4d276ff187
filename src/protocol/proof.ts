import { z } from 'zod';
import { OPERATION_KINDS } from '../domain/request.ts';
import { KEY_ALGORITHMS, SLOTS } from '../domain/slot.ts';
import * as v from './values.ts';

/** ID-01: the card signs a challenge of central's; central checks it with the public key on record. */

export const challengeRequest = z.object({ cardId: v.id });
export const challengeResponse = z.object({
  proofId: v.id,
  challenge: v.bytes,
  /** Slots whose recorded key may prove the holder, best first, with their algorithm. */
  slots: z.array(z.object({ slot: v.openWords(SLOTS), algorithm: v.openWords(KEY_ALGORITHMS) })),
});
export type ChallengeResponse = z.infer<typeof challengeResponse>;

export const answerRequest = z.object({ slot: v.slot, signature: v.bytes });
export const answerResponse = z.object({
  /**
   * An operation of this card that is not finished: it is resumed, with its reason. `isPinSet`: it has set a new PIN already
   * (as in `operationPlan`), so that whoever has just proved themselves with the card's PIN is asked for no other.
   */
  openOperation: z
    .object({
      operationId: v.id,
      /** Empty for a collection. */
      reason: z.string(),
      isPinSet: z.boolean().default(false),
      /** A collection is taken up again by its request. An older central knows of reprovisions only. */
      kind: v.openWords(OPERATION_KINDS).default('reprovision'),
      requestId: v.id.nullable().default(null),
    })
    .nullable(),
});
export type AnswerResponse = z.infer<typeof answerResponse>;

/**
 * ID-02, ID-03: a one-time code in place of the card's signature; ASCII digits, as typed. Refused as `ID-02-attended-only`, before it is
 * tried, where the profile wants an operator there, and nobody who acts for the holder has signed in at this kiosk (session header).
 */
export const codeRequest = z.object({
  cardId: v.id,
  code: v.bytes.refine((code) => code.length >= 1 && code.length <= 12 && code.every(isDigit), 'not digits'),
});
/** As an accepted answer, with the proof that `begin` wants. */
export const codeResponse = answerResponse.extend({ proofId: v.id });
export type CodeResponse = z.infer<typeof codeResponse>;

/** The bytes that the card signs (hashed as in `proofMessage`). */
export function challengeMessage(proofId: string, challenge: Uint8Array): Uint8Array {
  const label = new TextEncoder().encode(`recard holder proof\0${proofId}\0`);
  const message = new Uint8Array(label.length + challenge.length);
  message.set(label);
  message.set(challenge, label.length);
  return message;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
