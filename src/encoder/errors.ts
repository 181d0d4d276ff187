import type { Slot } from '../domain/slot.ts';

/** No management key that central knows opens this card: it is another card, or was changed elsewhere. Nothing was written. */
export class WrongCardError extends Error {
  override readonly name = 'WrongCardError';
}

/** The card has no room for what it would have to hold. It holds what it held before. */
export class CardTooSmallError extends Error {
  override readonly name = 'CardTooSmallError';
}

/** The plan contradicts itself. Nothing was written. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** Neither the handed-over PIN nor the new one can be tried without risking the last try. */
export class PinNotAcceptedError extends Error {
  override readonly name = 'PinNotAcceptedError';
  readonly triesLeft: number;
  constructor(message: string, triesLeft: number, options?: ErrorOptions) {
    super(message, options);
    this.triesLeft = triesLeft;
  }
}

/** The PIN is to stay, but by central's record this operation has set none. Nothing was written. */
export class PinNotChosenError extends Error {
  override readonly name = 'PinNotChosenError';
}

/** The PIN is to stay as it is, but was not proven with the card: a one-time code does not do. Nothing was written. */
export class PinNotProvenError extends Error {
  override readonly name = 'PinNotProvenError';
}

/** Central was waited for until the PIN had to be wiped. A later run asks for it anew. */
export class PinExpiredError extends Error {
  override readonly name = 'PinExpiredError';
  constructor() {
    super('wait for central: longer than the PIN may be kept');
  }
}

/** No PUK that central knows sets a PIN on this card, or trying one could spend the last try. The PIN is as it was. */
export class PinNotSetError extends Error {
  override readonly name = 'PinNotSetError';
}

/** A key that the image keeps or moves is not on the card. */
export class KeyMissingError extends Error {
  override readonly name = 'KeyMissingError';
  readonly slot: Slot;
  constructor(message: string, slot: Slot) {
    super(message);
    this.slot = slot;
  }
}

/** A key on the card does not do what its public key says. */
export class KeyProofError extends Error {
  override readonly name = 'KeyProofError';
  readonly slot: Slot;
  constructor(message: string, slot: Slot) {
    super(message);
    this.slot = slot;
  }
}

/** What central issued is not a certificate over the key that the card made. */
export class CertificateMismatchError extends Error {
  override readonly name = 'CertificateMismatchError';
  readonly slot: Slot;
  constructor(message: string, slot: Slot, options?: ErrorOptions) {
    super(message, options);
    this.slot = slot;
  }
}

/** An object reads back otherwise than it was written, twice. */
export class ReadBackError extends Error {
  override readonly name = 'ReadBackError';
  /** Data object tag. */
  readonly tag: string;
  constructor(message: string, tag: string) {
    super(message);
    this.tag = tag;
  }
}
