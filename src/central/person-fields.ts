/** What may be on record of a person, as commands and files give it. Each check names what to write instead. */
import { PERSON_STATES, type PersonState } from '../domain/card.ts';
import { ObjectFormatError } from '../piv/objects/fields.ts';
import { readJpegSize } from '../piv/objects/jpeg-size.ts';

/** Printed Information has room for this much. @see NIST SP 800-73-4 part 1, table 14 */
const MAX_NAME_BYTES = 125;
/** A certificate has room for this much. @see RFC 5280, appendix A.1, ub-common-name */
const MAX_NAME_CHARACTERS = 64;
const MAX_MAIL_CHARACTERS = 254;
export const MAX_PHOTO_BYTES = 32 * 1024;
const LOGIN = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** A value that cannot be taken; the message says what to write instead. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

/** @throws FieldError */
export function checkLogin(login: string): string {
  if (LOGIN.test(login)) return login;
  throw new FieldError('a login has lower-case letters, digits, dots and hyphens');
}

/** @throws FieldError */
export function checkName(name: string): string {
  const isPlain = name.trim() === name && name !== '' && !/\p{Cc}/u.test(name);
  const isShort = Buffer.byteLength(name) <= MAX_NAME_BYTES && [...name].length <= MAX_NAME_CHARACTERS;
  if (isPlain && isShort) return name;
  throw new FieldError(
    `a name is one line of at most ${MAX_NAME_CHARACTERS} characters and ${MAX_NAME_BYTES} bytes`,
  );
}

/** A mail address, or a UPN. Certificates take ASCII only here (RFC 5280, rfc822Name). @throws FieldError */
export function checkMail(mail: string): string {
  if (/^[!-?A-~]+@[A-Za-z0-9.-]+$/.test(mail) && mail.length <= MAX_MAIL_CHARACTERS) return mail;
  throw new FieldError('that is not a mail address in ASCII');
}

/** @throws FieldError */
export function checkPersonState(state: string): PersonState {
  const found = PERSON_STATES.find((one) => one === state);
  if (found) return found;
  throw new FieldError(`a state is one of ${PERSON_STATES.join(', ')}`);
}

/** @returns null for `never` @throws FieldError */
export function checkApproval(until: string): Date | null {
  return until === 'never' ? null : readInstant(until, '00:00:00', ', or never');
}

/**
 * @param timeOfDay what a day alone means, UTC
 * @throws FieldError for what is neither a day of the calendar nor an instant in ISO 8601
 */
export function readInstant(text: string, timeOfDay: string, alternatives = ''): Date {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$)/.exec(text)?.[0];
  const time = Date.parse(text.length === 10 ? `${text}T${timeOfDay}Z` : text);
  const isDay = day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (isDay && !Number.isNaN(time)) return new Date(time);
  throw new FieldError(
    `a time is a day (2031-12-31) or an instant with its zone (2031-12-31T23:59:59Z)${alternatives}`,
  );
}

/** @param photo as it goes into the facial image @throws FieldError */
export function checkPhoto(photo: Uint8Array): Uint8Array {
  if (photo.length > MAX_PHOTO_BYTES) {
    throw new FieldError(`a photo has at most ${MAX_PHOTO_BYTES} bytes, a card has no room for more`);
  }
  try {
    readJpegSize(photo);
  } catch (cause) {
    if (!(cause instanceof ObjectFormatError || cause instanceof RangeError)) throw cause;
    throw new FieldError('a photo is a JPEG, and this cannot be read as one', { cause });
  }
  return photo;
}
