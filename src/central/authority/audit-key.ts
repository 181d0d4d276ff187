import { createHmac } from 'node:crypto';
import { diversify } from '../../pki/key-derivation.ts';

const KEY_LENGTH = 32;
const VERSION = 1;

/** Seals which entry of the audit is the last one (SE-05): whoever can write to the database alone cannot make another. */
export interface AuditKey {
  /** HMAC-SHA-256. */
  sealHead(seq: number, hash: Uint8Array): Uint8Array;
}

/** @param masterKey 32 bytes; kept, not copied */
export function auditKey(masterKey: Uint8Array): AuditKey {
  return {
    sealHead(seq, hash) {
      const key = diversify(masterKey, 'recard audit head', 'audit', VERSION, KEY_LENGTH);
      const mac = createHmac('sha256', key).update(`${seq}\0`).update(hash).digest();
      key.fill(0);
      return new Uint8Array(mac);
    },
  };
}
