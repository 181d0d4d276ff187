import { z } from 'zod';
import { WITNESSED_ACTIONS } from '../domain/profile.ts';
import type { StatementAction } from '../domain/statement.ts';
import { answerResponse, challengeResponse } from './proof.ts';
import * as v from './values.ts';

/**
 * What an operator says with the signature of their own card (ID-02, OP-02): central trusts neither the kiosk's word nor the session for it.
 * Each is for one action, at the kiosk where it was asked for, once, within ten minutes.
 */

/** How a code is given out. */
const givenHow = { length: z.enum(['short', 'long']), handedOver: z.enum(['shown', 'mailed']) };

/**
 * vouch: the person in front of me is the holder of this card; once accepted, the statement's id is a proof (`proofId`) for that card, and
 * sets the PIN by the PUK like a code. vouchRequest: the same of the owner of a request for a new card (in the place of the number; see
 * `vouchedCardRequest`) or a soft certificate (its `proofId`). witness: I, a second operator, have seen that this is right; it is the
 * `witnessId` of exactly that action, with that reason, on that card. The reason is null where the action has none. giveCode, giveNumber: a
 * one-time code for this card, or the number for this request, is given out, so long and in this way; the `statementId` of exactly that
 * `giveCodeRequest`.
 */
export const statementAction: z.ZodType<StatementAction, StatementAction> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vouch'), cardId: v.id }),
  z.object({ kind: z.literal('vouchRequest'), requestId: v.id }),
  z.object({
    kind: z.literal('witness'),
    action: z.enum(WITNESSED_ACTIONS),
    /** Of an issue: the card that is to be, as `newCardProofResponse` names it. */
    cardId: v.id,
    reason: v.text(64).min(1).nullable(),
  }),
  z.object({ kind: z.literal('giveCode'), cardId: v.id, ...givenHow }),
  z.object({ kind: z.literal('giveNumber'), requestId: v.id, ...givenHow }),
]);

/**
 * `POST /statements`, with the operator's session. `signerCardId`: the card that the session was begun with; of a
 * witness that of the second operator. What may not be said is refused before anybody types a PIN.
 */
export const statementRequest = z.object({ signerCardId: v.id, action: statementAction });
export type StatementRequest = z.infer<typeof statementRequest>;
export const statementResponse = challengeResponse
  .omit({ proofId: true })
  .extend({ statementId: v.id, expiresAt: v.instant });
export type StatementResponse = z.infer<typeof statementResponse>;

/** `POST /statements/:id/answer` takes an `answerRequest`. `openOperation`: of the card that was vouched for, as after any proof. */
export const statementAnswerResponse = answerResponse;
export type StatementAnswerResponse = z.infer<typeof statementAnswerResponse>;

/** The bytes that the operator's card signs (hashed as in `proofMessage`): id ‖ challenge ‖ what is said, word by word. */
export function statementMessage(
  statementId: string,
  challenge: Uint8Array,
  action: StatementAction,
): Uint8Array {
  const label = new TextEncoder().encode(`recard operator statement\0${statementId}\0`);
  const said = new TextEncoder().encode(`\0${statementText(action)}`);
  const message = new Uint8Array(label.length + challenge.length + said.length);
  message.set(label);
  message.set(challenge, label.length);
  message.set(said, label.length + challenge.length);
  return message;
}

/** The same text for the same action, and for no other: no field of it can hold U+0000. */
export function statementText(action: StatementAction): string {
  switch (action.kind) {
    case 'vouch':
      return `vouch\0${action.cardId}`;
    case 'vouchRequest':
      return `vouchRequest\0${action.requestId}`;
    case 'witness':
      return `witness\0${action.action}\0${action.cardId}\0${action.reason ?? ''}`;
    case 'giveCode':
      return `giveCode\0${action.cardId}\0${action.length}\0${action.handedOver}`;
    case 'giveNumber':
      return `giveNumber\0${action.requestId}\0${action.length}\0${action.handedOver}`;
  }
}
