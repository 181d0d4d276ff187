import { RefusedError } from '../refused.ts';

const REFUSALS = {
  'ID-05-no-session': 'nobody is signed in; put your own card into the reader and sign in',
  'ID-05-idle': 'nothing was done for too long; sign in again',
  'ID-05-own-card-refused': 'your own card is disabled, cancelled or expired; ask another operator',
} as const;

/** There is no session of an operator, or it has ended: whoever acts signs in again. */
export function refuseSession(code: keyof typeof REFUSALS): RefusedError {
  return new RefusedError(403, code, `sign in: ${REFUSALS[code]}`);
}
