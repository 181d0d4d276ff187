import type { KeyAlgorithm, Slot } from '../domain/slot.ts';
import { CommandRefusedError, SW_INCORRECT_P1_P2, SW_WRONG_DATA } from '../piv/status-word.ts';
import type { Run } from './run.ts';
import { provePartner } from './write-keys.ts';

/** What a throw-away key may be, the quickest first. */
const THROW_AWAY: readonly KeyAlgorithm[] = ['P-256', 'RSA-2048'];

/**
 * Takes away keys that the image no longer names (RP-01): deleted where the card can, else overwritten by a key that
 * nobody has a certificate for, else reported as left over.
 */
export async function removeKeys(run: Run): Promise<void> {
  for (const slot of run.plan.removedKeys) {
    run.progress.begin('remove', null);
    await provePartner(run, slot);
    if (!(await removeKey(run, slot))) run.leftoverKeys.push(slot);
  }
}

async function removeKey(run: Run, slot: Slot): Promise<boolean> {
  const { session, capabilities } = run;
  if (capabilities.hasMetadata && (await isEmpty(run, slot))) return true;
  const step = `key:${slot}`;
  if (capabilities.canMoveKeys && (await run.tryWrite(step, () => session.deleteKey(slot))) === null) {
    return true;
  }
  for (const algorithm of THROW_AWAY) {
    if ((await run.tryWrite(step, () => session.generateKey(slot, algorithm))) === null) return true;
  }
  return false;
}

/** A slot that the card does not know is empty too. */
async function isEmpty({ session }: Run, slot: Slot): Promise<boolean> {
  try {
    return (await session.metadata(slot)) === null;
  } catch (error) {
    if (!(error instanceof CommandRefusedError)) throw error;
    return error.sw === SW_INCORRECT_P1_P2 || error.sw === SW_WRONG_DATA;
  }
}
