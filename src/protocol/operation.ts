import { createHash } from 'node:crypto';
import { z } from 'zod';
import { plannedChange } from './certificate.ts';
import * as v from './values.ts';

/** One run of changing one card: begin → (management key, certificates, secrets) → complete. */

/** What the card can do, as probed by the kiosk (never derived from a version). */
export const cardCapabilities = z.object({
  hasMetadata: z.boolean(),
  canSetManagementKey: z.boolean(),
  canMoveKeys: z.boolean(),
  canImportKeys: z.boolean(),
  canReset: z.boolean(),
  canAttest: z.boolean(),
  hasExtendedLength: z.boolean(),
  /** As metadata tells; null where the card does not say. */
  managementKeyAlgorithm: v.managementKeyAlgorithm.nullable(),
});
export type CardCapabilities = z.infer<typeof cardCapabilities>;

/** What the holder has accepted before anything is written (RP-19); an older kiosk knows of no terms. */
export const termsAnswer = {
  /** The `id` of the terms that were shown. */
  acceptsTerms: v.text(64).nullish(),
  /** In which language: a key of their `texts`. */
  termsLanguage: v.text(16).nullish(),
};
/** To be shown and accepted before anything is written (RP-19): the id changes with any of the texts, which are by language. */
export const terms = z.object({ id: z.string(), texts: z.record(z.string(), z.string()) });
export type Terms = z.infer<typeof terms>;

export const beginRequest = z.object({
  /** The accepted proof (ID-01) that this operation rests on. */
  proofId: v.id,
  cardId: v.id,
  reason: v.text(64).min(1),
  capabilities: cardCapabilities,
  /** Raw X25519 public key of this run; secrets are sealed to it (HPKE). A resume brings a new one. */
  recipientKey: v.bytes,
  /** The person has confirmed, by itself, that a key which exists nowhere else is lost (RP-20). */
  acceptsKeyLoss: z.boolean(),
  /** A card update that waited for this card, and is carried out by it (RP-15). */
  requestId: v.id.nullish(),
  /** A second operator's statement, where an operator does this and the profile wants one. */
  witnessId: v.id.nullish(),
  ...termsAnswer,
});
export type BeginRequest = z.infer<typeof beginRequest>;

/** `POST /operations/preview`: what this wish would do, before the person is warned. Nothing is opened by it. */
export const previewRequest = beginRequest.omit({
  recipientKey: true,
  acceptsKeyLoss: true,
  requestId: true,
  witnessId: true,
  acceptsTerms: true,
  termsLanguage: true,
});
export type PreviewRequest = z.infer<typeof previewRequest>;
/** What becomes of the key in 9D; a refusal (RP-20-key-would-be-lost, KR-11-cannot-import) is a problem, not an answer. */
export const previewResponse = z.object({
  encryptionKey: v.openWords(['keep', 'recover', 'generate', 'move', 'shelve', 'lose']),
  /** Key by key, in the order of the slots; what leaves the card comes last. An older central does not say. */
  changes: z.array(plannedChange).max(64).default([]),
  /** Null: there are none, or they were accepted when what is taken up was begun. */
  terms: terms.nullable().default(null),
  /** A second operator has to sign this (`witnessId`). */
  wantsWitness: z.boolean().default(false),
});
export type PreviewResponse = z.infer<typeof previewResponse>;

/** A value for an encryption key to be proved with: decrypt it (RSA) or agree on it (EC). */
export const keyChallenge = z.object({
  kind: z.enum(['decrypt', 'agree']),
  /** decrypt: PKCS #1 v1.5 ciphertext. agree: uncompressed point of central's ephemeral key. */
  value: v.bytes,
});
export type KeyChallenge = z.infer<typeof keyChallenge>;

