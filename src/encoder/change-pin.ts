import { WrongPinError } from '../piv/status-word.ts';
import { sameBytes } from './bytes.ts';
import { PinNotAcceptedError } from './errors.ts';
import type { Run } from './run.ts';

const LEAST_TRIES = 2;

/**
 * Replaces the proven PIN by the new one, before any key is touched. Where a run before this one got so far already, the
 * new PIN is found in its place. Never spends the last try.
 * @throws PinNotAcceptedError, PinBlockedError
 */
export async function changePin(run: Run): Promise<void> {
  run.progress.begin('pin', null);
  if (run.plan.isResumed) await demandTries(run);
  const { version } = await run.central.intend('pin');
  const isChanged = await changeOrFind(run);
  await run.central.outcome('pin', version, isChanged ? 'written' : 'unchanged');
}

/** Whether the card has got the new PIN; false when it is the one that it had. */
async function changeOrFind(run: Run): Promise<boolean> {
  const { old, next } = run.request.pin;
  if (sameBytes(old, next)) {
    await findNext(run);
    return false;
  }
  try {
    await run.write('pin', () => run.session.changePin(old, next));
    return true;
  } catch (error) {
    if (!(error instanceof WrongPinError)) throw error;
    if (error.triesLeft < LEAST_TRIES) throw notAccepted(error.triesLeft, error);
  }
  await findNext(run);
  run.request.journal.done('pin');
  return true;
}

async function findNext(run: Run): Promise<void> {
  try {
    await run.verifyPin();
  } catch (error) {
    if (!(error instanceof WrongPinError)) throw error;
    throw notAccepted(error.triesLeft, error);
  }
}

async function demandTries(run: Run): Promise<void> {
  const triesLeft = await run.session.pinTriesLeft();
  if (triesLeft !== null && triesLeft < LEAST_TRIES) throw notAccepted(triesLeft);
}

function notAccepted(triesLeft: number, cause?: Error): PinNotAcceptedError {
  return new PinNotAcceptedError(
    `change PIN: the card has another one, ${triesLeft} tries are left`,
    triesLeft,
    {
      cause,
    },
  );
}
