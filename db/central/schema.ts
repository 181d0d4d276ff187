/**
 * People, cards, profiles, certificates, kiosks. Beside it: operation-schema.ts, code-schema.ts, group-schema.ts,
 * copy-schema.ts, chain-schema.ts. Migrations are made from them with drizzle-kit.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CardState, CertificateState, PersonState } from '../../src/domain/card.ts';
import type { CardSecretKind } from '../../src/domain/card-secret.ts';
import type { CrlReason } from '../../src/domain/crl-reason.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import type { Profile } from '../../src/domain/profile.ts';
import type {
  EncryptionKey,
  OldCertificates,
  OldEncryptionCertificate,
  ReasonChooser,
  ReasonOperation,
} from '../../src/domain/reason.ts';
import type { ManagementKeyAlgorithm, Slot } from '../../src/domain/slot.ts';
import { bytes, instant } from './columns.ts';
import { copyScopes } from './copy-schema.ts';
import { EVERYBODY, groups } from './group-schema.ts';

/** Cardholders. `login` is the short name that commands take (`demo`). */
export const people = pgTable(
  'people',
  {
    id: uuid().primaryKey(),
    login: text().unique(),
    displayName: text('display_name').notNull(),
    mail: text().notNull(),
    userPrincipalName: text('user_principal_name').notNull(),
    state: text().$type<PersonState>().notNull(),
    approvedUntil: instant('approved_until'),
    /** JPEG as it goes into the facial image. */
    photo: bytes(),
    /** Their department: decides which kiosks know them and their cards. */
    groupId: uuid('group_id')
      .notNull()
      .default(EVERYBODY)
      .references(() => groups.id),
  },
  (table) => [index('people_group').on(table.groupId)],
);

/** Every save of a profile is a row; none is ever changed. `document` is the TOML text as it was put in. */
export const profiles = pgTable(
  'profiles',
  {
    name: text().notNull(),
    revision: integer().notNull(),
    document: text().notNull(),
    parsed: jsonb().$type<Profile>().notNull(),
    savedAt: instant('saved_at').notNull(),
    /** On the newest revision: no card may be given this profile any more, and kiosks do not have it. */
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [primaryKey({ columns: [table.name, table.revision] })],
);

export const cards = pgTable(
  'cards',
  {
    id: uuid().primaryKey(),
    /** A name for people (`good`), where it has one. */
    label: text().unique(),
    serial: text().unique(),
    guid: uuid().notNull().unique(),
    fascN: bytes('fasc_n').notNull(),
    cardholderUuid: uuid('cardholder_uuid'),
    /** The eight digits of the CHUID, as issued (RP-03). */
    chuidExpiry: text('chuid_expiry').notNull(),
    expiresAt: instant('expires_at').notNull(),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => people.id),
    state: text().$type<CardState>().notNull(),
    /** Why it is disabled or cancelled, a code of the reasons. Null: it is neither, or a file that was imported says so. */
    stateReason: text('state_reason'),
    profileName: text('profile_name').notNull(),
    /** Revision that the card was last written with. */
    profileRevision: integer('profile_revision').notNull(),
    /** Version 0 is the factory's. */
    managementKeyVersion: integer('management_key_version').notNull(),
    managementKeyAlgorithm: text('management_key_algorithm').$type<ManagementKeyAlgorithm>().notNull(),
    /** False: the card cannot change it and keeps it (SE-03). Null: not known yet. */
    canChangeManagementKey: boolean('can_change_management_key'),
    pukVersion: integer('puk_version').notNull(),
    /** False: of another system, and not taken over yet; it cannot be rewritten (RP-21). */
    isManagementKeyKnown: boolean('is_management_key_known').notNull().default(true),
    isPukKnown: boolean('is_puk_known').notNull().default(true),
  },
  (table) => [index('cards_holder').on(table.holderId)],
);

/** Reasons are rows, not code (RP-12). */
export const reasons = pgTable('reasons', {
  code: text().primaryKey(),
  titles: jsonb().$type<Record<string, string>>().notNull(),
  oldCertificates: text('old_certificates').$type<OldCertificates>().notNull(),
  oldEncryptionCertificate: text('old_encryption_certificate').$type<OldEncryptionCertificate>().notNull(),
  encryptionKey: text('encryption_key').$type<EncryptionKey>().notNull(),
  crlReason: text('crl_reason').$type<CrlReason>(),
  position: integer().notNull(),
  /** What it may be chosen for. Kiosks have those for a reprovision. */
  operations: text().array().$type<ReasonOperation[]>().notNull().default(['reprovision']),
  /** By whom. */
  chosenBy: text('chosen_by')
    .array()
    .$type<ReasonChooser[]>()
    .notNull()
    .default(['cardholder', 'helpdesk', 'administrator']),
});

