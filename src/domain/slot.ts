/** Key references of a PIV card and what may live in them. @see NIST SP 800-73-4 part 1, table 4b; SP 800-78-4 */

/** The four slots in use, by their key reference in hex. */
export const ACTIVE_SLOTS = ['9A', '9C', '9D', '9E'] as const;

/** Retired key management 1–20, in the order in which the Key History counts them. */
export const RETIRED_SLOTS = [
  '82',
  '83',
  '84',
  '85',
  '86',
  '87',
  '88',
  '89',
  '8A',
  '8B',
  '8C',
  '8D',
  '8E',
  '8F',
  '90',
  '91',
  '92',
  '93',
  '94',
  '95',
] as const;

export const SLOTS = [...ACTIVE_SLOTS, ...RETIRED_SLOTS] as const;
export type ActiveSlot = (typeof ACTIVE_SLOTS)[number];
export type RetiredSlot = (typeof RETIRED_SLOTS)[number];
export type Slot = (typeof SLOTS)[number];

/** Slot key algorithms. RSA-3072 and P-384 are rows like the others: only a profile decides. */
export const KEY_ALGORITHMS = ['RSA-2048', 'RSA-3072', 'P-256', 'P-384'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** Algorithms of the card administration key (9B). */
export const MANAGEMENT_KEY_ALGORITHMS = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const;
export type ManagementKeyAlgorithm = (typeof MANAGEMENT_KEY_ALGORITHMS)[number];

/** Whether a slot holds an encryption key (9D and its retired predecessors): it is proved by use, not by signing. */
export function isEncryptionSlot(slot: Slot): boolean {
  return slot === '9D' || (RETIRED_SLOTS as readonly string[]).includes(slot);
}
