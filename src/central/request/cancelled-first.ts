/** A request for a new card that cancels the old one at once is no way around the witness of a cancellation (OP-02). */
import type { KeptReason } from '../../domain/reason.ts';
import type { Database } from '../database.ts';
import type { CardRow } from '../repositories/cards.ts';
import { newestRevision } from '../repositories/profiles.ts';
import { wantsWitness } from '../statement/demand-witness.ts';
import type { Actor } from './actor.ts';

/** Whether a card that is replaced for this reason goes with the request, and not only when the new one is collected. */
export function isRetiredAtOnce({ crlReason }: Pick<KeptReason, 'crlReason'>): boolean {
  return crlReason === 'keyCompromise';
}

/** Whether this operator has it cancelled with a second one, before they ask for another in its place. */
export async function isCancelledFirst(
  database: Database,
  actor: Actor,
  { state, profileName }: Pick<CardRow, 'state' | 'profileName'>,
): Promise<boolean> {
  if (state === 'cancelled') return false;
  return wantsWitness(actor, 'cancel', (await newestRevision(database, profileName))?.profile ?? {});
}
