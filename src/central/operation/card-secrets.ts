/** The secrets of a card by version: made from the card master key, or the factory's. Whoever gets one wipes it. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { ManagementKeyAlgorithm } from '../../domain/slot.ts';
import type { CardMasterKey } from '../authority/card-master-key.ts';
import { RefusedError } from '../refused.ts';

/** As most cards leave the factory: 24 bytes, used with 3DES or (YubiKey 5.7 and later) AES-192. */
const FACTORY_MANAGEMENT_KEY = '010203040506070801020304050607080102030405060708';
const FACTORY_PUK = '12345678';

const CIPHERS: Readonly<Record<ManagementKeyAlgorithm, string>> = {
  '3DES': 'des-ede3-ecb',
  'AES-128': 'aes-128-ecb',
  'AES-192': 'aes-192-ecb',
  'AES-256': 'aes-256-ecb',
};

/** Bytes of witness, challenge and response. @see NIST SP 800-73-4 part 2, 3.2.4 */
export function blockLength(algorithm: ManagementKeyAlgorithm): 8 | 16 {
  return algorithm === '3DES' ? 8 : 16;
}

/** @throws RefusedError `RP-21-no-management-key` for a factory key that central does not know */
export function managementKey(
  masterKey: CardMasterKey,
  cardId: string,
  version: number,
  algorithm: ManagementKeyAlgorithm,
): Uint8Array {
  if (version > 0) return masterKey.deriveManagementKey(cardId, version, algorithm);
  if (algorithm === '3DES' || algorithm === 'AES-192') {
    return new Uint8Array(Buffer.from(FACTORY_MANAGEMENT_KEY, 'hex'));
  }
  throw new RefusedError(
    409,
    'RP-21-no-management-key',
    `authenticate card: no factory key for ${algorithm}`,
  );
}

/** Eight ASCII digits. */
export function puk(masterKey: CardMasterKey, cardId: string, version: number): Uint8Array {
  return version > 0 ? masterKey.derivePuk(cardId, version) : new TextEncoder().encode(FACTORY_PUK);
}

/** One block, in ECB as the card does it. */
export function encryptBlock(
  algorithm: ManagementKeyAlgorithm,
  key: Uint8Array,
  block: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv(CIPHERS[algorithm], key, null).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(block), cipher.final()]));
}

export function decryptBlock(
  algorithm: ManagementKeyAlgorithm,
  key: Uint8Array,
  block: Uint8Array,
): Uint8Array {
  const decipher = createDecipheriv(CIPHERS[algorithm], key, null).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([decipher.update(block), decipher.final()]));
}
