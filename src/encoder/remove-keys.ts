import type { KeyAlgorithm, Slot } from '../domain/slot.ts';
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
    run.progress.begin('key', slot);
    await provePartner(run, slot);
    if (!(await removeKey(run, slot))) run.leftoverKeys.push(slot);
  }
}

async function removeKey(run: Run, slot: Slot): Promise<boolean> {
  const { session, capabilities } = run;
  if (capabilities.hasMetadata && (await session.metadata(slot)) === null) return true;
  const step = `key:${slot}`;
  if (capabilities.canMoveKeys && (await run.tryWrite(step, () => session.deleteKey(slot))) === null) {
    return true;
  }
  for (const algorithm of THROW_AWAY) {
    if ((await run.tryWrite(step, () => session.generateKey(slot, algorithm))) === null) return true;
  }
  return false;
}
