import { WrongPinError } from '../piv/status-word.ts';
import type { IntentResponse } from '../protocol/operation.ts';
import { changePuk } from './change-secrets.ts';
import type { EncodeRequest } from './encode-request.ts';
import { PinNotAcceptedError, PinNotChosenError, PinNotProvenError } from './errors.ts';
import { OperationRefusedError, SECRET_PENDING } from './ports.ts';
import type { Run } from './run.ts';
import { setPin } from './set-pin.ts';

const LEAST_TRIES = 2;

/**
 * Replaces the proven PIN by the new one, before any key is touched. Where the new PIN is on the card already it is found
 * in its place. One that this operation has set in a run before this stays. Where no PIN was proven it is set by the PUK.
 * Never spends the last try.
 * @throws PinNotAcceptedError, PinNotSetError, PinBlockedError
 */
export async function changePin(run: Run): Promise<void> {
  if (!run.plan.changesPin) return;
  const { old, isKept } = run.request.pin;
  if (run.plan.isResumed && old) await demandTries(run);
  if (isKept) return findNext(run);
  run.progress.begin('pin', null);
  const intent = await intendPin(run);
  if (old === null) await setPin(run, intent);
  else await changeOrFind(run, old);
  await run.central.outcome('pin', intent.version, 'written');
}

/** Where the operation leaves the PIN as it is, the proven one is only verified, before anything is written. @throws PinNotAcceptedError */
export async function verifyLastingPin(run: Run): Promise<void> {
  if (run.plan.changesPin) return;
  if (run.plan.isResumed) await demandTries(run);
  await findNext(run);
}

/**
 * No PIN stays but one that central knows to be new, else the one that somebody may know would; or the proven one, where the
 * operation changes none.
 * @throws PinNotChosenError, PinNotProvenError
 */
export function checkKeptPin({ pin, plan }: EncodeRequest): void {
  const { old, isKept } = pin;
  if (!plan.changesPin && !(isKept && old !== null)) {
    throw new PinNotProvenError('keep PIN: it stays, so it has to be proven with the card; enter it');
  }
  if (plan.changesPin && isKept && !(plan.isPinSet && old !== null)) {
    throw new PinNotChosenError('keep PIN: this operation has set none yet; choose a new one');
  }
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

async function changeOrFind(run: Run, old: Uint8Array): Promise<void> {
  const { next } = run.request.pin;
  try {
    await run.write('pin', () => run.session.changePin(old, next));
    return;
  } catch (error) {
    if (!(error instanceof WrongPinError)) throw error;
    if (error.triesLeft < LEAST_TRIES) throw notAccepted(error.triesLeft, error);
  }
  await findNext(run);
  run.request.journal.done('pin');
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
