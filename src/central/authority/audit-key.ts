import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { diversify } from '../../pki/key-derivation.ts';
import { spkiOf } from '../../pki/public-key.ts';
import { openSealed } from './sealed-file.ts';

const KEY_LENGTH = 32;
const VERSION = 1;
const PURPOSE = 'audit key';

/** The last entry of a chain. */
export interface ChainHead {
  /** `central`, or `<kiosk id>/<chain id>`. */
  readonly chain: string;
  readonly seq: number;
  readonly hash: Uint8Array;
}

/**
 * Signs which entry of a chain is the last one (SE-05): whoever can write to the database alone cannot make another. Whoever
 * has the public key can check it.
 */
export interface AuditKey {
  /** SubjectPublicKeyInfo, Ed25519. */
  readonly publicKey: Uint8Array;
  /** Ed25519 over `headMessage`. */
  signHead(head: ChainHead): Uint8Array;
  isSigned(head: ChainHead, signature: Uint8Array): boolean;
  /** Ed25519 over `backupMessage`: who made a backup. */
  signBackup(manifest: Uint8Array): Uint8Array;
  /** Whether a central from before heads were signed has sealed this one (HMAC-SHA-256). */
  isSealedBefore(seq: number, hash: Uint8Array, mac: Uint8Array): boolean;
}

/** What is signed: text, so that openssl alone can check it. */
export function headMessage({ chain, seq, hash }: ChainHead): Uint8Array {
  const hex = Buffer.from(hash).toString('hex');
  return new TextEncoder().encode(`recard audit head v1\n${chain}\n${seq}\n${hex}\n`);
}

/** What is signed of a backup: the text says what for, so that no signature is good for anything else. @param manifest its bytes */
export function backupMessage(manifest: Uint8Array): Uint8Array {
  const hex = createHash('sha256').update(manifest).digest('hex');
  return new TextEncoder().encode(`recard backup v1\n${hex}\n`);
}

/**
 * Opens the key in its sealed file; makes it at the first time.
 * @param secret content of the key file
 * @param masterKey 32 bytes, for what was sealed before; kept, not copied
 * @throws KeyStoreError
 */
export async function openAuditKey(
  path: string,
  secret: Uint8Array,
  masterKey: Uint8Array,
): Promise<AuditKey> {
  const content = await openSealed(path, PURPOSE, secret, async () => newKey());
  try {
    const privateKey = createPrivateKey({ key: Buffer.from(content), format: 'der', type: 'pkcs8' });
    return auditKey(privateKey, masterKey);
  } finally {
    content.fill(0);
  }
}

function auditKey(privateKey: KeyObject, masterKey: Uint8Array): AuditKey {
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: spkiOf(publicKey),
    signHead: (head) => new Uint8Array(sign(null, headMessage(head), privateKey)),
    isSigned: (head, signature) => verify(null, headMessage(head), publicKey, signature),
    signBackup: (manifest) => new Uint8Array(sign(null, backupMessage(manifest), privateKey)),
    isSealedBefore(seq, hash, mac) {
      const key = diversify(masterKey, 'recard audit head', 'audit', VERSION, KEY_LENGTH);
      const made = createHmac('sha256', key).update(`${seq}\0`).update(hash).digest();
      key.fill(0);
      return mac.length === made.length && timingSafeEqual(mac, made);
    },
  };
}

function newKey(): Uint8Array {
  const { privateKey } = generateKeyPairSync('ed25519');
  return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
}
