import { z } from 'zod';
import { CARD_STATES, PERSON_STATES } from '../domain/card.ts';
import { CARD_REFUSALS } from '../domain/card-life.ts';
import { SEND_REFUSALS } from '../domain/desk-pages.ts';
import { ACT_REFUSALS } from '../domain/may-act.ts';
import { OPERATOR_ROLES } from '../domain/operator.ts';
import { WITNESSED_ACTIONS } from '../domain/profile.ts';
import { REQUEST_KINDS, REQUEST_STATES } from '../domain/request.ts';
import { SLOTS } from '../domain/slot.ts';
import { listedCertificate } from './certificate.ts';
import { difference, waitingItem } from './request.ts';
import * as v from './values.ts';

/** What an operator does at a kiosk: their session, and the requests of those for whom they act (ID-05, OP-02). */

/** Names the session in every question of an operator's: base64url, 43 characters. */
export const SESSION_HEADER = 'recard-session';

/** `POST /sessions`: with the accepted proof of the operator's own card. Asked again with the same proof, it is the same session. */
export const sessionRequest = z.object({ proofId: v.id });
const personName = z.object({ id: v.id, displayName: z.string() });
export const sessionResponse = z.object({
  /** For `SESSION_HEADER`; nowhere else, and never written down. */
  token: z.string(),
  person: personName,
  role: v.openWords(OPERATOR_ROLES),
  /** Name of the group that they act for. */
  group: z.string(),
  /** It ends by itself when nothing was asked for so long. */
  idleSeconds: z.int(),
});
export type SessionResponse = z.infer<typeof sessionResponse>;

const cardName = z.object({ id: v.id, /** Label, chip serial or id. */ name: z.string() });
const serialNumber = z.string().regex(/^[0-9a-f]{1,64}$/);
const MAX_CERTIFICATES = 64;
const serialNumbers = z.array(serialNumber).max(MAX_CERTIFICATES);

/** `GET /people/:id/recoverable`: what a request can be made from, newest first. */
export const recoverableCertificate = listedCertificate.extend({
  issuedFor: cardName,
  /** Where it is now; empty: on no card. */
  isOn: z.array(cardName.extend({ slot: v.openWords(SLOTS) })),
  /** Other certificates over the same key. */
  sameKeyAs: z.array(z.string()),
});
export type RecoverableCertificate = z.infer<typeof recoverableCertificate>;
export const recoverableResponse = z.object({
  person: personName.extend({ state: v.openWords(PERSON_STATES) }),
  certificates: z.array(recoverableCertificate),
  cards: z.array(
    cardName.extend({ state: v.openWords(CARD_STATES), profileName: z.string(), expiresAt: v.instant }),
  ),
});
export type RecoverableResponse = z.infer<typeof recoverableResponse>;

/** `POST /requests`. */
const note = v.text(500).min(1).nullable().default(null);
export const newRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('existingCard'),
    cardId: v.id,
    /** Besides what the card has. */
    certificates: serialNumbers,
    /** What is taken off it; each is confirmed by itself (KR-05). */
    without: serialNumbers.default([]),
    confirmedRemovals: serialNumbers.default([]),
    note,
  }),
  z.object({
    ...{ kind: z.literal('softCertificate'), ownerId: v.id, profileName: v.word },
    ...{ certificates: serialNumbers, note },
  }),
  z.object({
    ...{ kind: z.literal('newCard'), ownerId: v.id, profileName: v.word },
    ...{ certificates: serialNumbers, note },
    /** The card that it takes the place of, and why. */
    inPlaceOf: z.object({ cardId: v.id, reason: v.word }).nullable().default(null),
  }),
  z.object({ kind: z.literal('cardUpdate'), cardId: v.id, reason: v.word, note }),
]);
export type NewRequest = z.infer<typeof newRequest>;

/**
 * `POST /requests/preview`: what a request for an existing card would do to it, answered as a `difference`; nothing is made. Refused as the
 * request would be, but that nobody has confirmed what is taken off.
 */
export const previewRequest = z.object({
  cardId: v.id,
  certificates: serialNumbers,
  without: serialNumbers.default([]),
});
export type PreviewRequest = z.infer<typeof previewRequest>;

/** `POST /requests/:id/approve|reject|cancel`; a rejection says why. */
export const verdictRequest = z.object({ note });
export const rejectRequest = z.object({ note: v.text(500).min(1) });

