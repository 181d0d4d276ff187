import {
  CardTooSmallError,
  CertificateMismatchError,
  KeyMissingError,
  KeyProofError,
  PinExpiredError,
  PinNotAcceptedError,
  PinNotChosenError,
  PinNotProvenError,
  PinNotSetError,
  ReadBackError,
  WrongCardError,
} from '../encoder/errors.ts';
import { OperationRefusedError } from '../encoder/ports.ts';
import { CARD_TOO_SMALL } from '../flows/walk-up-event.ts';
import { CardFullError, PinBlockedError } from '../piv/status-word.ts';
import { codeOfCardTrouble } from './card-trouble.ts';
import { isOfDisk, NO_ROOM } from './disk-reserve.ts';

/** The code of the screen for what ended a run of the encoder. */
export function codeOfStop(error: unknown, signal: AbortSignal): string {
  if (error instanceof OperationRefusedError) return error.code;
  if (isOfDisk(error)) return NO_ROOM;
  if (error instanceof CardTooSmallError) return CARD_TOO_SMALL;
  if (error instanceof CardFullError) return 'RP-17-card-full';
  if (error instanceof WrongCardError) return 'SE-03-management-key';
  if (isUnverified(error)) return 'RP-18-verify-failed';
  if (error instanceof PinBlockedError) return 'ID-04-pin-blocked';
  if (error instanceof PinNotSetError) return 'ID-02-pin-not-set';
  if (error instanceof PinNotChosenError) return 'RP-14-pin-not-set';
  if (error instanceof PinNotProvenError) return 'KR-02-pin-needed';
  if (error instanceof PinNotAcceptedError) return 'RP-17-interrupted';
  if (error instanceof PinExpiredError) return 'SY-03-central-not-reached';
  const trouble = codeOfCardTrouble(error);
  if (trouble !== null) return trouble;
  return signal.aborted ? 'RP-17-cancelled' : 'UX-09-internal';
}

/** The card does not hold, or cannot do, what was written. */
function isUnverified(error: unknown): boolean {
  return (
    error instanceof ReadBackError ||
    error instanceof KeyProofError ||
    error instanceof KeyMissingError ||
    error instanceof CertificateMismatchError
  );
}
