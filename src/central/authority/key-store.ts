import { createSealed, KeyStoreError, readSealed, replaceSealed } from './sealed-file.ts';

/** The first of central's sealed files: root, issuing CA, content signer, and the first card master key. */

const PURPOSE = '';
const MASTER_KEY_LENGTH = 32;
const FIELD_COUNT = 7;

export interface StoredKey {
  /** PKCS #8, DER; or a reference to the token that it is in. */
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
  const content = await readSealed(path, PURPOSE, secret);
  if (!content) return null;
  try {
    return decodeKeys(content, path);
  } finally {
    content.fill(0);
  }
}

/** Writes a new store, mode 0600; answers false, with nothing changed, when there is one already. */
export async function createKeyStore(path: string, secret: Uint8Array, keys: StoredKeys): Promise<boolean> {
  const content = encodeKeys(keys);
  try {
    return await createSealed(path, PURPOSE, secret, content);
  } finally {
    content.fill(0);
  }
}

/** Puts other keys into the store that is there, when they have gone into a token. The old ones are destroyed. */
export async function replaceKeyStore(path: string, secret: Uint8Array, keys: StoredKeys): Promise<void> {
  const content = encodeKeys(keys);
  try {
    await replaceSealed(path, PURPOSE, secret, content);
  } finally {
    content.fill(0);
  }
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

function decodeKeys(content: Uint8Array, path: string): StoredKeys {
  const plaintext = Buffer.from(content.buffer, content.byteOffset, content.length);
  const fields: Uint8Array[] = [];
  for (let at = 0; at + 4 <= plaintext.length; ) {
    const end = at + 4 + plaintext.readUInt32BE(at);
    fields.push(Uint8Array.from(plaintext.subarray(at + 4, end)));
    at = end;
  }
  const [rootKey, rootCertificate, issuingKey, issuingCertificate, signerKey, signerCertificate, masterKey] =
    fields as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  if (fields.length !== FIELD_COUNT || masterKey.length !== MASTER_KEY_LENGTH)
    throw new KeyStoreError('damaged', path, 'it was written by another version');
  return {
    root: { privateKey: rootKey, certificate: rootCertificate },
    issuing: { privateKey: issuingKey, certificate: issuingCertificate },
    contentSigner: { privateKey: signerKey, certificate: signerCertificate },
    cardMasterKey: masterKey,
  };
}
