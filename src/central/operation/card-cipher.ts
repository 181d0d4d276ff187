/** The cipher of a card's management key, in the three messages of mutual authentication. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { ManagementKeyAlgorithm } from '../../domain/slot.ts';

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
