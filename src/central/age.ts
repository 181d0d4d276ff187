/** Files encrypted with age (age-encryption.org/v1): what comes from outside for central, and its backups. */
import { armor, Decrypter, Encrypter } from 'age-encryption';

const ARMOR_HEAD = '-----BEGIN AGE ENCRYPTED FILE-----';

/** A file cannot be read with this identity or passphrase. Nothing of its content is told. */
export class AgeFileError extends Error {
  override readonly name = 'AgeFileError';
}

/** Who can open a file: recipients (`age1…`), or everybody who knows a passphrase. */
export type AgeLock =
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/** What opens a file: identities (`AGE-SECRET-KEY-1…`), or the passphrase. */
export type AgeKey =
  | { readonly kind: 'identities'; readonly identities: readonly string[] }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/** Decrypts a small file, binary or armored. @param file what it is, as the message begins. @throws AgeFileError */
export async function decryptAge(content: Uint8Array, key: AgeKey, file: string): Promise<Uint8Array> {
  try {
    return await decrypter(key, file).decrypt(withoutArmor(content));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** Decrypts a stream; that it was cut off or changed shows at the latest at its end. @throws AgeFileError */
export async function decryptAgeStream(
  content: ReadableStream<Uint8Array>,
  key: AgeKey,
  file: string,
): Promise<ReadableStream<Uint8Array>> {
  try {
    return await decrypter(key, file).decrypt(content);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** @throws AgeFileError for what is no recipient */
export async function encryptAgeStream(
  content: ReadableStream<Uint8Array>,
  lock: AgeLock,
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter();
  if (lock.kind === 'passphrase') encrypter.setPassphrase(lock.passphrase);
  else for (const recipient of lock.recipients) addRecipient(encrypter, recipient);
  return encrypter.encrypt(content);
}

export function unreadable(file: string, cause: unknown): AgeFileError {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new AgeFileError(`${file}: it cannot be read (${code}): name a file that is there and yours`, {
      cause,
    });
  const remedy = 'it is no age file, was changed or cut off, or was encrypted to somebody else';
  return new AgeFileError(`${file}: it cannot be decrypted: ${remedy}`, { cause });
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new AgeFileError('encrypt file: a recipient is `age1…`, as `age-keygen` prints it', { cause });
  }
}

function decrypter(key: AgeKey, file: string): Decrypter {
  const made = new Decrypter();
  if (key.kind === 'passphrase') made.addPassphrase(key.passphrase);
  else {
    try {
      for (const identity of key.identities) made.addIdentity(identity);
    } catch (cause) {
      // The cause may hold the identity.
      const isError = cause instanceof Error;
      throw new AgeFileError(`${file}: an identity is AGE-SECRET-KEY-1…${isError ? '' : '?'}`);
    }
  }
  return made;
}

function withoutArmor(content: Uint8Array): Uint8Array {
  const start = new TextDecoder('latin1').decode(content.subarray(0, ARMOR_HEAD.length));
  return start === ARMOR_HEAD ? armor.decode(new TextDecoder('latin1').decode(content)) : content;
}
