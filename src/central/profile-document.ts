/** A credential profile as people write it: TOML or JSON, checked; an error names the line and what to do. */
import { z } from 'zod';
import { OPERATOR_ROLES } from '../domain/operator.ts';
import { DEFAULT_PASSWORD_POLICY, PASSWORD_LENGTHS } from '../domain/password-policy.ts';
import {
  DEFAULT_ABANDON_AFTER_HOURS,
  DEFAULT_REQUEST_RIGHTS,
  PIN_RESET_PROOFS,
  type Profile,
  REQUEST_ROLES,
  WITNESSED_ACTIONS,
} from '../domain/profile.ts';
import { ACTIVE_SLOTS, isEncryptionSlot, KEY_ALGORITHMS, MANAGEMENT_KEY_ALGORITHMS } from '../domain/slot.ts';
import { DEFAULT_SOFT_RULES, SOFT_PLACES, type SoftRules } from '../domain/soft-certificate.ts';
import { placeIn, troubleOf } from './document-trouble.ts';
import { readStructuredText, StructuredTextError } from './structured-text.ts';

/** The document is not a profile. The message has one line for each thing that is wrong. */
export class ProfileDocumentError extends Error {
  override readonly name = 'ProfileDocumentError';
}

const MAX_LIFETIME_DAYS = 20 * 365;
const MAX_ABANDON_AFTER_HOURS = 365 * 24;
const MAX_APPROVALS = 5;
/** Of terms in one language: whoever stands at a kiosk is to read them. */
const MAX_TERMS_LENGTH = 8000;

const slot = z
  .strictObject({
    slot: z.enum(ACTIVE_SLOTS),
    algorithm: z.enum(KEY_ALGORITHMS),
    lifetime_days: z.int().min(1).max(MAX_LIFETIME_DAYS),
    archive: z.boolean().default(false),
  })
  .refine(({ slot, archive }) => !archive || isEncryptionSlot(slot), {
    path: ['archive'],
    message: 'a signing key can never be archived, only that of 9D: remove this line',
  });

const softCertificate = z.strictObject({
  where: z.enum(SOFT_PLACES).default(DEFAULT_SOFT_RULES.where),
  old_encryption: z.boolean().default(DEFAULT_SOFT_RULES.allowsOldEncryption),
  password: z
    .strictObject({
      min_length: z
        .int()
        .min(PASSWORD_LENGTHS.least)
        .max(PASSWORD_LENGTHS.most)
        .default(DEFAULT_PASSWORD_POLICY.minLength),
      min_kinds: z.int().min(1).max(4).default(DEFAULT_PASSWORD_POLICY.minKinds),
      min_different: z.int().min(1).max(PASSWORD_LENGTHS.most).default(DEFAULT_PASSWORD_POLICY.minDifferent),
    })
    .refine(({ min_length, min_different }) => min_different <= min_length, {
      path: ['min_different'],
      message: 'it is more than min_length: make it less',
    })
    .prefault({}),
});

/** Drawn in a terminal: nothing of it may move the cursor, or turn the line around. */
const terms = z
  .record(
    z.string(),
    z
      .string()
      .trim()
      .min(1)
      .max(MAX_TERMS_LENGTH)
      .refine((text) => !/(?!\n)[\p{Cc}\p{Cf}]/u.test(text), 'use letters, signs and line breaks only'),
  )
  .refine(
    (texts) => Object.keys(texts).every((language) => /^[a-z]{2}$/.test(language)),
    'name a language by its two letters: en, de',
  )
  .refine((texts) => 'en' in texts, 'add them in English (en), for everybody whose language is missing');

const fields = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and hyphens'),
  title: z.string().min(1).max(80),
  management_key_algorithm: z.enum(MANAGEMENT_KEY_ALGORITHMS),
  requires_approved_holder: z.boolean().default(false),
  validate_issuance: z.boolean().default(false),
  approvals: z.int().min(1).max(MAX_APPROVALS).optional(),
  card_lifetime_days: z.int().min(1).max(MAX_LIFETIME_DAYS).optional(),
  key_recovery_only: z.boolean().default(false),
  requests: z
    .strictObject({
      request: z.array(z.enum(REQUEST_ROLES)).optional(),
      approve: z.array(z.enum(OPERATOR_ROLES)).optional(),
      collect: z.array(z.enum(REQUEST_ROLES)).optional(),
    })
    .optional(),
  soft_certificate: softCertificate.optional(),
  proofs: z
    .strictObject({ pin_reset: z.array(z.enum(PIN_RESET_PROOFS)).min(1, 'name at least one').optional() })
    .optional(),
  witness: z.array(z.enum(WITNESSED_ACTIONS)).optional(),
  terms: terms.optional(),
  unarchived_key_loss: z.enum(['refuse', 'allow']).default('refuse'),
  abandon_after_hours: z.int().min(1).max(MAX_ABANDON_AFTER_HOURS).default(DEFAULT_ABANDON_AFTER_HOURS),
  objects: z.strictObject({
    printed_information: z.boolean(),
    facial_image: z.boolean(),
    fingerprints: z.boolean().default(false),
    discovery: z.boolean(),
  }),
  pin_policy: z
    .strictObject({
      min_length: z.int().min(6).max(8),
      max_length: z.int().min(6).max(8),
      forbid_repeated: z.boolean(),
      forbid_sequence: z.boolean(),
      forbid_current: z.boolean(),
    })
    .refine((policy) => policy.min_length <= policy.max_length, {
      path: ['max_length'],
      message: 'it is less than min_length: make it at least as large',
    }),
  slots: z
    .array(slot)
    .min(1)
    .refine((slots) => new Set(slots.map((one) => one.slot)).size === slots.length, {
      message: 'a slot is named twice: keep one of them',
    }),
});

