import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SOFT_PLACES } from '../domain/soft-certificate.ts';
import { sealedSecret, termsAnswer } from './operation.ts';
import * as v from './values.ts';

/** Recovered keys taken along as a file under the owner's password (KR-01, KR-08): from central to the kiosk that makes it. */

/** More certificates than there can be on a card is no request. */
const MAX_CERTIFICATES = 64;

const passwordPolicy = z.object({
  minLength: z.int().min(1).max(128),
  maxLength: z.int().min(1).max(128),
  minKinds: z.int().min(1).max(4),
  minDifferent: z.int().min(1).max(128),
});

/** What the newest revision of the profile says of soft certificates. */
export const softRules = z.object({
  where: v.openWords(SOFT_PLACES),
  password: passwordPolicy,
  /** The older encryption may be chosen for one collection (KR-09). */
  allowsOldEncryption: z.boolean(),
});

/** `POST /requests/:id/soft`. */
export const softRequest = z.object({
  /** Of the owner's card; or, with an operator's session, the statement by which they vouch for the owner. Null: from an older kiosk. */
  proofId: v.id.nullable(),
  /** Raw X25519 public key of this run: what is answered can be opened by it alone. */
  recipientKey: v.bytes,
  ...termsAnswer,
});
export type SoftRequest = z.infer<typeof softRequest>;

export const softKey = z.object({
  /** DER. */
  certificate: v.bytes,
  /** DER, from its issuer to the root; empty where central knows neither. */
  chain: z.array(v.bytes).max(5),
  /** What the person will see in their programs. */
  friendlyName: v.text(200),
  /** PKCS #8 PrivateKeyInfo, opened with `softContext`. */
  sealed: sealedSecret,
});
export type SoftKey = z.infer<typeof softKey>;

export const softResponse = z.object({
  /** Names this attempt in the kiosk's events. */
  collectionId: v.id,
  ownerName: z.string(),
  rules: softRules,
  keys: z.array(softKey).min(1).max(MAX_CERTIFICATES),
});
export type SoftResponse = z.infer<typeof softResponse>;

/** `POST /requests/:id/soft/complete`: the file is saved and was read back. Asked again by the same run, it is the same. */
export const softSaved = z.object({
  run: v.bytes,
  /** Of the file. */
  sha256: v.bytes.refine(({ length }) => length === 32, 'not the length of SHA-256'),
  fileName: v.text(200).min(1),
  /** As the owner of the medium has named it. */
  medium: v.text(200).nullable(),
});
export type SoftSaved = z.infer<typeof softSaved>;

/** `POST /requests/:id/soft/stopped`: nothing was saved, and it is collected again another time. */
export const softStopped = z.object({
  run: v.bytes,
  /** Why: a code as the kiosk shows it. */
  code: v.word,
});
export type SoftStopped = z.infer<typeof softStopped>;

/** With these central says for good that a run does not collect any more: another one does, or has, or it was called off (KR-04). */
export const SOFT_RUN_OVER: readonly string[] = [
  'KR-02-not-collecting',
  'KR-02-collected',
  'KR-02-cancelled',
  'KR-02-expired',
  'KR-02-failed',
];

/** Events of a kiosk that could not say it to central at once; their `operationId` is the `collectionId`. */
export const SOFT_EVENTS = {
  /** `detail`: run (hex), sha256 (hex), fileName, medium. */
  saved: 'softCertificate.saved',
  /** `detail`: code. */
  stopped: 'softCertificate.stopped',
} as const;

/** Associated data of a key's sealing: it opens for this request, this run, this certificate (DER) only. */
export function softContext(requestId: string, run: Uint8Array, certificate: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(certificate).digest('hex');
  const runHex = Buffer.from(run).toString('hex');
  return new TextEncoder().encode(`recard soft certificate\0${requestId}\0${runHex}\0${hash}`);
}