export const imageKey = z.object({
  slot: v.slot,
  algorithm: v.keyAlgorithm,
  /**
   * generate: a new key on the card. keep: the key that is there stays, with `certificate` written again over it.
   * move: the key now in `from` belongs here (F6), before `from` is generated anew. import: an archived key; where the card
   * does not have it, here or in `from`, `POST …/keys/:slot` gives it out (PKCS #8, sealed with `releaseContext`).
   */
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('generate') }),
    z.object({ kind: z.literal('keep') }),
    z.object({ kind: z.literal('move'), from: v.slot }),
    z.object({ kind: z.literal('import'), from: v.slot.nullable() }),
  ]),
  /** SubjectPublicKeyInfo on record: for generate once this operation has had one, else always. */
  publicKey: v.bytes.nullable(),
  /** DER; null until this operation has issued one for `publicKey`. */
  certificate: v.bytes.nullable(),
  challenge: keyChallenge.nullable(),
  /** Of 9A and 9C to be generated: the public key on record that could prove the holder until then (ID-01). */
  recordedPublicKey: v.bytes.nullable().default(null),
});
export type ImageKey = z.infer<typeof imageKey>;

export const imageObject = z.object({
  tag: v.objectTag,
  /** Content without the outer 53 (Discovery: the value inside 7E). Empty: the object is to be gone. */
  content: v.bytes,
});
export type ImageObject = z.infer<typeof imageObject>;

/** What the card shall be. Frozen at begin; a resume gets the same, with what was issued meanwhile filled in. */
export const operationPlan = z.object({
  operationId: v.id,
  cardId: v.id,
  isResumed: z.boolean(),
  /** Every new signing key signs it (see `proofMessage`). */
  nonce: v.bytes,
  /** Which management keys the card may have, newest first. `next` is null when it is not to be changed. */
  managementKey: z.object({
    candidates: z.array(v.managementKeyVersion).min(1).max(3),
    next: v.managementKeyVersion.nullable(),
  }),
  /** This operation has set a new PIN already, and central knows it: whoever proves themselves with it keeps it. */
  isPinSet: z.boolean().default(false),
  /** False: the PIN that the holder has proved themselves with stays (a collection). An older central knows of none. */
  changesPin: z.boolean().default(true),
  /** Whether the PUK is to be replaced. */
  replacesPuk: z.boolean(),
  /** Keys in writing order; certificates of the slots go with them. */
  keys: z.array(imageKey),
  /** Data objects but certificates, in writing order (CHUID last). */
  objects: z.array(imageObject),
  /** Certificate objects that no slot of the image has: emptied. */
  emptiedCertificates: z.array(v.slot),
  /** Keys that the image no longer names: deleted where the card can, else overwritten by a throw-away key. */
  removedKeys: z.array(v.slot),
});
export type OperationPlan = z.infer<typeof operationPlan>;

export const witnessRequest = z.object({
  version: z.int().min(0),
  algorithm: v.managementKeyAlgorithm,
  witness: v.bytes,
});
export const witnessResponse = z.object({ exchangeId: v.id, decryptedWitness: v.bytes, challenge: v.bytes });
export const cardResponseRequest = z.object({ exchangeId: v.id, response: v.bytes });
export const cardResponseResponse = z.object({ isAuthenticated: z.boolean() });

export const certificateRequest = z.object({
  slot: v.slot,
  /** SubjectPublicKeyInfo of the key just generated. */
  publicKey: v.bytes,
  /** Attestation certificate (DER) where the card can. */
  attestation: v.bytes.nullable(),
  /** DER: what is between it and the maker's root. An older kiosk does not send it. */
  attestationChain: z.array(v.bytes).max(4).optional(),
});
export const certificateResponse = z.object({ certificate: v.bytes, challenge: keyChallenge.nullable() });
export type CertificateResponse = z.infer<typeof certificateResponse>;

