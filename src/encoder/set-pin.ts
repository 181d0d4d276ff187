import { WrongPinError } from '../piv/status-word.ts';
import { type IntentResponse, sealContext } from '../protocol/operation.ts';
import { PinNotSetError } from './errors.ts';
import type { Run } from './run.ts';

const LEAST_TRIES = 2;

/**
 * Sets the new PIN by the card's PUK (RESET RETRY COUNTER), for a holder whose proof was a one-time code. Central gives
 * out which PUKs the card may have; they are tried newest first, and never is the last try spent. A card that does not
 * tell its tries is tried with a PUK that is certain, or not at all (operation.md A).
 * @param intent central's answer to the intent, which the caller has recorded
 * @throws PinNotSetError
 */
export async function setPin(run: Run, intent: IntentResponse): Promise<void> {
  const { current, version } = intent;
  let triesLeft = run.capabilities.hasMetadata ? await run.session.pukTriesLeft() : null;
  let refused = 0;
  for (const sealed of current) {
    const mayTry = triesLeft === null ? current.length === 1 : triesLeft >= LEAST_TRIES;
    if (!mayTry) break;
    const puk = await run.request.openSealed(sealed, sealContext(run.plan.operationId, 'pin', version));
    const refusal = await tryPuk(run, puk);
    if (refusal === null) return;
    if (!(refusal instanceof WrongPinError)) throw notSet(refusal);
    refused += 1;
    triesLeft = refusal.triesLeft;
  }
  // What the card has refused is not given out again: else every run would spend a try.
  const isEachRefused = refused > 0 && refused === current.length;
  await run.central.outcome('pin', version, isEachRefused ? 'refused' : 'unchanged');
  throw notSet();
}

/** Wiped at once, however it ends. */
async function tryPuk(run: Run, puk: Uint8Array): Promise<Error | null> {
  try {
    return await run.tryWrite('pin', () => run.session.unblockPin(puk, run.request.pin.next));
  } finally {
    puk.fill(0);
  }
}

function notSet(cause?: Error): PinNotSetError {
  return new PinNotSetError('set PIN: no PUK that central knows opens this card', { cause });
}
