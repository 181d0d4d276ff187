import { RefusedError } from '../refused.ts';

/** What is wrong with a request that somebody wants to make, with its stable code. Each message ends with what to do. */
const REFUSALS = {
  'KR-01-no-such-request': [404, 'there is no such request; see: request list'],
  'KR-01-no-such-certificate': [404, 'central has no such certificate; see: request certificates'],
  'KR-01-no-certificate': [409, 'it names no certificate; choose those that are wanted'],
  'KR-01-nothing-to-do': [409, 'the card has all of that already; choose others'],
  'KR-01-open-already': [409, 'the same is asked for already'],
  'KR-01-too-many': [409, 'it names more certificates than there can be on a card; choose fewer'],
  'KR-05-confirm-removal': [409, 'each certificate that it takes off the card has to be confirmed'],
  'KR-05-not-on-card': [409, 'what it takes off the card is not on it'],
  'KR-05-last-copy': [409, 'nothing would be left of a key that is not archived; keep that certificate'],
  'KR-11-not-archived': [409, 'its key is not in the archive: it cannot be recovered'],
  'KR-11-not-theirs': [409, 'it belongs to somebody else; choose a certificate of this person'],
  'OP-02-cancel-first': [
    409,
    'the old card would be cancelled by it, which wants a witness; cancel it with one, then ask for the new one',
  ],
  'RP-02-no-profile': [409, 'there is no such profile, or it is withdrawn; see: profile list'],
  'RP-12-no-such-reason': [400, 'no such reason; choose one of those'],
  'RP-07-not-their-card': [409, 'the card belongs to somebody else'],
  'RP-07-nobody': [404, 'central knows no such person'],
} as const;
export type RequestRefusal = keyof typeof REFUSALS;

/** @param about which one it is about: a serial number, an id */
export function refuseRequest(code: RequestRefusal, about?: string): RefusedError {
  const [status, why] = REFUSALS[code];
  return new RefusedError(status, code, `make request: ${about === undefined ? '' : `${about}: `}${why}`);
}
