/** What a command gives: data and a status word. */
export interface Answer {
  readonly data: Uint8Array;
  readonly sw: number;
}

/** Status words this card uses. @see NIST SP 800-73-4 part 2, table 3 */
export const SW = {
  ok: 0x9000,
  wrongLength: 0x6700,
  lastBlockExpected: 0x6883,
  securityStatusNotSatisfied: 0x6982,
  authenticationMethodBlocked: 0x6983,
  conditionsNotSatisfied: 0x6985,
  incorrectData: 0x6a80,
  notFound: 0x6a82,
  notEnoughMemory: 0x6a84,
  incorrectParameters: 0x6a86,
  referenceNotFound: 0x6a88,
  instructionNotSupported: 0x6d00,
  classNotSupported: 0x6e00,
} as const;

/** Ends a command early with a status word; the dispatcher turns it into the answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly sw: number;
  constructor(sw: number) {
    super(`refuse command: ${sw.toString(16)}`);
    this.sw = sw;
  }
}

/** Success, with or without data. */
export function ok(data: Uint8Array = new Uint8Array(0)): Answer {
  return { data, sw: SW.ok };
}
