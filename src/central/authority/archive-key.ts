import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Token } from '../token/token.ts';
import { archiveAssociated, type KeyArchiveKey } from './archive-place.ts';
import { headIn, nameInHead, recordHead } from './archive-record.ts';
import { discardKeys } from './discard-keys.ts';
import { openBytes, SEALING_KEY_LENGTH, sealBytes } from './sealed-bytes.ts';
import { KeyStoreError, openSealed } from './sealed-file.ts';
import {
  type ArchiveReference,
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
  const content = token
    ? await openInToken(path, secret, token)
    : await openSealed(path, ARCHIVE_KEY_PURPOSE, secret, async () =>
        Uint8Array.from(randomBytes(SEALING_KEY_LENGTH)),
      );
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

/** A key that is made in the token and that the file does not refer to after all is destroyed there. */
async function openInToken(path: string, secret: Uint8Array, token: Token): Promise<Uint8Array> {
  let made: ArchiveReference | null = null;
  const discard = () => discardKeys(token, made ? [made.id] : []);
  const make = async () => {
    made = await makeArchiveKeyInToken(token);
    return encodeArchiveReference(made);
  };
  let content: Uint8Array;
  try {
    content = await openSealed(path, ARCHIVE_KEY_PURPOSE, secret, make);
  } catch (error) {
    // A file that is there may refer to it.
    if (!existsSync(path)) await discard();
    throw error;
  }
  if (made && decodeArchiveReference(content)?.id !== (made as ArchiveReference).id) await discard();
  return content;
}

/**
 * Opens what the same key has sealed in a token, too: of several centrals with this key one goes over after the other.
 * @param key 32 bytes; kept, not copied
 * @param path for what is told
 */
export function fileArchiveKey(path: string, key: Uint8Array): KeyArchiveKey {
  const fingerprint = createHmac('sha256', key).update('recard archive key\0fingerprint').digest('hex');
  const head = recordHead(fingerprint);
  const open = (sealed: Uint8Array, associated: Uint8Array) => {
    const named = headIn(sealed);
    if (!named) return openBytes(key, sealed, associated);
    if (!Buffer.from(head).equals(named)) throw new Error(`archive key ${nameInHead(named)}… has sealed it`);
    return openBytes(key, sealed.subarray(head.length), Buffer.concat([head, associated]));
  };
  return {
    fingerprint,
    seal: async (privateKey, place) => sealBytes(key, privateKey, archiveAssociated(place)),
    async open(sealed, place) {
      try {
        return open(sealed, archiveAssociated(place));
      } catch (cause) {
        const remedy = `it does not open archived key ${place.id}; put back the folder of the central that sealed it`;
        throw new KeyStoreError('wrongKey', path, remedy, { cause });
      }
    },
  };
}
