import { PivSession } from '../piv/session.ts';
import { authenticate } from './authenticate.ts';
import { changePin, checkKeptPin, verifyLastingPin } from './change-pin.ts';
import { changeSecrets, settleManagementKey } from './change-secrets.ts';
import { checkPlan } from './check-plan.ts';
import { checkRoom } from './check-room.ts';
import type { EncodeOutcome, EncodeRequest } from './encode-request.ts';
import { PIN_LIFE_MS, withinPinLife } from './pin-life.ts';
import { proveKeys } from './prove-keys.ts';
import { readBack } from './read-back.ts';
import { removeKeys } from './remove-keys.ts';
import { Run } from './run.ts';
import { orUndone } from './undo-imports.ts';
import { checkKeptKeys, proveKeptKeys, writeKeys } from './write-keys.ts';
import { emptyCertificates, writeObjects } from './write-objects.ts';

/**
 * Brings one card to the image of its plan, has every new key prove itself, and has central complete the operation. Run
 * again (with the plan that central gives to a resume) after any cut, it finishes. In this order, so that the card can at
 * each instant be recognised, administered, and its holder proven (operation.md C). The Key History counts what comes once it
 * is there with its certificate, and what goes no longer before it goes: it never promises what is not there.
 * @throws WrongCardError, PlanError, PinNotChosenError, PinNotProvenError, CardTooSmallError, KeyMissingError before anything is lost; PinNotAcceptedError,
 *   PinNotSetError, PinBlockedError, PinExpiredError; KeyProofError, CertificateMismatchError, ReadBackError, CardFullError, CommandRefusedError,
 *   MalformedAnswerError; OperationRefusedError; CardRemovedError, CardResetError, ReaderUnavailableError; AbortError
 * @see operation.md A to D
 */
export async function encodeCard(request: EncodeRequest): Promise<EncodeOutcome> {
  const { pin, plan } = request;
  const central = withinPinLife(request.central, PIN_LIFE_MS);
  try {
    checkPlan(plan);
    checkKeptPin(request);
    const session = request.session ?? (await PivSession.select(request.connection));
    const run = new Run({ ...request, central }, session);
    await authenticate(run);
    await checkKeptKeys(run);
    await settleManagementKey(run);
    await verifyLastingPin(run);
    const putBack = await checkRoom(run);
    await changePin(run);
    await proveKeptKeys(run);
    await orUndone(run, putBack, async () => {
      await writeKeys(run);
      await writeObjects(run);
    });
    await emptyCertificates(run);
    await removeKeys(run);
    await changeSecrets(run);
    const asRead = await readBack(run);
    await proveKeys(run);
    wipe(request);
    const result = await run.complete({
      proofs: [...run.proofs.values()],
      readBack: asRead,
      leftoverKeys: run.leftoverKeys,
      unwritableObjects: [...run.unwritableObjects],
    });
    return { kind: 'completed', result };
  } finally {
    central.stop();
    wipe({ pin });
  }
}

function wipe({ pin }: Pick<EncodeRequest, 'pin'>): void {
  pin.old?.fill(0);
  pin.next.fill(0);
}
