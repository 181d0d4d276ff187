import { createHmac, randomBytes } from 'node:crypto';
import type { Token } from '../token/token.ts';
import { archiveAssociated, type KeyArchiveKey } from './archive-place.ts';
import { openBytes, SEALING_KEY_LENGTH, sealBytes } from './sealed-bytes.ts';
import { KeyStoreError, openSealed } from './sealed-file.ts';
import {
  decodeArchiveReference,
  encodeArchiveReference,
  makeArchiveKeyInToken,
  type TokenArchiveKey,
  tokenArchiveKey,
} from './token-archive-key.ts';
import { IN_A_TOKEN } from './token-reference.ts';

export const ARCHIVE_KEY_PURPOSE = 'archive key';

/** The archive key, and where it is. */
export interface OpenedArchiveKey extends KeyArchiveKey {
  /** Null: in its sealed file. */
  readonly token: Pick<TokenArchiveKey, 'id' | 'prove'> | null;
}

/**
 * Opens the key that its sealed file holds or refers to; makes it at the first time, in the token where there is one.
 * @param secret content of the key file
 * @throws KeyStoreError, also when it is in a token and none is named; TokenError when it is made
 */
export async function openArchiveKey(
  path: string,
  secret: Uint8Array,
  token: Token | null = null,
): Promise<OpenedArchiveKey> {
  const make = async () =>
    token === null
      ? new Uint8Array(randomBytes(SEALING_KEY_LENGTH))
      : encodeArchiveReference(await makeArchiveKeyInToken(token));
  const content = await openSealed(path, ARCHIVE_KEY_PURPOSE, secret, make);
  const reference = decodeArchiveReference(content);
  if (reference) {
    if (token) {
      const key = tokenArchiveKey(path, token, reference);
      return { ...key, token: key };
    }
    throw new KeyStoreError('missing', path, IN_A_TOKEN);
  }
  if (content.length !== SEALING_KEY_LENGTH)
    throw new KeyStoreError('damaged', path, 'it holds no archive key; put the backup in its place');
  return { ...fileArchiveKey(path, content), token: null };
}

/** @param key 32 bytes; kept, not copied @param path for what is told */
export function fileArchiveKey(path: string, key: Uint8Array): KeyArchiveKey {
  return {
    fingerprint: createHmac('sha256', key).update('recard archive key\0fingerprint').digest('hex'),
    seal: async (privateKey, place) => sealBytes(key, privateKey, archiveAssociated(place)),
    async open(sealed, place) {
      try {
        return openBytes(key, sealed, archiveAssociated(place));
      } catch (cause) {
        const remedy = `it does not open archived key ${place.id}; put back the folder of the central that sealed it`;
        throw new KeyStoreError('wrongKey', path, remedy, { cause });
      }
    },
  };
}
