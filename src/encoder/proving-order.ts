import type { KeyAlgorithm, Slot } from '../domain/slot.ts';
import { algorithmOf, UnsupportedKeyError } from '../pki/public-key.ts';
import type { ImageKey } from '../protocol/operation.ts';
import { holdsKey, usesKey } from './key-check.ts';
import type { Run } from './run.ts';

/** The two keys by which a holder proves who they are (ID-01): never both without proof (operation.md C). */
export const PARTNERS: Partial<Record<Slot, Slot>> = { '9A': '9C', '9C': '9A' };

/**
 * The plan's keys, in the order in which the holder can be proved whenever the card is cut off: before the first of 9A and
 * 9C is generated, the other signs, and central knows its public key. If that one cannot, it is generated first, after a
 * signature by the first. Where neither can, the order is the plan's: there is nothing to be lost.
 */
export async function inProvingOrder(run: Run): Promise<readonly ImageKey[]> {
  const { keys } = run.plan;
  const [first, second] = keys.filter(({ slot, source }) => source.kind === 'generate' && slot in PARTNERS);
  if (!first || !second || (await isThere(run, first))) return keys;
  if ((await canProve(run, second)) || !(await canProve(run, first))) return keys;
  return keys.flatMap((key) => {
    if (key === second) return [];
    return key === first ? [second, first] : [key];
  });
}

async function isThere(run: Run, { slot, algorithm, publicKey }: ImageKey): Promise<boolean> {
  return run.plan.isResumed && publicKey !== null && holdsKey(run, slot, algorithm, publicKey);
}

/** Whether the key in a slot signs as one that central has on record: of this operation, or from before. */
async function canProve(run: Run, { slot, publicKey, recordedPublicKey }: ImageKey): Promise<boolean> {
  for (const known of [publicKey, recordedPublicKey]) {
    const algorithm = known && usableAlgorithm(known);
    if (algorithm && (await usesKey(run, slot, algorithm, known))) return true;
  }
  return false;
}

/** Null for a key of a kind that no challenge of central is signed with. */
function usableAlgorithm(publicKey: Uint8Array): KeyAlgorithm | null {
  try {
    return algorithmOf(publicKey);
  } catch (error) {
    if (!(error instanceof UnsupportedKeyError)) throw error;
    return null;
  }
}
