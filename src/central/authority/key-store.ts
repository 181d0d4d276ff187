import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createOnce } from './create-once.ts';

/**
 * The file in which central's keys and their certificates are, as a whole encrypted with AES-256-GCM:
 *
 *     magic (16) ‖ salt (16) ‖ nonce (12) ‖ ciphertext ‖ tag (16)
 *
 * The key comes from the key file through scrypt; the magic is authenticated as well.
 */

const MAGIC = new TextEncoder().encode('recard keys  v1\n');
const SALT_LENGTH = 16;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const HEADER_LENGTH = MAGIC.length + SALT_LENGTH + NONCE_LENGTH;
const CIPHER = 'aes-256-gcm';
const KEY_LENGTH = 32;
const SCRYPT = { N: 16_384, r: 8, p: 1 } as const;
const FIELD_COUNT = 7;

export type KeyStoreProblem = 'missing' | 'damaged' | 'wrongKey' | 'weakKey';

/** Central's keys cannot be read. `problem` says why; neither key nor content is told. */
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError';
  readonly problem: KeyStoreProblem;
  readonly path: string;
  constructor(problem: KeyStoreProblem, path: string, remedy: string, options?: ErrorOptions) {
    super(`open key store ${path}: ${remedy}`, options);
    this.problem = problem;
    this.path = path;
  }
}

export interface StoredKey {
  /** PKCS #8, DER. */
  readonly privateKey: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
}

export interface StoredKeys {
  readonly root: StoredKey;
  readonly issuing: StoredKey;
  readonly contentSigner: StoredKey;
  /** 32 bytes. */
  readonly cardMasterKey: Uint8Array;
}

/**
 * Reads the store.
 * @param secret content of the key file
 * @returns null when there is no store yet
 * @throws KeyStoreError `wrongKey` (or content changed), `damaged`
 */
export async function readKeyStore(path: string, secret: Uint8Array): Promise<StoredKeys | null> {
  const file = await readIfThere(path);
  if (!file) return null;
  if (file.length < HEADER_LENGTH + TAG_LENGTH || !file.subarray(0, MAGIC.length).equals(MAGIC))
    throw new KeyStoreError('damaged', path, 'it is not a key store; put the backup in its place');
  const salt = file.subarray(MAGIC.length, MAGIC.length + SALT_LENGTH);
  const nonce = file.subarray(MAGIC.length + SALT_LENGTH, HEADER_LENGTH);
  const key = scryptSync(secret, salt, KEY_LENGTH, SCRYPT);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH });
  key.fill(0);
  decipher.setAAD(MAGIC).setAuthTag(file.subarray(-TAG_LENGTH));
  const plaintext = decipher.update(file.subarray(HEADER_LENGTH, -TAG_LENGTH));
  try {
    decipher.final();
    return decodeKeys(plaintext, path);
  } catch (cause) {
    if (cause instanceof KeyStoreError) throw cause;
    const remedy =
      'the key file does not open it, or it was changed; put key file and store of one backup there';
    throw new KeyStoreError('wrongKey', path, remedy, { cause });
  } finally {
    plaintext.fill(0);
  }
}

/** Writes a new store, mode 0600; answers false, with nothing changed, when there is one already. */
export async function createKeyStore(path: string, secret: Uint8Array, keys: StoredKeys): Promise<boolean> {
  const salt = randomBytes(SALT_LENGTH);
  const nonce = randomBytes(NONCE_LENGTH);
  const key = scryptSync(secret, salt, KEY_LENGTH, SCRYPT);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH });
  key.fill(0);
  cipher.setAAD(MAGIC);
  const plaintext = encodeKeys(keys);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  plaintext.fill(0);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return createOnce(path, Buffer.concat([MAGIC, salt, nonce, ciphertext, cipher.getAuthTag()]));
}

/** Each field after its length in four bytes. */
function encodeKeys(keys: StoredKeys): Buffer {
  const { root, issuing, contentSigner } = keys;
  const fields = [root, issuing, contentSigner].flatMap((key) => [key.privateKey, key.certificate]);
  return Buffer.concat(
    [...fields, keys.cardMasterKey].flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}

function decodeKeys(plaintext: Buffer, path: string): StoredKeys {
  const fields: Uint8Array[] = [];
  for (let at = 0; at + 4 <= plaintext.length; ) {
    const end = at + 4 + plaintext.readUInt32BE(at);
    fields.push(Uint8Array.from(plaintext.subarray(at + 4, end)));
    at = end;
  }
  const [rootKey, rootCertificate, issuingKey, issuingCertificate, signerKey, signerCertificate, masterKey] =
    fields as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  if (fields.length !== FIELD_COUNT || masterKey.length !== KEY_LENGTH)
    throw new KeyStoreError('damaged', path, 'it was written by another version');
  return {
    root: { privateKey: rootKey, certificate: rootCertificate },
    issuing: { privateKey: issuingKey, certificate: issuingCertificate },
    contentSigner: { privateKey: signerKey, certificate: signerCertificate },
    cardMasterKey: masterKey,
  };
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
