/** Operations and what belongs to one: proof, keys, secrets. Nothing of an operation lives in memory only. */
import { sql } from 'drizzle-orm';
import {
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
import type { SecretKind } from '../../src/domain/card-secret.ts';
import type { OperationKind } from '../../src/domain/request.ts';
import type { KeyAlgorithm, ManagementKeyAlgorithm, Slot } from '../../src/domain/slot.ts';
import { bytes, instant } from './columns.ts';
import { requests } from './request-schema.ts';
import { cards, certificates, kiosks, people } from './schema.ts';

export type ProofState = 'asked' | 'accepted' | 'refused';
/** How a holder proved themselves: their card signed (ID-01), they typed a one-time code, or an operator vouched for them (ID-02). */
export type ProofKind = 'card' | 'code' | 'operator';
export type OperationState = 'open' | 'completed' | 'abandoned';
export type IntentState = 'intended' | 'written' | 'unchanged' | 'notSupported';

/** The part of the plan that is frozen at begin; bytes as base64. */
export interface FrozenImage {
  readonly objects: readonly { readonly tag: string; readonly content: string }[];
  readonly emptiedCertificates: readonly Slot[];
  readonly removedKeys: readonly Slot[];
  readonly managementKeyBefore: readonly {
    readonly version: number;
    readonly algorithm: ManagementKeyAlgorithm;
  }[];
  readonly managementKeyNext: { readonly version: number; readonly algorithm: ManagementKeyAlgorithm } | null;
  readonly pukBefore: number;
  readonly pukNext: number;
  /** An abandoned operation may have set the next one already. Absent in older rows: no. */
  readonly pukMayBeNext?: boolean;
  /** Of an empty: what an abandoned operation may have set, besides what was there before it. */
  readonly pukInDoubt?: number;
  /** Of a collection: the card has passed in one of its runs, so that anything may have been moved or removed since. */
  readonly hasPassed?: boolean;
  /** Of a collection: more than one run has been at it. */
  readonly wasResumed?: boolean;
}

/** One proof of a card's holder (ID-01, ID-02); single use, but the operation it opened may be resumed with it. */
export const proofs = pgTable(
  'proofs',
  {
    id: uuid().primaryKey(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    kind: text().$type<ProofKind>().notNull().default('card'),
    /** What the card was asked to sign; null for a code. */
    challenge: bytes(),
    /** The one-time code that was accepted. */
    codeId: uuid('code_id'),
    /** operator: who vouched. code: the operator who was there when it was typed, if any. */
    vouchedById: uuid('vouched_by_id').references(() => people.id),
    /** operator: the card that signed for it, and what it signed. */
    signerCardId: uuid('signer_card_id').references(() => cards.id),
    statementId: uuid('statement_id'),
    state: text().$type<ProofState>().notNull(),
    slot: text().$type<Slot>(),
    expiresAt: instant('expires_at').notNull(),
    /** The operation that it was used for. */
    operationId: uuid('operation_id'),
  },
  (table) => [
    index('proofs_operation').on(table.operationId),
    // What upkeep forgets.
    index('proofs_unused').on(table.expiresAt).where(sql`operation_id is null`),
  ],
);

export const operations = pgTable(
  'operations',
  {
    id: uuid().primaryKey(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    state: text().$type<OperationState>().notNull(),
    kind: text().$type<OperationKind>().notNull().default('reprovision'),
    /** The request that it carries out. */
    requestId: uuid('request_id').references(() => requests.id),
    /** Of a reprovision; empty for a collection. */
    reason: text().notNull(),
    profileName: text('profile_name').notNull(),
    profileRevision: integer('profile_revision').notNull(),
    image: jsonb().$type<FrozenImage>().notNull(),
    nonce: bytes().notNull(),
    /** Public key of the present run; replaced by each resume. */
    recipientKey: bytes('recipient_key').notNull(),
    /** What the present run rests on. */
    proofKind: text('proof_kind').$type<ProofKind>().notNull().default('card'),
    /** The operator who carries it out, or vouched for its holder; null: the holder alone. Of the present run. */
    operatorId: uuid('operator_id').references(() => people.id),
    acceptsKeyLoss: boolean('accepts_key_loss').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    /** Written and read back, but refused since card or holder were disabled meanwhile (operation.md D). */
    refusedWith: text('refused_with'),
    /** The stored answer of complete. */
    result: jsonb().$type<Record<string, unknown>>(),
  },
  (table) => [
    uniqueIndex('operations_one_open').on(table.cardId).where(sql`state = 'open'`),
    index('operations_card').on(table.cardId),
    // What an operator may have to look after (OP-05).
    index('operations_unfinished').on(table.startedAt).where(sql`state <> 'completed'`),
  ],
);

/** The keys of one operation's image, in writing order. */
export const operationKeys = pgTable(
  'operation_keys',
  {
    operationId: uuid('operation_id')
      .notNull()
      .references(() => operations.id),
    slot: text().$type<Slot>().notNull(),
    position: integer().notNull(),
    algorithm: text().$type<KeyAlgorithm>().notNull(),
    source: text().$type<'generate' | 'keep' | 'move' | 'import'>().notNull(),
    movedFrom: text('moved_from').$type<Slot>(),
    lifetimeDays: integer('lifetime_days').notNull(),
    publicKey: bytes('public_key'),
    certificate: text().references(() => certificates.serialNumber),
    attestation: bytes(),
    challengeKind: text('challenge_kind').$type<'decrypt' | 'agree'>(),
    challengeValue: bytes('challenge_value'),
    /** SHA-256 of the right answer. */
    challengeAnswerHash: bytes('challenge_answer_hash'),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.slot] })],
);

/** A secret that may be changing on the card: recorded before the command, decided after it (operation.md A). */
export const secretIntents = pgTable(
  'secret_intents',
  {
    operationId: uuid('operation_id')
      .notNull()
      .references(() => operations.id),
    secret: text().$type<SecretKind>().notNull(),
    version: integer().notNull(),
    state: text().$type<IntentState>().notNull(),
    intendedAt: instant('intended_at').notNull(),
    decidedAt: instant('decided_at'),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.secret] })],
);

/** One mutual authentication with a card's management key, between its two messages. */
export const managementKeyExchanges = pgTable(
  'management_key_exchanges',
  {
    id: uuid().primaryKey(),
    operationId: uuid('operation_id')
      .notNull()
      .references(() => operations.id),
    version: integer().notNull(),
    algorithm: text().$type<ManagementKeyAlgorithm>().notNull(),
    challenge: bytes().notNull(),
    isAuthenticated: boolean('is_authenticated'),
    startedAt: instant('started_at').notNull(),
  },
  (table) => [index('management_key_exchanges_operation').on(table.operationId)],
);
