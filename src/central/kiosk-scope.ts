/** What a kiosk may do is bounded by the groups that it serves (SY-01), and central decides it on its own data (SY-04). */
import type { Database } from './database.ts';
import { refusal } from './refused.ts';
import { isInScope } from './repositories/copy-scopes.ts';
import type { Kiosk } from './repositories/kiosks.ts';

/**
 * Refuses a card whose holder is in none of the kiosk's groups. The kiosk hears that central knows the card, and nothing else of it.
 * @throws RefusedError `RP-07-not-served-here`
 */
export async function checkServed(
  database: Database,
  { scopeId }: Kiosk,
  { holderId }: { readonly holderId: string },
): Promise<void> {
  if (scopeId === null || !(await isInScope(database, scopeId, holderId)))
    throw refusal('RP-07-not-served-here');
}
