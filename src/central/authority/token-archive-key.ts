import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Token } from '../token/token.ts';
import { TokenError } from '../token/token-error.ts';
import { archiveAssociated, type KeyArchiveKey } from './archive-place.ts';
import { headIn, nameInHead, recordHead } from './archive-record.ts';
import { discardKeys } from './discard-keys.ts';
import { KeyStoreError } from './sealed-file.ts';
import { newTokenId } from './token-reference.ts';

const REFERENCE_MAGIC = 'recard archive key in a token v1\n';
const CHECK = new TextEncoder().encode('recard archive key: this is it');

const reference = z.object({
  /** Of the key in the token. */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** Sealed by that key with the fingerprint authenticated: no other key opens it. */
  check: z.base64(),
});
export type ArchiveReference = z.infer<typeof reference>;

/** What stands in the sealed file. */
export function encodeArchiveReference(found: ArchiveReference): Uint8Array {
  return new TextEncoder().encode(REFERENCE_MAGIC + JSON.stringify(found));
}

/** Null: it is no reference. @throws Error when it is one that cannot be read */
export function decodeArchiveReference(content: Uint8Array): ArchiveReference | null {
  const text = new TextDecoder('latin1').decode(content.subarray(0, REFERENCE_MAGIC.length));
  if (text !== REFERENCE_MAGIC) return null;
  return reference.parse(JSON.parse(new TextDecoder().decode(content.subarray(REFERENCE_MAGIC.length))));
}

/** Makes a key in the token. Its fingerprint is drawn, and bound to it. @throws TokenError */
export async function makeArchiveKeyInToken(token: Token): Promise<ArchiveReference> {
  const id = newTokenId();
  try {
    await token.makeSecret(id, 'recard archive key');
    return await referTo(token, id, randomBytes(32).toString('hex'));
  } catch (error) {
    await discardKeys(token, [id]);
    throw error;
  }
}

/** Binds a fingerprint to a key that is in the token. @throws TokenError */
export async function referTo(token: Token, id: string, fingerprint: string): Promise<ArchiveReference> {
  const sealed = await token.seal(id, CHECK, checkPlace(fingerprint));
  return { id, fingerprint, check: Buffer.from(sealed).toString('base64') };
}

/** An archive key that is in a token. */
export interface TokenArchiveKey extends KeyArchiveKey {
  /** In the token, hex. */
  readonly id: string;
  /** Has it open what only the right key can, in a new session anew. @throws TokenError; KeyStoreError `wrongKey` */
  prove(): Promise<void>;
}

/** @param path of the sealed file, for what is told */
export function tokenArchiveKey(path: string, token: Token, found: ArchiveReference): TokenArchiveKey {
  const { id, fingerprint } = found;
  const head = recordHead(fingerprint);
  let proved = 0;
  const prove = async () => {
    await token.open();
    const { session } = token;
    if (proved === session) return;
    const opened = await unseal(Buffer.from(found.check, 'base64'), checkPlace(fingerprint), 'its own check');
    if (!Buffer.from(opened).equals(CHECK)) throw notThis(path, 'its own check');
    proved = session;
  };
  const unseal = async (sealed: Uint8Array, associated: Uint8Array, what: string) => {
    try {
      return await token.unseal(id, sealed, associated);
    } catch (cause) {
      if (cause instanceof TokenError && cause.problem === 'notOpened') throw notThis(path, what, cause);
      throw cause;
    }
  };
  return {
    ...{ id, fingerprint, prove },
    async seal(privateKey, place) {
      const associated = Buffer.concat([head, archiveAssociated(place)]);
      for (;;) {
        await prove();
        const sealed = await token.seal(id, privateKey, associated);
        // By a session that was not looked at yet: another token may have come meanwhile.
        if (token.session === proved) return Buffer.concat([head, sealed]);
      }
    },
    async open(sealed, place) {
      const what = `archived key ${place.id}`;
      const associated = archiveAssociated(place);
      const named = headIn(sealed);
      if (!named) return unseal(sealed, associated, what);
      if (!Buffer.from(head).equals(named))
        throw notThis(path, `${what}, which archive key ${nameInHead(named)}… has sealed`);
      return unseal(sealed.subarray(head.length), Buffer.concat([head, associated]), what);
    },
  };
}

function checkPlace(fingerprint: string): Uint8Array {
  return new TextEncoder().encode(`recard archive key\0check\0${fingerprint}`);
}

function notThis(path: string, what: string, cause?: unknown): KeyStoreError {
  const remedy = `the archive key in the token does not open ${what}; name the token of the central that sealed it`;
  return new KeyStoreError('wrongKey', path, remedy, { cause });
}
