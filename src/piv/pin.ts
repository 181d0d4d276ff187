/** PIN and PUK. @see NIST SP 800-73-4 part 2, 3.2.1 to 3.2.3 */
import {
  INS_CHANGE_REFERENCE_DATA,
  INS_RESET_RETRY_COUNTER,
  INS_SET_PIN_RETRIES,
  INS_VERIFY,
} from './apdu.ts';
import type { Exchange } from './exchange.ts';
import { PIN_REFERENCE, PUK_REFERENCE } from './reference.ts';
import { type PinReference, pinRefusal, refusal, SW_OK, triesLeftIn } from './status-word.ts';
import { concat } from './tlv.ts';

const LENGTH = 8;
const MIN_LENGTH = 6;
const PADDING = 0xff;

/** What was typed cannot be a PIN or PUK; nothing was sent. */
export class PinFormatError extends Error {
  override readonly name = 'PinFormatError';
  readonly reference: PinReference;
  constructor(intent: string, reference: PinReference) {
    const rule = reference === 'PIN' ? '6 to 8 digits' : '6 to 8 bytes';
    super(`${intent}: a ${reference} has ${rule}`);
    this.reference = reference;
  }
}

/** Tries left for the PIN by an empty VERIFY, which spends none; null while the PIN is verified (9000). */
export async function readPinTries(exchange: Exchange): Promise<number | null> {
  const { sw } = await exchange.send({ ins: INS_VERIFY, p1: 0, p2: PIN_REFERENCE });
  const triesLeft = triesLeftIn(sw);
  if (triesLeft === null && sw !== SW_OK) throw refusal(sw, 'read PIN tries');
  return triesLeft;
}

/** Sends VERIFY. @throws WrongPinError, PinBlockedError, PinFormatError */
export function verifyPin(exchange: Exchange, pin: Uint8Array): Promise<void> {
  const intent = 'verify PIN';
  return present(exchange, intent, 'PIN', INS_VERIFY, PIN_REFERENCE, padPin(intent, pin));
}

/** Sends CHANGE REFERENCE DATA for the PIN. @throws WrongPinError, PinBlockedError, PinFormatError */
export function changePin(exchange: Exchange, oldPin: Uint8Array, newPin: Uint8Array): Promise<void> {
  const intent = 'change PIN';
  const data = join(padPin(intent, oldPin), padPin(intent, newPin));
  return present(exchange, intent, 'PIN', INS_CHANGE_REFERENCE_DATA, PIN_REFERENCE, data);
}

/** Sends CHANGE REFERENCE DATA for the PUK. @throws WrongPinError, PinBlockedError, PinFormatError */
export function changePuk(exchange: Exchange, oldPuk: Uint8Array, newPuk: Uint8Array): Promise<void> {
  const intent = 'change PUK';
  const data = join(padPuk(intent, oldPuk), padPuk(intent, newPuk));
  return present(exchange, intent, 'PUK', INS_CHANGE_REFERENCE_DATA, PUK_REFERENCE, data);
}

/** Sends RESET RETRY COUNTER: a new PIN by the PUK. @throws WrongPinError (of the PUK), PinBlockedError, PinFormatError */
export function unblockPin(exchange: Exchange, puk: Uint8Array, newPin: Uint8Array): Promise<void> {
  const intent = 'unblock PIN';
  const data = join(padPuk(intent, puk), padPin(intent, newPin));
  return present(exchange, intent, 'PUK', INS_RESET_RETRY_COUNTER, PIN_REFERENCE, data);
}

/** Vendor: sets the number of tries. PIN and PUK are the factory's afterwards. Needs management key and PIN. */
export async function setRetries(exchange: Exchange, pinTries: number, pukTries: number): Promise<void> {
  await exchange.run('set PIN and PUK tries', { ins: INS_SET_PIN_RETRIES, p1: pinTries, p2: pukTries });
}

async function present(
  exchange: Exchange,
  intent: string,
  reference: PinReference,
  ins: number,
  p2: number,
  data: Uint8Array,
): Promise<void> {
  try {
    const { sw } = await exchange.send({ ins, p1: 0, p2, data, isSecret: true });
    if (sw !== SW_OK) throw pinRefusal(sw, intent, reference);
  } finally {
    data.fill(0);
  }
}

function padPin(intent: string, pin: Uint8Array): Uint8Array {
  if (!pin.every((byte) => byte >= 0x30 && byte <= 0x39)) throw new PinFormatError(intent, 'PIN');
  return pad(intent, 'PIN', pin);
}

function padPuk(intent: string, puk: Uint8Array): Uint8Array {
  return pad(intent, 'PUK', puk);
}

function pad(intent: string, reference: PinReference, secret: Uint8Array): Uint8Array {
  if (secret.length < MIN_LENGTH || secret.length > LENGTH) throw new PinFormatError(intent, reference);
  const padded = new Uint8Array(LENGTH).fill(PADDING);
  padded.set(secret);
  return padded;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = concat(first, second);
  first.fill(0);
  second.fill(0);
  return joined;
}