/** Every certificate ever issued, and what cards of another system came with. Of ours, what has `revokedAt` is on the CRL. */
export const certificates = pgTable(
  'certificates',
  {
    /** Hex, as in the certificate. */
    serialNumber: text('serial_number').primaryKey(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    slot: text().$type<Slot>().notNull(),
    der: bytes().notNull(),
    /** SubjectPublicKeyInfo. */
    publicKey: bytes('public_key').notNull(),
    subject: text().notNull(),
    /** What it says of its holder, to see whether that still holds. */
    commonName: text('common_name').notNull(),
    mail: text().notNull(),
    notBefore: instant('not_before').notNull(),
    notAfter: instant('not_after').notNull(),
    issuedAt: instant('issued_at').notNull(),
    state: text().$type<CertificateState>().notNull(),
    /** By central's record the card has it in `slot` now. */
    isOnCard: boolean('is_on_card').notNull(),
    operationId: uuid('operation_id'),
    revokedAt: instant('revoked_at'),
    crlReason: text('crl_reason').$type<CrlReason>(),
    /** Revoked at the CA behind central's back: `state` still says active (RP-05). */
    isOnCrlOnly: boolean('is_on_crl_only').notNull().default(false),
    /** Put on hold by disabling its card: enabling that takes it off the list again. False: what is on hold stays so. */
    isHeldWithCard: boolean('is_held_with_card').notNull().default(false),
    /** The CA of another system that issued it (RFC 4514): it is on no list of ours. Null: ours. */
    foreignIssuer: text('foreign_issuer'),
  },
  (table) => [
    index('certificates_card').on(table.cardId),
    index('certificates_public_key').using('hash', table.publicKey),
    // What a revocation list is made from.
    index('certificates_revoked').on(table.serialNumber).where(sql`revoked_at is not null`),
    uniqueIndex('certificates_on_card').on(table.cardId, table.slot).where(sql`is_on_card`),
  ],
);

/**
 * A row by each transaction that revokes, until a list is signed that has what it revoked. Added to by many at once: none waits
 * for another, or for the list.
 */
export const unlistedRevocations = pgTable('unlisted_revocations', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
});

/** The published revocation lists. `isStale`: to be signed anew although nothing was revoked since. */
export const revocationLists = pgTable('revocation_lists', {
  name: text().$type<'issuing' | 'root'>().primaryKey(),
  number: integer().notNull(),
  der: bytes(),
  nextUpdate: instant('next_update'),
  isStale: boolean('is_stale').notNull(),
});

export const kiosks = pgTable('kiosks', {
  id: uuid().primaryKey(),
  name: text().notNull().unique(),
  /** What it may see. Null: a kiosk of an older central, which has to enrol. */
  scopeId: uuid('scope_id').references(() => copyScopes.id),
  /** SHA-256 of the token that it may enrol with, once; null when there is none. */
  tokenHash: bytes('token_hash').unique(),
  tokenExpiresAt: instant('token_expires_at'),
  enrolledAt: instant('enrolled_at'),
  /** Shut out (SE-01). */
  revokedAt: instant('revoked_at'),
  addedAt: instant('added_at').notNull(),
  lastSeenAt: instant('last_seen_at'),
  /** What it last said of itself (OP-04). */
  health: jsonb().$type<Record<string, string | number | boolean | null>>(),
});

/** Client certificates of kiosks: whoever presents one is this kiosk, while neither it nor the kiosk is revoked. */
export const kioskCertificates = pgTable(
  'kiosk_certificates',
  {
    /** Hex, as in the certificate. */
    serialNumber: text('serial_number').primaryKey(),
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    /** SubjectPublicKeyInfo; it checks the signatures of the kiosk's events as well. */
    publicKey: bytes('public_key').notNull(),
    notBefore: instant('not_before').notNull(),
    notAfter: instant('not_after').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index('kiosk_certificates_kiosk').on(table.kioskId),
    index('kiosk_certificates_public_key').using('hash', table.publicKey),
  ],
);

/**
 * Where one version of a card's secret comes from; without a row: version 0 from the factory, others from the first master
 * key. Exactly one of both is set.
 */
export const cardSecrets = pgTable(
  'card_secrets',
  {
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    secret: text().$type<CardSecretKind>().notNull(),
    version: integer().notNull(),
    /** Number of the master key that it is derived from. */
    masterKey: integer('master_key'),
    /** Taken over from another system (RP-21), sealed under a key of the authority's. */
    sealed: bytes(),
  },
  (table) => [primaryKey({ columns: [table.cardId, table.secret, table.version] })],
);

/** The card master keys that were ever made; the first is there without a row. The keys are files of the authority's. */
export const cardMasterKeys = pgTable('card_master_keys', {
  number: integer().primaryKey(),
  /** Tells this key from another of the same number. */
  checkValue: bytes('check_value').notNull(),
  madeAt: instant('made_at').notNull(),
  /** No secret is derived from it any more. */
  retiredAt: instant('retired_at'),
});

/** Who may act for others (OP-05). */
export const operators = pgTable('operators', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  role: text().$type<OperatorRole>().notNull(),
  /** They act for people of this group and those below it. */
  groupId: uuid('group_id')
    .notNull()
    .references(() => groups.id),
  addedAt: instant('added_at').notNull(),
  /** As in the audit. */
  addedBy: text('added_by').notNull(),
});
