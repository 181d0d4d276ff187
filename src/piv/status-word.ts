/** Status words and the errors they become. @see NIST SP 800-73-4 part 2, table 3; ISO/IEC 7816-4, 5.1.3 */

export const SW_OK = 0x9000;
export const SW_WRONG_LENGTH = 0x6700;
export const SW_SECURITY_STATUS_NOT_SATISFIED = 0x6982;
const SW_AUTHENTICATION_BLOCKED = 0x6983;
export const SW_WRONG_DATA = 0x6a80;
const SW_FUNCTION_NOT_SUPPORTED = 0x6a81;
export const SW_NOT_FOUND = 0x6a82;
const SW_NOT_ENOUGH_MEMORY = 0x6a84;
export const SW_INCORRECT_P1_P2 = 0x6a86;
export const SW_REFERENCE_NOT_FOUND = 0x6a88;
const SW_INS_NOT_SUPPORTED = 0x6d00;
const SW_CLA_NOT_SUPPORTED = 0x6e00;

/** Which secret a card refused. */
export type PinReference = 'PIN' | 'PUK';

/** The card answered with another status word than 9000. The message begins with what was intended. */
export class CommandRefusedError extends Error {
  override readonly name: string = 'CommandRefusedError';
  readonly sw: number;
  readonly intent: string;
  constructor(sw: number, intent: string, why = 'the card refused') {
    super(`${intent}: ${why} (${hexStatus(sw)})`);
    this.sw = sw;
    this.intent = intent;
  }
}

/** PIN or PUK was wrong; a try is gone. */
export class WrongPinError extends CommandRefusedError {
  override readonly name = 'WrongPinError';
  readonly reference: PinReference;
  /** At least 1. */
  readonly triesLeft: number;
  constructor(sw: number, intent: string, reference: PinReference, triesLeft: number) {
    super(sw, intent, `the ${reference} is wrong, ${triesLeft} left`);
    this.reference = reference;
    this.triesLeft = triesLeft;
  }
}

/** No try is left, whether the last one was spent just now (63C0) or before (6983). */
export class PinBlockedError extends CommandRefusedError {
  override readonly name = 'PinBlockedError';
  readonly reference: PinReference;
  constructor(sw: number, intent: string, reference: PinReference) {
    super(sw, intent, `the ${reference} is blocked`);
    this.reference = reference;
  }
}

/** PIN or management key authentication is missing (6982). */
export class SecurityStatusError extends CommandRefusedError {
  override readonly name = 'SecurityStatusError';
}

/** The card does not know this command (6D00, 6E00) or function (6A81). */
export class NotSupportedError extends CommandRefusedError {
  override readonly name = 'NotSupportedError';
}

/** The card has no room for this (6A84). */
export class CardFullError extends CommandRefusedError {
  override readonly name = 'CardFullError';
}

/** The PIV application cannot be selected (RP-07). */
export class NoPivApplicationError extends CommandRefusedError {
  override readonly name = 'NoPivApplicationError';
}

/** The card answered 9000 with bytes that are not what the standard says. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError';
  readonly intent: string;
  constructor(intent: string, why: string, options?: ErrorOptions) {
    super(`${intent}: the card's answer cannot be used, ${why}`, options);
    this.intent = intent;
  }
}

/** The error for a status word, where it does not speak of a PIN. */
export function refusal(sw: number, intent: string): CommandRefusedError {
  switch (sw) {
    case SW_SECURITY_STATUS_NOT_SATISFIED:
      return new SecurityStatusError(sw, intent, 'authentication is missing');
    case SW_FUNCTION_NOT_SUPPORTED:
    case SW_INS_NOT_SUPPORTED:
    case SW_CLA_NOT_SUPPORTED:
      return new NotSupportedError(sw, intent, 'the card cannot do this');
    case SW_NOT_ENOUGH_MEMORY:
      return new CardFullError(sw, intent, 'the card is full');
    default:
      return new CommandRefusedError(sw, intent);
  }
}

/** The error for the status word of a command that presented a PIN or PUK. */
export function pinRefusal(sw: number, intent: string, reference: PinReference): CommandRefusedError {
  const triesLeft = triesLeftIn(sw);
  if (triesLeft === null) return refusal(sw, intent);
  if (triesLeft === 0) return new PinBlockedError(sw, intent, reference);
  return new WrongPinError(sw, intent, reference, triesLeft);
}

/** Tries left, where a status word says that a PIN was wrong or is blocked: 63Cx and 6983; null for all others. */
export function triesLeftIn(sw: number): number | null {
  if (sw === SW_AUTHENTICATION_BLOCKED) return 0;
  return (sw & 0xfff0) === 0x63c0 ? sw & 0x0f : null;
}

/** Whether the instruction itself is unknown to the card: what a probe asks. */
export function isUnknownInstruction(sw: number): boolean {
  return sw === SW_INS_NOT_SUPPORTED || sw === SW_CLA_NOT_SUPPORTED;
}

function hexStatus(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, '0');
}
