import { PinExpiredError } from './errors.ts';
import type { OperationCentral } from './ports.ts';

/** How long the PIN is kept for a central that does not answer. @see operation.md C */
export const PIN_LIFE_MS = 5 * 60 * 1000;

/**
 * Central as a run asks it that still needs the PIN: a wait that outlasts the PIN's life ends in PinExpiredError, so that
 * the run ends and the PIN is wiped. `complete` needs no PIN and waits as long as it takes.
 */
export function withinPinLife(central: OperationCentral, lifeMs: number): OperationCentral {
  const limited = async <T>(answer: Promise<T>): Promise<T> => {
    const { promise: expired, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new PinExpiredError()), lifeMs).unref();
    return Promise.race([answer, expired]).finally(() => clearTimeout(timer));
  };
  return {
    answerWitness: (...asked) => limited(central.answerWitness(...asked)),
    checkCardResponse: (...asked) => limited(central.checkCardResponse(...asked)),
    certificate: (...asked) => limited(central.certificate(...asked)),
    releaseKey: (...asked) => limited(central.releaseKey(...asked)),
    intend: (...asked) => limited(central.intend(...asked)),
    outcome: (...asked) => limited(central.outcome(...asked)),
    leaveOut: (...asked) => limited(central.leaveOut(...asked)),
    complete: (request) => central.complete(request),
    stop: () => central.stop(),
  };
}
