import type { Central } from '../central.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { Actor } from '../request/actor.ts';
import { type Attempt, refusedOnRecord } from '../request/on-record.ts';
import { findOperatorOf } from '../session/find-operator.ts';

/** Of whom nobody knows who they are, or who has only been away for a while, the audit has nothing to tell. */
const UNTOLD: readonly string[] = ['ID-05-no-session', 'ID-05-idle'];

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
  const actor = await findActor(central, kiosk, token, attempt);
  return refusedOnRecord(central, actor, attempt, 'desk.refused', () => work(actor));
}

async function findActor(
  central: Central,
  kiosk: Kiosk,
  token: unknown,
  { cardId, ...attempt }: Attempt,
): Promise<Actor> {
  try {
    return (await findOperatorOf(central, kiosk, token)).actor;
  } catch (error) {
    if (!(error instanceof RefusedError) || UNTOLD.includes(error.code)) throw error;
    const detail = { ...attempt, code: error.code };
    const entry = { type: 'desk.refused', actor: `kiosk:${kiosk.name}`, cardId: cardId ?? null, detail };
    await central.database.transaction((transaction) =>
      recordAudit(central, transaction, entry, central.now()),
    );
    throw error;
  }
}
