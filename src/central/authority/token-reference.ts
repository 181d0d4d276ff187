/** What stands in a sealed file in the place of a key that is in a token. It begins as no key does: PKCS #8 begins with 30. */
import { createHash, randomBytes } from 'node:crypto';

const MAGIC = new TextEncoder().encode('recard token key v1\n');
const ID_LENGTH = 16;

/** What is said where keys are in a token and central knows of none. */
export const IN_A_TOKEN = 'its keys are in a PKCS #11 token; name that in [token] of central.toml';

/** @param id of the key in the token, hex */
export function tokenReference(id: string): Uint8Array {
  return Buffer.concat([MAGIC, Buffer.from(id, 'hex')]);
}

/** The id of the key in the token, hex; null: this is the key itself. */
export function tokenIdIn(content: Uint8Array): string | null {
  const bytes = Buffer.from(content.buffer as ArrayBuffer, content.byteOffset, content.length);
  const isReference =
    bytes.length === MAGIC.length + ID_LENGTH && bytes.subarray(0, MAGIC.length).equals(MAGIC);
  return isReference ? bytes.subarray(MAGIC.length).toString('hex') : null;
}

/** Of a key that a token makes: another each time. */
export function newTokenId(): string {
  return randomBytes(ID_LENGTH).toString('hex');
}

/** Of a key that is moved: the same each time, so that a move that was cut off finds what it has brought. @param name public */
export function tokenIdOf(name: Uint8Array): string {
  return createHash('sha256')
    .update('recard token key\0')
    .update(name)
    .digest('hex')
    .slice(0, 2 * ID_LENGTH);
}
