import { z } from 'zod';
import { CARD_STATES, CERTIFICATE_STATES, PERSON_STATES } from '../domain/card.ts';
import { DESK_REFUSALS, OPERATION_LINE_STATES } from '../domain/desk-pages.ts';
import { WITNESSED_ACTIONS } from '../domain/profile.ts';
import { OLD_CERTIFICATES, OLD_ENCRYPTION_CERTIFICATES } from '../domain/reason.ts';
import { OPERATION_KINDS, REQUEST_KINDS, REQUEST_STATES } from '../domain/request.ts';
import { SLOTS } from '../domain/slot.ts';
import { listedCertificate } from './certificate.ts';
import * as v from './values.ts';

/**
 * The operator's pages (OP-01, OP-05), each the shape of its name in src/domain/desk-pages.ts: all asked for with `SESSION_HEADER`. Refused:
 * 403 `ID-05-…`, `KR-03-out-of-scope`, `OP-02-out-of-scope`; 409 `RP-07-not-served-here`; 404 `RP-07-nobody`, `RP-07-unknown`.
 */

const list = <T extends z.ZodType>(one: T) => z.array(one).readonly();
const refusal = v.openWords(DESK_REFUSALS).nullable();
const named = z.object({ id: v.id, displayName: z.string() });
const namedCard = z.object({ id: v.id, name: z.string() });
const personState = v.openWords(PERSON_STATES);

const historyLine = z.object({
  at: v.instant,
  type: z.string(),
  actor: z.string(),
  kiosk: z.string().nullable(),
  note: z.string().nullable(),
});

const personsCard = namedCard.extend({
  serial: z.string().nullable(),
  state: v.openWords(CARD_STATES),
  profileTitle: z.string(),
  expiresAt: v.instant,
  hasOpenOperation: z.boolean(),
});

const requestLine = z.object({
  id: v.id,
  kind: v.openWords(REQUEST_KINDS),
  state: v.openWords(REQUEST_STATES),
  owner: named,
  card: namedCard.nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: v.instant,
  expiresAt: v.instant,
  approvals: z.int(),
  approvalsWanted: z.int(),
  certificates: z.int(),
});

const operationLine = z.object({
  /** Of the reason, by language; absent: there is none, or an older central. */
  reasonTitles: z.record(z.string(), z.string()).optional(),
  id: v.id,
  kind: v.openWords(OPERATION_KINDS),
  state: v.openWords(OPERATION_LINE_STATES),
  card: namedCard,
  holder: named,
  kiosk: z.string(),
  reason: z.string(),
  startedAt: v.instant,
  lastWordAt: v.instant,
  mayAbandon: refusal,
});

/** `GET /desk/people/:id` */
export const personPage = z.object({
  person: named.extend({
    login: z.string().nullable(),
    mail: z.string(),
    group: z.string(),
    state: personState,
    approvedUntil: v.instant.nullable(),
    hasPhoto: z.boolean(),
  }),
  cards: list(personsCard),
  /** Its slot: for which it was issued; an older central does not say. */
  certificates: list(
    listedCertificate.extend({ card: namedCard, slot: v.openWords(SLOTS).default('unknown') }),
  ),
  requests: list(requestLine),
  history: list(historyLine),
  /** How many there are, also of those that are not told; absent: an older central. */
  totals: z.object({ certificates: z.int(), requests: z.int(), history: z.int() }).optional(),
  may: z.object({ request: refusal }),
  profiles: list(z.object({ name: z.string(), title: z.string() })),
});

/** `GET /desk/people/:id/photo`: as it goes onto the card; null: there is none. Central has on record who looked. */
export const personPhoto = z.object({ jpeg: v.bytes.nullable() });

const reasonChoices = list(
  z.object({
    reason: z.object({
      code: z.string(),
      titles: z.record(z.string(), z.string()),
      oldCertificates: v.openWords(OLD_CERTIFICATES).optional(),
      oldEncryptionCertificate: v.openWords(OLD_ENCRYPTION_CERTIFICATES).optional(),
    }),
    refusal,
  }),
);

/** `GET /desk/cards/:id` */
export const cardPage = z.object({
  card: personsCard.extend({ guid: v.guid, reason: z.string().nullable(), profileName: z.string() }),
  holder: named.extend({ state: personState }),
  slots: list(
    z.object({
      slot: v.openWords(SLOTS),
      serialNumber: z.string(),
      subject: z.string(),
      notAfter: v.instant,
      state: v.openWords([...CERTIFICATE_STATES, 'onHold']),
      isArchived: z.boolean(),
    }),
  ),
  history: list(historyLine),
  operation: operationLine.nullable(),
  requests: list(requestLine),
  may: z.object({
    reprovision: reasonChoices,
    cancel: reasonChoices,
    disable: reasonChoices,
    replace: reasonChoices,
    enable: refusal,
    pinReset: refusal,
    giveCode: refusal,
    /** A code by mail, besides; absent: an older central, which says so when it is tried. */
    send: refusal.optional(),
    request: refusal,
  }),
  /** A code is given out with a signature of the operator's own card (`giveCode`); an older central wants none. */
  isCodeSigned: z.boolean().default(false),
  witness: list(v.openWords(WITNESSED_ACTIONS)).default([]),
});

/**
 * `GET /desk/operations`: those for whom the operator acts, that this kiosk serves. Open ones first, oldest first; then those that were
 * abandoned, the last one first.
 */
export const operationsPage = z.object({
  operations: list(operationLine),
  /** How many there are, also of those that are not told; absent: an older central. */
  total: z.int().optional(),
});

/** `POST /desk/operations/:id/abandon`: why, in their own words. Asked again it does nothing. */
export const abandonRequest = z.object({ note: v.text(500).min(1) });

/** `POST /desk/maintenance`: an administrator ends the kiosk at which they are signed in. */
export const maintenanceRequest = z.object({});

/** `GET /desk/audit`: of this kiosk, newest first, a page at a time. */
export const auditQuery = z.object({
  /** As `next` of the page before. */
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});
export const auditPage = z.object({
  lines: list(historyLine.extend({ holder: z.string().nullable(), card: z.string().nullable() })),
  /** Where the next page begins; null: this is the last one. */
  next: z.int().nullable(),
});
