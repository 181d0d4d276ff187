/** Which PUK would set a PIN for a holder who was proved by a code (operation.md C). */
import type { Database } from '../database.ts';
import { findIntent, type OperationRow } from '../repositories/operations.ts';
import { listRefusedPuks } from '../repositories/refused-puks.ts';

/**
 * The PUK versions that the card may have now, newest first, without those that it has refused. It is one, and certain,
 * unless a change of the PUK came to no clear end.
 */
export async function pukCandidates(database: Database, operation: OperationRow): Promise<number[]> {
  const refused = await listRefusedPuks(database, operation.cardId);
  const possible = await possiblePuks(database, operation);
  return possible.filter((version) => !refused.includes(version));
}

async function possiblePuks(
  database: Database,
  { id, image: { pukBefore, pukNext, pukMayBeNext } }: OperationRow,
): Promise<number[]> {
  const intent = await findIntent(database, id, 'puk');
  if (!intent || intent.state === 'notSupported') return pukMayBeNext ? [pukNext, pukBefore] : [pukBefore];
  return intent.state === 'written' ? [pukNext] : [pukNext, pukBefore];
}
