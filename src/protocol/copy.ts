import { z } from 'zod';
import { CARD_STATES, CERTIFICATE_STATES, PERSON_STATES } from '../domain/card.ts';
import { CRL_REASONS } from '../domain/crl-reason.ts';
import { DEFAULT_ABANDON_AFTER_HOURS } from '../domain/profile.ts';
import * as v from './values.ts';

/** The kiosk's copy of central's data, whole: what a kiosk needs to show and decide, and no secret. */

export const pinPolicy = z.object({
  minLength: z.int().min(6).max(8),
  maxLength: z.int().min(6).max(8),
  forbidRepeated: z.boolean(),
  forbidSequence: z.boolean(),
  forbidCurrent: z.boolean(),
});

export const profile = z.object({
  name: z.string(),
  revision: z.int().min(1),
  title: z.string(),
  slots: z.array(
    z.object({
      slot: z.enum(['9A', '9C', '9D', '9E']),
      algorithm: v.keyAlgorithm,
      lifetimeDays: z.int().min(1),
    }),
  ),
  objects: z.object({
    printedInformation: z.boolean(),
    facialImage: z.boolean(),
    fingerprints: z.boolean(),
    discovery: z.boolean(),
  }),
  pinPolicy,
  managementKeyAlgorithm: v.managementKeyAlgorithm,
  requiresApprovedHolder: z.boolean(),
  validateIssuance: z.boolean(),
  unarchivedKeyLoss: z.enum(['refuse', 'allow']),
  abandonAfterHours: z.int().min(1).default(DEFAULT_ABANDON_AFTER_HOURS),
});

/** What a kiosk reads of a profile. The rest is central's business, and may be new to this program. */
export const shownProfile = profile.pick({
  name: true,
  title: true,
  pinPolicy: true,
  requiresApprovedHolder: true,
});
export type ShownProfile = z.infer<typeof shownProfile>;

export const person = z.object({
  id: v.id,
  displayName: z.string(),
  state: v.openWords(PERSON_STATES),
  approvedUntil: v.instant.nullable(),
});

export const card = z.object({
  id: v.id,
  serial: v.chipSerial.nullable(),
  guid: v.guid,
  holderId: v.id,
  state: v.openWords(CARD_STATES),
  expiresAt: v.instant,
  profileName: z.string(),
  /** An older central does not say. */
  hasOpenOperation: z.boolean().default(false),
  /** Whether central holds its management key (RP-21). An older central does not say. */
  isManagementKeyKnown: z.boolean().default(true),
});

export const certificateSummary = z.object({
  cardId: v.id,
  slot: v.slot,
  serialNumber: z.string(),
  notAfter: v.instant,
  state: z.enum(CERTIFICATE_STATES),
});

export const reason = z.object({
  code: z.string(),
  titles: z.record(z.string(), z.string()),
  oldCertificates: z.enum(['revoke', 'leave']),
  oldEncryptionCertificate: z.enum(['keep', 'replace', 'revoke', 'leave', 'newIfRevoked']),
  encryptionKey: z.enum(['same', 'new', 'newIfRevoked']),
  crlReason: z.enum(Object.keys(CRL_REASONS) as [keyof typeof CRL_REASONS]).nullable(),
  position: z.int(),
  /** Who may choose it; absent: an older central, which leaves it to the kiosk. */
  chosenBy: z.array(z.string()).optional(),
});

/**
 * The rows of the log as a kiosk takes them in: what their columns need. Words are kept as they were sent, and understood when
 * they are read: by then the kiosk's program may be a newer one (SY-06).
 */
export const copyRows = {
  profile: z.object({ name: z.string() }),
  reason: z.object({ code: z.string(), position: z.int() }),
  // What they are searched by: an older central, which also makes no copy with room for it, does not say.
  person: z.object({
    ...person.shape,
    state: v.word,
    mail: z.string().default(''),
    login: z.string().nullable().default(null),
  }),
  card: z.object({ ...card.shape, state: v.word, label: z.string().nullable().default(null) }),
  certificate: z.object({ ...certificateSummary.shape, slot: v.word, state: v.word }),
} as const;

/** `GET /copy`: 200 with this and an ETag, or 304. Profiles: the newest revision of each. */
export const copy = z.object({
  revision: z.string(),
  madeAt: v.instant,
  people: z.array(person),
  cards: z.array(card),
  certificates: z.array(certificateSummary),
  profiles: z.array(profile),
  reasons: z.array(reason),
});
export type Copy = z.infer<typeof copy>;

/**
 * `POST /cards/lookup`: what central knows of a card that the copy lacks (RP-07). Of one whose holder is in none of the kiosk's
 * groups it says no more than 409 RP-07-not-served-here.
 */
export const lookupRequest = z.object({ serial: v.chipSerial.nullable(), guid: v.guid.nullable() });
export const lookupResponse = z.object({ card: card.nullable(), holder: person.nullable() });
