import type { Slot } from '../domain/slot.ts';
import { certificateTag } from '../piv/reference.ts';
import { type ImageKey, releaseContext } from '../protocol/operation.ts';
import { holdsKey } from './key-check.ts';
import { inRoom } from './make-room.ts';
import { moveInto } from './move-key.ts';
import { privateKeyParts } from './private-key-parts.ts';
import type { Run } from './run.ts';

/**
 * Brings an archived key into its slot. One that is there already, of a run before this one or since it was issued, stays;
 * one that is still in `from` is moved where the card can; only else is it asked for, as late as possible, and wiped at once.
 * Done again after any cut it comes to the same.
 * @returns its SubjectPublicKeyInfo, as the plan has it
 */
export async function importKey(run: Run, key: ImageKey, from: Slot | null): Promise<Uint8Array> {
  const { slot, algorithm } = key;
  const publicKey = key.publicKey!;
  const canMove = from !== null && run.capabilities.canMoveKeys;
  const isEmpty = isTakenForEmpty(run, slot);
  if (!isEmpty && (await holdsKey(run, slot, algorithm, publicKey))) {
    run.progress.skip('import', slot);
    return publicKey;
  }
  run.progress.begin('import', slot);
  if (canMove && (await holdsKey(run, from, algorithm, publicKey))) {
    await moveInto(run, from, slot);
    return publicKey;
  }
  const sealed = await run.central.releaseKey(slot);
  const { operationId, cardId } = run.plan;
  const context = releaseContext(operationId, cardId, key.certificate!);
  const privateKey = await run.request.openSealed(sealed, context);
  try {
    const parts = privateKeyParts(privateKey);
    if (!isEmpty) run.hasReplaced = true;
    await inRoom(run, () => run.write(`key:${slot}`, () => run.session.importKey(slot, algorithm, parts)));
    if (isEmpty) run.filledSlots.push(slot);
  } finally {
    privateKey.fill(0);
  }
  return publicKey;
}

/** A slot that had no certificate, in the first run of an operation that only brings keys: nobody knows of a key there. */
function isTakenForEmpty({ plan, writtenAhead }: Run, slot: Slot): boolean {
  return !plan.changesPin && !plan.isResumed && writtenAhead.has(certificateTag(slot));
}
