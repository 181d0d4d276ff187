import type { OperationLineState } from '../../domain/desk-pages.ts';
import type { UnfinishedOperation } from '../repositories/unfinished-operations.ts';

/** A kiosk that has said nothing of an operation for so long is not at it any more. */
export const QUIET_MS = 60 * 60 * 1000;
/** Abandoned operations are listed for so long. */
export const LATELY_MS = 30 * 24 * 60 * 60 * 1000;

/** Of one that is not completed (OP-05). */
export function unfinishedState(
  { operation: { state, refusedWith }, lastWordAt }: UnfinishedOperation,
  now: Date,
): OperationLineState {
  if (state !== 'open') return 'abandoned';
  if (refusedWith !== null) return 'refused';
  return now.getTime() - lastWordAt.getTime() > QUIET_MS ? 'stuck' : 'open';
}
