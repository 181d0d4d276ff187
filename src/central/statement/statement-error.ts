import { RefusedError } from '../refused.ts';

/** Why a statement is not taken: each is a stable code of its own. */
const REFUSALS = {
  'ID-02-not-signed': 'it was not signed with the key on record; sign it again',
  'ID-02-other-card': 'it is signed with the card that you have signed in with; put that one in',
  'ID-02-code-wanted':
    'its profile takes no word of an operator for it; give its holder a one-time code and stay with them',
  'ID-02-attended-only':
    'its profile wants an operator there for it; have one sign in here, or go to the helpdesk',
  'KR-02-vouch-wanted': 'an operator signs with their own card whose keys these are; sign it first',
  'OP-02-witness-wanted': 'its profile wants a second operator to sign it; have one put their card in',
  'OP-02-witness-is-operator': 'nobody is their own witness; have another operator sign it',
  'OP-02-witness-is-holder': 'the card is their own; have another operator sign it',
  'OP-02-witness-out-of-scope':
    'its holder is in no group that the witness acts for; have another one sign it',
  'OP-02-witness-other': 'the witness has signed something else; have them sign this',
  'OP-02-witness-over':
    'what the witness has signed was used, is too old or is not known here; sign it again',
} as const;
export type StatementRefusal = keyof typeof REFUSALS;

export function refuseStatement(code: StatementRefusal, intent = 'sign statement'): RefusedError {
  return new RefusedError(403, code, `${intent}: ${REFUSALS[code]}`);
}
