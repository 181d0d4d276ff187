/** What the language of the card needs of a reader: one method. Format → chaining → this. */
export interface CardConnection {
  readonly atr: Uint8Array;
  /**
   * Sends one command APDU as it is and returns the whole response, status word included (at least 2 bytes).
   * Keeps no reference to either: the caller wipes what is secret in them.
   * @throws CardRemovedError, CardResetError, ReaderUnavailableError
   */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

/** The card left the reader, or lost power. What was under way may or may not have been carried out. */
export class CardRemovedError extends Error {
  override readonly name = 'CardRemovedError';
}

/** The card was reset under us: PIN and management key authentication are gone. */
export class CardResetError extends Error {
  override readonly name = 'CardResetError';
}

/** The reader cannot be used. `why` decides what the person is told. */
export class ReaderUnavailableError extends Error {
  override readonly name = 'ReaderUnavailableError';
  readonly why: 'held-by-another-program' | 'service-gone' | 'denied' | 'unresponsive' | 'unplugged';
  constructor(why: ReaderUnavailableError['why'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}
