import { createHmac } from 'node:crypto';
import { diversify } from '../../pki/key-derivation.ts';
import { openBytes, SEALING_KEY_LENGTH, sealBytes } from './sealed-bytes.ts';

const KEY_LENGTH = 32;
const VERSION = 1;

/**
 * Hashes one-time codes (ID-03). A code is so short that any hash without a key could be tried out by whoever reads the
 * database: the key is in the key store, another one for each code.
 */
export interface CodeKey {
  /** HMAC-SHA-256. @param code ASCII digits; wiped by the caller */
  hashCode(codeId: string, code: Uint8Array): Uint8Array;
  /** For the table of mails, until that mail is sent; AES-256-GCM under another key for each mail. */
  sealCode(mailId: string, code: Uint8Array): Uint8Array;
  /** Whoever gets it wipes it. @throws Error of node:crypto when it was sealed for another mail, or changed */
  openCode(mailId: string, sealed: Uint8Array): Uint8Array;
}

/** @param masterKey 32 bytes; kept, not copied */
export function codeKey(masterKey: Uint8Array): CodeKey {
  const withMailKey = <T>(mailId: string, use: (key: Uint8Array) => T): T => {
    const key = diversify(masterKey, 'recard mailed code', mailId, VERSION, SEALING_KEY_LENGTH);
    try {
      return use(key);
    } finally {
      key.fill(0);
    }
  };
  return {
    hashCode(codeId, code) {
      const key = diversify(masterKey, 'recard one-time code', codeId, VERSION, KEY_LENGTH);
      const hash = createHmac('sha256', key).update(code).digest();
      key.fill(0);
      return new Uint8Array(hash);
    },
    sealCode: (mailId, code) => withMailKey(mailId, (key) => sealBytes(key, code, mailContext(mailId))),
    openCode: (mailId, sealed) => withMailKey(mailId, (key) => openBytes(key, sealed, mailContext(mailId))),
  };
}

function mailContext(mailId: string): Uint8Array {
  return new TextEncoder().encode(`recard mailed code\0${mailId}`);
}
