import { CardFullError } from '../piv/status-word.ts';
import type { PutBack } from './check-room.ts';
import { CardTooSmallError } from './errors.ts';
import type { Run } from './run.ts';

/**
 * Has a card that is full hold what it held before, where this run has done nothing but put archived keys into empty slots:
 * a card tells no other way how many keys it has room for.
 * @throws CardTooSmallError; CardFullError where more was done than can be undone
 */
export async function orUndone(run: Run, putBack: PutBack, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof CardFullError) || !canUndo(run)) throw error;
    for (const slot of run.filledSlots) {
      const refusal = await run.tryWrite(`key:${slot}`, () => run.session.deleteKey(slot));
      if (refusal !== null) throw error;
    }
    await putBack();
    throw new CardTooSmallError(`write card: ${error.message}`, { cause: error });
  }
}

/** Where the PIN stays, no secret has changed; what a run before this one did is not known. */
function canUndo({ plan, capabilities, hasReplaced }: Run): boolean {
  return !plan.changesPin && !plan.isResumed && capabilities.canMoveKeys && !hasReplaced;
}
