/** Which PUK a card has can only be tried: so central remembers what the card has refused (operation.md A). */
import type { Database } from '../database.ts';
import { findCard } from '../repositories/cards.ts';
import { findIntent, type OperationRow } from '../repositories/operations.ts';
import { addRefusedPuks, listRefusedPuks } from '../repositories/refused-puks.ts';

/**
 * The PUK versions that the card may have now, newest first, without those that it has refused or that central does not
 * hold (RP-21). It is one, and certain, unless a change of the PUK was cut off. Where one came to nothing there is none: it is not tried again in this operation.
 */
export async function pukCandidates(database: Database, operation: OperationRow): Promise<number[]> {
  const refused = await listRefusedPuks(database, operation.cardId);
  const possible = await possiblePuks(database, operation);
  const card = await findCard(database, operation.cardId);
  const isHeld = (version: number) => version !== operation.image.pukBefore || card?.isPukKnown !== false;
  return possible.filter((version) => isHeld(version) && !refused.includes(version));
}

/** An abandoned operation may have changed it, and this one has not found out yet. */
export async function isPukInDoubt(database: Database, operation: OperationRow): Promise<boolean> {
  return operation.image.pukMayBeNext === true && !(await findIntent(database, operation.id, 'puk'));
}

/** Not given out again: on a card that does not tell its tries, each run would spend one. */
export async function recordRefusedPuks(
  transaction: Database,
  operation: OperationRow,
  now: Date,
): Promise<void> {
  const { pukBefore, pukNext } = operation.image;
  await addRefusedPuks(transaction, operation.cardId, [pukBefore, pukNext], now);
}

async function possiblePuks(
  database: Database,
  { id, image: { pukBefore, pukNext, pukMayBeNext, pukInDoubt } }: OperationRow,
): Promise<number[]> {
  const intent = await findIntent(database, id, 'puk');
  if (intent?.state === 'written') return [pukNext];
  if (intent?.state === 'unchanged') return [];
  if (pukInDoubt !== undefined) {
    const earlier = [pukInDoubt, pukBefore];
    return intent?.state === 'intended' ? [pukNext, ...earlier] : earlier;
  }
  return intent?.state === 'intended' || pukMayBeNext ? [pukNext, pukBefore] : [pukBefore];
}