/** Recorded durably before a secret changes; answers with the secret where central makes it. */
export const intentRequest = z.object({ secret: v.secretKind });
export const sealedSecret = z.object({ enc: v.bytes, ciphertext: v.bytes });
export type SealedSecret = z.infer<typeof sealedSecret>;
export const intentResponse = z.object({
  version: z.int().min(0),
  /**
   * HPKE to the operation's recipient key. puk: the next one, and candidates for the current one (newest first).
   * pin: null, and after a proof by code candidates for the PUK (newest first), sealed for the PIN.
   */
  next: sealedSecret.nullable(),
  current: z.array(sealedSecret),
});
export type IntentResponse = z.infer<typeof intentResponse>;
/** refused: unchanged, since the card has refused every PUK that it could have by central's record. */
export const secretOutcome = z.enum(['written', 'unchanged', 'refused', 'notSupported']);
export type SecretOutcome = z.infer<typeof secretOutcome>;
export const outcomeRequest = z.object({
  secret: v.secretKind,
  version: z.int().min(0),
  outcome: secretOutcome,
});

/** Objects that the card has no room for, or does not take: they are taken out of the image. */
export const leaveOutRequest = z.object({ tags: z.array(v.objectTag).min(1).max(16) });
export const leaveOutResponse = z.object({ securityObject: v.bytes });

export const keyProof = z.object({
  slot: v.slot,
  /** sign: signature over proofMessage. decrypt: the plaintext. agree: SHA-256 of the shared secret. */
  kind: z.enum(['sign', 'decrypt', 'agree']),
  value: v.bytes,
});
export type KeyProof = z.infer<typeof keyProof>;

export const completeRequest = z.object({
  proofs: z.array(keyProof).max(24),
  /** SHA-256 of each object's content as read back, certificates included. */
  readBack: z
    .array(
      z.object({
        tag: v.objectTag,
        sha256: v.bytes,
        /** The object itself where it is a certificate stored compressed, for want of room. */
        compressed: v.bytes.optional(),
      }),
    )
    .max(64),
  /** Keys that the card could not overwrite (RP-01), and objects it would not take. */
  leftoverKeys: z.array(v.slot).max(24),
  unwritableObjects: z.array(v.objectTag).max(64),
});
export type CompleteRequest = z.infer<typeof completeRequest>;

export const writtenCertificate = z.object({
  slot: v.slot,
  subject: z.string(),
  serialNumber: z.string(),
  notAfter: v.instant,
});
export const operationResult = z.object({
  operationId: v.id,
  certificates: z.array(writtenCertificate),
  revokedCount: z.int(),
  leftoverKeys: z.array(v.slot),
  /** Objects (tags) that the card would not take, or not give up. An older central does not say. */
  unwritableObjects: z.array(v.objectTag).default([]),
  cardExpiresAt: v.instant,
});
export type OperationResult = z.infer<typeof operationResult>;

/** Header of every step of a run, with `runName`: what a run that has ended still had under way is refused by it. */
export const RUN_HEADER = 'recard-run';

/** Names one run of an operation: each brings a key of its own. @param recipientKey as begin was given it */
export function runName(recipientKey: Uint8Array): string {
  return Buffer.from(recipientKey).toString('hex');
}

/**
 * The bytes that a new key signs (hashed with SHA-256, or SHA-384 for P-384), so that a signature for one slot of
 * one operation is good for nothing else.
 */
export function proofMessage(operationId: string, slot: string, nonce: Uint8Array): Uint8Array {
  const label = new TextEncoder().encode(`recard operation proof\0${operationId}\0${slot}\0`);
  const message = new Uint8Array(label.length + nonce.length);
  message.set(label);
  message.set(nonce, label.length);
  return message;
}

/** Associated data of a sealed secret: it opens for this operation, this secret, this version only. */
export function sealContext(operationId: string, secret: string, version: number): Uint8Array {
  return new TextEncoder().encode(`recard sealed secret\0${operationId}\0${secret}\0${version}`);
}

/** Associated data of a released key: it opens for this operation, this card, this certificate (DER) only. */
export function releaseContext(operationId: string, cardId: string, certificate: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(certificate).digest('hex');
  return new TextEncoder().encode(`recard released key\0${operationId}\0${cardId}\0${hash}`);
}
