/** What must be true before new certificates become active: every key proved, every object read back (RP-18). */
import { createHash } from 'node:crypto';
import { isEncryptionSlot } from '../../domain/slot.ts';
import { buildCertificateObject, parseCertificateObject } from '../../piv/objects/certificate.ts';
import { ObjectFormatError } from '../../piv/objects/fields.ts';
import { certificateTag, hexTag, OBJECT_TAGS } from '../../piv/reference.ts';
import { verifySignature } from '../../pki/public-key.ts';
import { type CompleteRequest, type KeyProof, proofMessage } from '../../protocol/operation.ts';
import { RefusedError } from '../refused.ts';
import type { CertificateRow } from '../repositories/certificates.ts';
import type { OperationKeyRow, OperationRow, SecretIntentRow } from '../repositories/operations.ts';
import { isAnswer } from './key-challenge.ts';

/** A key of the image with the certificate that goes with it. */
export interface IssuedKey {
  readonly key: OperationKeyRow;
  readonly certificate: CertificateRow;
}

/** Without these a card is not what its image says; a card may refuse the others (operation.md F): reported, no more. */
export const REQUIRED: readonly string[] = [
  OBJECT_TAGS.CHUID,
  OBJECT_TAGS.CCC,
  OBJECT_TAGS.SECURITY_OBJECT,
].map(hexTag);
const EMPTY_HASH = sha256(new Uint8Array());

/**
 * @throws RefusedError `SE-03-secret-pending` while a secret that was to change has no outcome; `RP-14-pin-not-set` when
 * the holder has not got a new PIN: the one that they had may be known to others
 */
export function checkSecrets(operation: OperationRow, intents: readonly SecretIntentRow[]): void {
  const wanted = operation.image.managementKeyNext ? ['puk', 'managementKey'] : ['puk'];
  const decided = intents
    .filter((intent) => intent.state !== 'intended')
    .map((intent) => intent.secret as string);
  const pending = [...intents.map((intent) => intent.secret), ...wanted].find(
    (one) => !decided.includes(one),
  );
  if (pending !== undefined) {
    throw new RefusedError(
      409,
      'SE-03-secret-pending',
      `complete: what became of the ${pending} is not known`,
    );
  }
  if (!intents.some(({ secret, state }) => secret === 'pin' && state === 'written')) {
    throw new RefusedError(409, 'RP-14-pin-not-set', 'complete: the card has not got a new PIN');
  }
}

/** @throws RefusedError `RP-18-verify-failed` naming the first slot whose key has not proved itself */
export function checkProofs(
  operation: OperationRow,
  keys: readonly IssuedKey[],
  proofs: readonly KeyProof[],
): void {
  for (const { key } of keys) {
    const proof = proofs.find(({ slot }) => slot === key.slot);
    if (!proof || !isProved(operation, key, proof)) {
      throw new RefusedError(
        409,
        'RP-18-verify-failed',
        `complete: the key in ${key.slot} has not proved itself`,
      );
    }
  }
}

/** @throws RefusedError `RP-18-verify-failed` naming the first object that is not on the card as it shall be */
export function checkReadBack(
  operation: OperationRow,
  keys: readonly IssuedKey[],
  { readBack, unwritableObjects }: CompleteRequest,
): void {
  const found = new Map(readBack.map((one) => [one.tag, unpackedHash(one)]));
  const required = [...REQUIRED, ...keys.map(({ key }) => hexTag(certificateTag(key.slot)))];
  for (const [tag, expected] of expectedHashes(operation, keys)) {
    if (unwritableObjects.includes(tag) && !required.includes(tag)) continue;
    const hash = found.get(tag) ?? EMPTY_HASH;
    if (Buffer.compare(hash, expected) !== 0) {
      throw new RefusedError(
        409,
        'RP-18-verify-failed',
        `complete: object ${tag} does not read back as planned`,
      );
    }
  }
}

/** A certificate that is stored compressed counts as what it unpacks to; zlib does not write the same bytes everywhere. */
function unpackedHash({ sha256: hash, compressed }: CompleteRequest['readBack'][number]): Uint8Array {
  if (!compressed || Buffer.compare(sha256(compressed), hash) !== 0) return hash;
  try {
    return sha256(buildCertificateObject(parseCertificateObject(compressed)));
  } catch (error) {
    if (error instanceof ObjectFormatError) return hash;
    throw error;
  }
}

function isProved(operation: OperationRow, key: OperationKeyRow, proof: KeyProof): boolean {
  if (isEncryptionSlot(key.slot)) return proof.kind === key.challengeKind && isAnswer(key, proof.value);
  if (proof.kind !== 'sign' || !key.publicKey || proof.value.length > 1024) return false;
  return verifySignature(key.publicKey, proofMessage(operation.id, key.slot, operation.nonce), proof.value);
}

function expectedHashes(operation: OperationRow, keys: readonly IssuedKey[]): Map<string, Uint8Array> {
  const { objects, emptiedCertificates } = operation.image;
  return new Map([
    ...objects.map(({ tag, content }) => [tag, sha256(Buffer.from(content, 'base64'))] as const),
    ...emptiedCertificates.map((slot) => [hexTag(certificateTag(slot)), EMPTY_HASH] as const),
    ...keys.map(
      ({ key, certificate }) =>
        [hexTag(certificateTag(key.slot)), sha256(buildCertificateObject(certificate.der))] as const,
    ),
  ]);
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
