import { createCipheriv } from 'node:crypto';
import type { ManagementKeyAlgorithm } from '../domain/slot.ts';

/** One block at a time, no chaining: the protocol encrypts random challenges only. */
const CIPHERS: Readonly<Record<ManagementKeyAlgorithm, string>> = {
  '3DES': 'des-ede3-ecb',
  'AES-128': 'aes-128-ecb',
  'AES-192': 'aes-192-ecb',
  'AES-256': 'aes-256-ecb',
};

/** Encrypts one block with the management key. */
export function encryptBlock(
  algorithm: ManagementKeyAlgorithm,
  key: Uint8Array,
  block: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv(CIPHERS[algorithm], key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}
