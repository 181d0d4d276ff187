import { z } from 'zod';
import { COLLECTION_PROBLEMS, DIFFERENCE_CHANGES } from '../domain/difference.ts';
import { REQUEST_KINDS, REQUEST_STATES } from '../domain/request.ts';
import { listedCertificate } from './certificate.ts';
import { cardCapabilities, terms, termsAnswer } from './operation.ts';
import { softRules } from './soft-certificate.ts';
import * as v from './values.ts';

/** What waits for a cardholder at a kiosk, and its collection onto the card in the reader. */

/** What an update of one card does to one of its encryption certificates (KR-05). */
export const differenceEntry = z.object({
  change: z.enum(DIFFERENCE_CHANGES),
  from: v.slot.nullable(),
  to: v.slot.nullable(),
  certificate: listedCertificate,
});

export const difference = z.object({
  entries: z.array(differenceEntry).max(64),
  problem: v.openWords(COLLECTION_PROBLEMS).nullable(),
});

/** `POST /waiting`: what waits for the person who has proved themselves with this card, oldest first. */
export const waitingRequest = z.object({ proofId: v.id, cardId: v.id, capabilities: cardCapabilities });
export type WaitingRequest = z.infer<typeof waitingRequest>;
export const waitingItem = z.object({
  requestId: v.id,
  kind: v.openWords(REQUEST_KINDS),
  state: v.openWords(REQUEST_STATES),
  requestedAt: v.instant,
  expiresAt: v.instant,
  /** In the words of whoever asked. */
  note: z.string().nullable(),
  /** Of a card update: a code of the reasons. */
  reason: v.word.nullable(),
  /**
   * It can be collected onto the card in this reader, now. False: onto another card, elsewhere, not approved yet, after a proof by code,
   * or only once another operation of this card is finished. Of a soft certificate: with this card as the proof of its owner.
   */
  isForThisCard: z.boolean(),
  /** Why not: a stable code. Null: nothing stands against it that central knows of; an older one does not say. */
  obstacle: v.word.nullable().default(null),
  /** Of a new card: keys that were recovered come onto it as well. An older central does not say. */
  hasRecoveredKeys: z.boolean().default(false),
  /** Of an update of the card in the reader with recovered keys. */
  difference: difference.nullable(),
  /** Of a soft certificate: what goes into the file, and what the profile says of it. An older central does not say. */
  soft: z
    .object({
      rules: softRules,
      certificates: z.array(listedCertificate).max(64),
      /** To be accepted before it is collected (RP-19). Null: there are none, or an older central does not say. */
      terms: terms.nullable().default(null),
    })
    .nullable()
    .default(null),
});
export type WaitingItem = z.infer<typeof waitingItem>;
export const waitingResponse = z.object({
  items: z.array(waitingItem).max(100),
  /**
   * To be accepted before recovered keys come onto this card, and before a new PIN is set on it (RP-19); of what is taken up they were accepted
   * when it was begun. Null: there are none, or an older central does not say.
   */
  terms: terms.nullable().default(null),
});
export type WaitingResponse = z.infer<typeof waitingResponse>;

/** `POST /requests/:id/difference`: the same, when the person has chosen what is left for another time. */
export const differenceRequest = waitingRequest.extend({
  /** Serial numbers of wanted certificates that are not put onto the card this time. */
  leavesOut: z.array(z.string()).max(32),
});
export type DifferenceRequest = z.infer<typeof differenceRequest>;

/**
 * `POST /requests/:id/collect`: opens the operation that brings the keys onto the card, or takes it up again; answers a plan. Of one
 * that is taken up, what is left out and what is taken off is as it was when it was begun. Refused besides: `RP-19-accept-terms`.
 */
export const collectRequest = differenceRequest.extend({
  recipientKey: v.bytes,
  /** The removals that the person has confirmed by themselves (KR-05): exactly those that the difference names. */
  confirmedRemovals: z.array(z.string()).max(32),
  ...termsAnswer,
});
export type CollectRequest = z.infer<typeof collectRequest>;
