import type { Refusal } from '../domain/eligibility.ts';
import type { Terms } from '../protocol/operation.ts';

/** Central says no: `code` is the stable code of the screen, `status` that of HTTP. Nothing was changed. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly code: string;
  readonly triesLeft: number | undefined;
  /** To be accepted first, where whoever asks has to be told them with the refusal. */
  readonly terms: Terms | undefined;
  constructor(status: number, code: string, message: string, triesLeft?: number, terms?: Terms) {
    super(message);
    this.status = status;
    this.code = code;
    this.triesLeft = triesLeft;
    this.terms = terms;
  }
}

/** Central says not now (429). */
export class AskLaterError extends RefusedError {
  readonly retryAfterSeconds: number;
  constructor(code: string, message: string, retryAfterSeconds: number) {
    super(429, code, message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const REFUSAL_TEXTS: Readonly<Record<Refusal, string>> = {
  'KR-11-cannot-import':
    'its profile archives the encryption key, and this card takes no key from outside; use one that does (YubiKey and the like)',
  'RP-04-expired': 'the life of this card is over',
  'RP-06-cancelled': 'this card was cancelled',
  'RP-06-disabled': 'this card is disabled',
  'RP-06-holder-disabled': 'the account of its holder is disabled',
  'RP-06-not-approved': 'its holder is not approved for issuance',
  'RP-07-contactless': 'this is a contactless token',
  'RP-07-no-piv': 'there is no PIV application on it',
  'RP-07-blank': 'this card was not issued yet',
  'RP-07-unknown': 'this card is not known',
  'RP-07-not-known-here': 'this card is not known at this kiosk',
  'RP-07-not-served-here': 'its holder belongs to no group that this kiosk serves',
  'RP-20-key-would-be-lost': 'its encryption key would be lost',
  'RP-21-foreign-card':
    'central does not hold its management key; take it over with `recard central import card-secrets`',
  'SY-06-newer-kiosk': 'its record says what this program does not know; use a newer one',
};

/** A refusal of the domain as central's answer. */
export function refusal(code: Refusal): RefusedError {
  return new RefusedError(
    code === 'RP-07-unknown' ? 404 : 409,
    code,
    `reprovision card: ${REFUSAL_TEXTS[code]}`,
  );
}
