import { WrongPinError } from '../piv/status-word.ts';
import type { IntentResponse } from '../protocol/operation.ts';
import { sameBytes } from './bytes.ts';
import { changePuk } from './change-secrets.ts';
import { PinNotAcceptedError } from './errors.ts';
import { OperationRefusedError, SECRET_PENDING } from './ports.ts';
import type { Run } from './run.ts';
import { setPin } from './set-pin.ts';

const LEAST_TRIES = 2;

/**
 * Replaces the proven PIN by the new one, before any key is touched. Where a run before this one got so far already, the
 * new PIN is found in its place. Where no PIN was proven it is set by the PUK. Never spends the last try.
 * @throws PinNotAcceptedError, PinNotSetError, PinBlockedError
 */
export async function changePin(run: Run): Promise<void> {
  run.progress.begin('pin', null);
  const { old } = run.request.pin;
  if (run.plan.isResumed && old) await demandTries(run);
  const intent = await intendPin(run);
  if (old === null) await setPin(run, intent);
  const isChanged = old === null || (await changeOrFind(run, old));
  await run.central.outcome('pin', intent.version, isChanged ? 'written' : 'unchanged');
}

/** One secret changes at a time: a PUK whose change was cut off, in this operation or in one before it, comes first. */
async function intendPin(run: Run): Promise<IntentResponse> {
  try {
    return await run.central.intend('pin');
  } catch (error) {
    if (!(error instanceof OperationRefusedError) || error.code !== SECRET_PENDING) throw error;
  }
  await changePuk(run);
  return run.central.intend('pin');
}

/** Whether the card has got the new PIN; false when it is the one that it had. */
async function changeOrFind(run: Run, old: Uint8Array): Promise<boolean> {
  const { next } = run.request.pin;
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
