/** No soft certificate was made: central said no, or what came does not fit. Nothing was saved. */
export class SoftError extends Error {
  override readonly name = 'SoftError';
  /** Stable code of the screen. */
  readonly code: string;
  constructor(code: string, why: string, options?: ErrorOptions) {
    super(`collect soft certificate: ${why}`, options);
    this.code = code;
  }
}
