import { createHmac } from 'node:crypto';
import { diversify } from '../../pki/key-derivation.ts';

const KEY_LENGTH = 32;
const VERSION = 1;

/**
 * Hashes one-time codes (ID-03). A code is so short that any hash without a key could be tried out by whoever reads the
 * database: the key is in the key store, another one for each code.
 */
export interface CodeKey {
  /** HMAC-SHA-256. @param code ASCII digits; wiped by the caller */
  hashCode(codeId: string, code: Uint8Array): Uint8Array;
}

/** @param masterKey 32 bytes; kept, not copied */
export function codeKey(masterKey: Uint8Array): CodeKey {
  return {
    hashCode(codeId, code) {
      const key = diversify(masterKey, 'recard one-time code', codeId, VERSION, KEY_LENGTH);
      const hash = createHmac('sha256', key).update(code).digest();
      key.fill(0);
      return new Uint8Array(hash);
    },
  };
}
