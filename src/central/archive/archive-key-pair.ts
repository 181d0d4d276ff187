import { generateKeyPair, randomUUID } from 'node:crypto';
import { isEncryptionSlot, type KeyAlgorithm, type Slot } from '../../domain/slot.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { type ArchivedKeyRow, addArchivedKey } from '../repositories/archived-keys.ts';

/** A signing key can never be archived: whoever else had it could sign in its holder's place (KR-11). */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

export interface ArchivedKeyOrder {
  /** That it is made for: 9D or a retired one. */
  readonly slot: Slot;
  readonly algorithm: KeyAlgorithm;
  readonly ownerId: string;
  readonly operationId: string | null;
}

/** DER: SubjectPublicKeyInfo, PKCS #8. */
interface EncodedKeyPair {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

const ENCODING = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

/**
 * Makes an encryption key and puts it into the archive, in the transaction that needs it: it is never anywhere else in clear.
 * @returns SubjectPublicKeyInfo
 * @throws SigningKeyError for a slot of signing keys
 */
export async function archiveKeyPair(
  central: Central,
  transaction: Database,
  { slot, algorithm, ownerId, operationId }: ArchivedKeyOrder,
): Promise<Uint8Array> {
  if (!isEncryptionSlot(slot)) {
    throw new SigningKeyError(`archive key: slot ${slot} is for signing; only encryption keys are archived`);
  }
  const made = await newKeyPair(algorithm);
  const [publicKey, privateKey] = [new Uint8Array(made.publicKey), made.privateKey];
  try {
    const id = randomUUID();
    const sealed = await central.authority.archiveKey.seal(privateKey, { id, publicKey });
    const row = { id, ownerId, algorithm, publicKey, sealed, madeAt: central.now(), operationId };
    await addArchivedKey(transaction, row);
    return publicKey;
  } finally {
    privateKey.fill(0);
  }
}

/** PKCS #8, out of the archive; whoever gets it wipes it. @throws KeyStoreError `wrongKey` */
export function openArchivedKey({ authority }: Central, key: ArchivedKeyRow): Promise<Uint8Array> {
  return authority.archiveKey.open(key.sealed, key);
}

/** On a thread of its own: an RSA key takes a while. */
function newKeyPair(algorithm: KeyAlgorithm): Promise<EncodedKeyPair> {
  const { promise, resolve, reject } = Promise.withResolvers<EncodedKeyPair>();
  const take = (error: Error | null, publicKey: Buffer, privateKey: Buffer) =>
    error ? reject(error) : resolve({ publicKey, privateKey });
  if (algorithm === 'P-256' || algorithm === 'P-384') {
    generateKeyPair('ec', { namedCurve: algorithm, ...ENCODING }, take);
  } else {
    const modulusLength = Number(algorithm.slice('RSA-'.length));
    generateKeyPair('rsa', { modulusLength, ...ENCODING }, take);
  }
  return promise;
}
