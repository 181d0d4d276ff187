/** What the card's algorithm identifiers stand for. @see NIST SP 800-78-4, table 6-2; SP 800-78-5 */
import type { KeyAlgorithm, ManagementKeyAlgorithm } from '../domain/slot.ts';

interface RsaFacts {
  readonly kind: 'RSA';
  readonly id: number;
  /** Length of modulus, signature and ciphertext in bytes. */
  readonly size: number;
  readonly hash: 'sha256';
}
interface EcFacts {
  readonly kind: 'EC';
  readonly id: number;
  /** Length of one coordinate in bytes. */
  readonly size: number;
  readonly hash: 'sha256' | 'sha384';
  readonly curve: 'P-256' | 'P-384';
}

/** Slot keys: algorithm identifier, size, and the hash that goes with it. */
export const KEY_FACTS: Readonly<Record<KeyAlgorithm, RsaFacts | EcFacts>> = {
  'RSA-2048': { kind: 'RSA', id: 0x07, size: 256, hash: 'sha256' },
  'RSA-3072': { kind: 'RSA', id: 0x05, size: 384, hash: 'sha256' },
  'P-256': { kind: 'EC', id: 0x11, size: 32, hash: 'sha256', curve: 'P-256' },
  'P-384': { kind: 'EC', id: 0x14, size: 48, hash: 'sha384', curve: 'P-384' },
};

/** Management keys: algorithm identifier, block (witness) and key length in bytes. */
export const MANAGEMENT_KEY_FACTS = {
  '3DES': { id: 0x03, blockSize: 8, keyLength: 24 },
  'AES-128': { id: 0x08, blockSize: 16, keyLength: 16 },
  'AES-192': { id: 0x0a, blockSize: 16, keyLength: 24 },
  'AES-256': { id: 0x0c, blockSize: 16, keyLength: 32 },
} as const satisfies Record<ManagementKeyAlgorithm, { id: number; blockSize: number; keyLength: number }>;

/** The slot key algorithm with this identifier, or null. */
export function keyAlgorithmOf(id: number): KeyAlgorithm | null {
  return byId(KEY_FACTS, id);
}

/** The management key algorithm with this identifier, or null; 00 is another name of 3DES. */
export function managementKeyAlgorithmOf(id: number): ManagementKeyAlgorithm | null {
  return id === 0 ? '3DES' : byId(MANAGEMENT_KEY_FACTS, id);
}

function byId<Name extends string>(facts: Readonly<Record<Name, { readonly id: number }>>, id: number) {
  return (Object.keys(facts) as Name[]).find((name) => facts[name].id === id) ?? null;
}