const document = fields
  .refine(({ key_recovery_only, slots }) => key_recovery_only || slots.some((one) => one.slot === '9A'), {
    path: ['slots'],
    message: 'there is no slot 9A, by which its holder proves themselves: add it',
  })
  .refine(
    ({ key_recovery_only, slots }) => !key_recovery_only || slots.every(({ slot }) => isEncryptionSlot(slot)),
    {
      path: ['slots'],
      message:
        'a profile for key recovery only never gives a card that can sign in or sign: keep slot 9D alone',
    },
  )
  .refine(
    ({ approvals, validate_issuance, key_recovery_only }) =>
      approvals === undefined || validate_issuance || key_recovery_only,
    {
      path: ['approvals'],
      message: 'nothing is approved under this profile: set validate_issuance = true, or remove this line',
    },
  );

/** @throws ProfileDocumentError */
export function parseProfileDocument(text: string): Omit<Profile, 'revision'> {
  const { value, lineOf } = read(text);
  const checked = document.safeParse(value);
  if (!checked.success) {
    const lines = checked.error.issues.map((issue) => describe(issue, value, lineOf(issue.path)));
    throw new ProfileDocumentError(`read profile: ${lines.join('; ')}`);
  }
  const { objects, pin_policy: pin, slots, ...rest } = checked.data;
  return {
    ...{ name: rest.name, title: rest.title },
    slots: slots.map((one) => ({
      slot: one.slot,
      algorithm: one.algorithm,
      lifetimeDays: one.lifetime_days,
      ...(one.archive ? { isArchived: true } : {}),
    })),
    objects: {
      ...{ printedInformation: objects.printed_information, facialImage: objects.facial_image },
      ...{ fingerprints: objects.fingerprints, discovery: objects.discovery },
    },
    pinPolicy: {
      ...{ minLength: pin.min_length, maxLength: pin.max_length, forbidRepeated: pin.forbid_repeated },
      ...{ forbidSequence: pin.forbid_sequence, forbidCurrent: pin.forbid_current },
    },
    managementKeyAlgorithm: rest.management_key_algorithm,
    requiresApprovedHolder: rest.requires_approved_holder,
    validateIssuance: rest.validate_issuance,
    ...(rest.approvals === undefined ? {} : { approvals: rest.approvals }),
    ...(rest.card_lifetime_days === undefined ? {} : { cardLifetimeDays: rest.card_lifetime_days }),
    ...(rest.key_recovery_only ? { isKeyRecoveryOnly: true } : {}),
    ...(rest.requests ? { requestRights: { ...DEFAULT_REQUEST_RIGHTS, ...rest.requests } } : {}),
    ...(rest.soft_certificate ? { softRules: softRules(rest.soft_certificate) } : {}),
    unarchivedKeyLoss: rest.unarchived_key_loss,
    ...(rest.proofs?.pin_reset
      ? { pinResetProofs: PIN_RESET_PROOFS.filter(among(rest.proofs.pin_reset)) }
      : {}),
    ...(rest.witness?.length ? { witness: WITNESSED_ACTIONS.filter(among(rest.witness)) } : {}),
    ...(rest.terms ? { terms: rest.terms } : {}),
    abandonAfterHours: rest.abandon_after_hours,
  };
}

/** Each once, in an order that does not depend on how it was written. */
function among<T>(named: readonly T[]): (one: T) => boolean {
  return (one) => named.includes(one);
}

function softRules({ where, old_encryption, password }: z.output<typeof softCertificate>): SoftRules {
  return {
    where,
    password: {
      ...{ minLength: password.min_length, maxLength: PASSWORD_LENGTHS.most },
      ...{ minKinds: password.min_kinds, minDifferent: password.min_different },
    },
    allowsOldEncryption: old_encryption,
  };
}

function read(text: string) {
  try {
    return readStructuredText(text);
  } catch (cause) {
    if (!(cause instanceof StructuredTextError)) throw cause;
    throw new ProfileDocumentError(`read profile: ${cause.message}`, { cause });
  }
}

function describe(issue: z.core.$ZodIssue, value: unknown, line: number | null): string {
  const name = placeIn(value, issue.path);
  const where = line === null ? name : `line ${line}: ${name}`;
  return `${where}: ${troubleOf(issue, value)}`;
}
