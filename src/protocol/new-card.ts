import { z } from 'zod';
import { COLLECTION_PROBLEMS } from '../domain/difference.ts';
import { plannedChange } from './certificate.ts';
import { pinPolicy } from './copy.ts';
import { cardCapabilities, terms, termsAnswer } from './operation.ts';
import { answerResponse } from './proof.ts';
import * as v from './values.ts';

/** A new card (KR-01, ID-02): who was given a number by the helpdesk types it at a kiosk, with a blank card in the reader. */

/** Of a number the first digits say which request it is for; the others are a one-time code of 8 or 12 digits. */
export const LOCATOR_DIGITS = 6;
export const NUMBER_LENGTHS: readonly number[] = [14, 18];

/**
 * `POST /new-cards/proof`. Also of a card that an issue was cut off on: it is `planned` by central's record and is refused as
 * `RP-07-blank` like a blank one, and the same number takes the issue up again for 24 hours.
 * Refused: `ID-03-wrong-code` with the tries left, whether there is such a request or not; `ID-03-code-dead`; `ID-03-wait`;
 * `KR-01-card-is-somebodys`; `KR-06-wrong-card` when it was begun on another card; `KR-02-…`, `KR-03-no-right`; a code of REFUSALS.
 */
export const newCardProofRequest = z.object({
  /** ASCII digits of the whole number, as typed. */
  code: v.bytes.refine(
    (code) => NUMBER_LENGTHS.includes(code.length) && code.every(isDigit),
    'not such digits',
  ),
  /** Of the chip; null where it has none. */
  serial: v.chipSerial.nullable(),
  /** What the card says of itself, if an issue was cut off on it. */
  guid: v.guid.nullable().default(null),
});
export type NewCardProofRequest = z.infer<typeof newCardProofRequest>;

/**
 * `POST /new-cards/vouched`, with the operator's session: an accepted statement (`vouchRequest`) in the place of the number. Answered as a
 * number is; refused the same way, but for codes, and as statements are.
 */
export const vouchedCardRequest = newCardProofRequest.omit({ code: true }).extend({ statementId: v.id });
export type VouchedCardRequest = z.infer<typeof vouchedCardRequest>;

/** `openOperation` (kind `issue`): it was begun on this card, and is finished by the same questions. */
export const newCardProofResponse = answerResponse.extend({
  proofId: v.id,
  requestId: v.id,
  /** Of the card that is to be: for journal and events. */
  cardId: v.id,
  holderName: z.string(),
  profileTitle: z.string(),
  /** For the new PIN. */
  pinPolicy,
  /** Recovered keys that come onto it. */
  recoveredKeys: z.int(),
  /** The card that it takes the place of, by its label or chip serial, and the code of the reason. */
  inPlaceOf: z.object({ card: z.string().nullable(), reason: v.word }).nullable(),
});
export type NewCardProofResponse = z.infer<typeof newCardProofResponse>;

/** `POST /requests/:id/issue/preview`: what would come onto the card; nothing is opened. Of one that was begun: what does. */
export const issuePreviewRequest = z.object({
  proofId: v.id,
  serial: v.chipSerial.nullable(),
  capabilities: cardCapabilities,
  /** Serial numbers of recovered certificates that are not put onto the card this time. */
  leavesOut: z.array(z.string()).max(32).default([]),
});
export type IssuePreviewRequest = z.infer<typeof issuePreviewRequest>;
export const issuePreviewResponse = z.object({
  /** Key by key, in the order of the slots (new, restored, renewed: the same key as on the card before); then what is left, and what is lost with that card. */
  changes: z.array(plannedChange).max(64),
  /** With `KR-07-too-few-slots` the person chooses what is left out; `KR-11-cannot-import`: another kind of card. */
  problem: v.openWords(COLLECTION_PROBLEMS).nullable(),
  cardExpiresAt: v.instant,
  /** Null: there are none, or they were accepted when what is taken up was begun. */
  terms: terms.nullable().default(null),
  /** A second operator has to sign this (`witnessId`). */
  wantsWitness: z.boolean().default(false),
});
export type IssuePreviewResponse = z.infer<typeof issuePreviewResponse>;

/**
 * `POST /requests/:id/issue`: opens the operation that writes the card, or takes it up again; answers a plan, like a begin after a
 * proof by code: the new PIN is set with the PUK. The steps of the run are those of every operation.
 * Refused besides: `KR-01-not-blank` when the card says that its management key is not the factory's.
 */
export const issueRequest = issuePreviewRequest.extend({
  recipientKey: v.bytes,
  /** A second operator's statement, where an operator does this and the profile wants one. */
  witnessId: v.id.nullish(),
  ...termsAnswer,
});
export type IssueRequest = z.infer<typeof issueRequest>;

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
