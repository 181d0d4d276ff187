/** A key that does not belong to its certificate, or is none; or nothing to put into the file. */
export class PfxContentError extends Error {
  override readonly name = 'PfxContentError';
  readonly code = 'KR-08-pfx-content';
  readonly why: string;
  constructor(why: string) {
    super(`write PFX: ${why}; nothing was written, ask the helpdesk`);
    this.why = why;
  }
}
