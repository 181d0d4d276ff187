import type { Central } from '../central.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { Actor } from '../request/actor.ts';
import { type Attempt, refusedOnRecord } from '../request/on-record.ts';
import { findOperatorOf } from '../session/find-operator.ts';

/**
 * Whatever an operator looks at, or does, on their pages: as who they are now; and what is refused is in the audit.
 * @param token as in the header
 * @throws RefusedError as `findOperatorOf`, and of the work
 */
export async function atDesk<T>(
  central: Central,
  kiosk: Kiosk,
  token: unknown,
  attempt: Attempt,
  work: (actor: Actor) => Promise<T>,
): Promise<T> {
  const { actor } = await findOperatorOf(central, kiosk, token, attempt);
  return refusedOnRecord(central, actor, attempt, 'desk.refused', () => work(actor));
}
