import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { checkServed } from '../kiosk-scope.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { OperationRow } from '../repositories/operations.ts';
import { lastProofEnds } from '../repositories/proofs.ts';
import { subjectOf } from './refuse-meanwhile.ts';

/** For a holder who stands there and waits; a kiosk that has said nothing for so long is not at it any more (`sweep`). */
const RUN_MS = 60 * 60 * 1000;

/**
 * A kiosk brings the run to its end that it began or took up while it served the card, also when card or kiosk belong elsewhere
 * meanwhile. An hour after the proof that the run rests on, what is secret goes only to kiosks that serve the card now: a run that is
 * kept open is no key to a card that has moved (SY-04). Another kiosk takes the operation up.
 * @throws RefusedError `RP-07-not-served-here`
 */
export async function demandServed(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
): Promise<void> {
  const provedUntil = await lastProofEnds(transaction, operation.id);
  if (provedUntil && central.now().getTime() < provedUntil.getTime() + RUN_MS) return;
  const { card } = await subjectOf(transaction, operation);
  await checkServed(transaction, kiosk, card);
}