/** A request in the queue. */
export const listedRequest = z.object({
  id: v.id,
  kind: v.openWords(REQUEST_KINDS),
  state: v.openWords(REQUEST_STATES),
  owner: personName,
  card: cardName.nullable(),
  profileName: z.string(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  /** Name of whoever asked, as in the audit. */
  requestedBy: z.string(),
  requestedAt: v.instant,
  expiresAt: v.instant,
  endedAt: v.instant.nullable(),
  approvals: z.int(),
  approvalsWanted: z.int(),
  /** How many are wanted. */
  certificates: z.int(),
});
export type ListedRequest = z.infer<typeof listedRequest>;

/** `GET /requests`: newest first, but `toApprove` oldest first. */
export const QUEUE_VIEWS = ['toApprove', 'waiting', 'done', 'all'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];
/** No more lines are answered at once. */
export const LONGEST_QUEUE = 500;
export const queueQuery = z.object({
  /** toApprove: by whoever asks. waiting: not over. */
  view: z.enum(QUEUE_VIEWS).default('waiting'),
  ownerId: v.id.optional(),
  cardId: v.id.optional(),
  limit: z.coerce.number().int().min(1).max(LONGEST_QUEUE).default(100),
});
export const queueResponse = z.object({ requests: z.array(listedRequest), total: z.int() });

/** Null: it is allowed. */
const allowed = v.openWords(ACT_REFUSALS).nullable();

/** `GET /requests/:id`, and the answer to whatever changes one. */
export const shownRequest = listedRequest.extend({
  /** Of the reason, by language; absent: there is none, or an older central. */
  reasonTitles: z.record(z.string(), z.string()).optional(),
  list: z.array(listedCertificate.extend({ wasOnCard: z.boolean(), isWanted: z.boolean() })),
  verdicts: z.array(
    z.object({
      ...{ by: personName, verdict: v.openWords(['approved', 'rejected'] as const) },
      ...{ note: z.string().nullable(), givenAt: v.instant },
    }),
  ),
  /** What an update of that card would do as things are; null: not an update with recovered keys, or over. */
  difference: difference.nullable(),
  /** Of a soft certificate: what goes into the file. */
  soft: waitingItem.shape.soft,
  /** What whoever asks may not do, and why; by rights alone. */
  may: z.object({
    ...{ approve: allowed, reject: allowed, cancel: allowed },
    collect: v.openWords([...ACT_REFUSALS, ...CARD_REFUSALS]).nullable(),
    /** The number for a new card; absent: an older central, and as `collect`. */
    giveNumber: v.openWords(CARD_REFUSALS).nullable().optional(),
    /** By mail, besides; absent: an older central, which says so when it is tried. */
    send: v.openWords(SEND_REFUSALS).nullable().optional(),
  }),
  /** The number is given out with a signature of the operator's own card (`giveNumber`); an older central wants none. */
  isCodeSigned: z.boolean().default(false),
  /** From the audit, oldest first. */
  history: z.array(
    z.object({
      at: v.instant,
      type: z.string(),
      actor: z.string(),
      kiosk: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
  /** What its profile wants a second operator for. */
  witness: z.array(v.openWords(WITNESSED_ACTIONS)).default([]),
});
export type ShownRequest = z.infer<typeof shownRequest>;

/** A second operator's statement, where the profile wants one. */
const witnessId = v.id.nullable().default(null);

/** `POST /cards/:id/cancel|disable`: why, by a code of the reasons, and in one's own words. */
export const changeCardRequest = z.object({ reason: v.word, note, witnessId });
/** `POST /cards/:id/enable` */
export const enableCardRequest = z.object({ note, witnessId });
/** Titles by language. */
const cardReason = z.object({ code: z.string(), titles: z.record(z.string(), z.string()) });
const mayOrNot = v.openWords(CARD_REFUSALS).nullable();

/** `GET /cards/:id/life`, and the answer to whatever changes it. */
export const cardLife = z.object({
  card: cardName.extend({ state: v.openWords(CARD_STATES) }),
  /** Why it is disabled or cancelled; null: it is neither, or nobody said. */
  reason: z.string().nullable(),
  /** What whoever asks may do, for which reasons; null: it is allowed. Enabling has none. */
  may: z.object({
    cancel: z.array(z.object({ reason: cardReason, refusal: mayOrNot })),
    disable: z.array(z.object({ reason: cardReason, refusal: mayOrNot })),
    enable: mayOrNot,
  }),
  /** What an operator does under its profile only with a second one, who signs it (`witnessId`). An older central wants none. */
  witness: z.array(v.openWords(WITNESSED_ACTIONS)).default([]),
});
export type CardLife = z.infer<typeof cardLife>;
/** With what became of its certificates by that: serial numbers. */
export const changedCard = cardLife.extend({
  revoked: z.array(z.string()),
  held: z.array(z.string()),
  /** Off the revocation list again. */
  released: z.array(z.string()),
});
export type ChangedCard = z.infer<typeof changedCard>;

/** `POST /cards/:id/code`: for whoever cannot prove themselves with that card; `POST /requests/:id/number`: for a new one (ID-03). */
export const giveCodeRequest = z.object({
  kind: z.enum(['short', 'long']),
  /** By mail to its holder; nobody else is told it then. */
  send: z.boolean(),
  /** What the operator has signed of exactly this (`giveCode`, `giveNumber`); null: an older kiosk, which is refused (`SY-06-newer-kiosk`). */
  statementId: v.id.nullable().default(null),
});
export type GiveCodeRequest = z.infer<typeof giveCodeRequest>;
export const givenCode = z.object({
  /** ASCII digits, answered this once. Null: it is sent. */
  code: v.bytes.nullable(),
  /** To be typed by then. */
  expiresAt: v.instant,
  /** The address that it goes to. */
  sentTo: z.string().nullable(),
});
export type GivenCode = z.infer<typeof givenCode>;
