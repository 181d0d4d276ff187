import type { CardAction, CardRefusal } from '../../domain/card-life.ts';
import { RefusedError } from '../refused.ts';

const WHY: Readonly<Record<CardRefusal, string>> = {
  'ID-05-not-an-operator': 'only an operator does that; see: operator list',
  'ID-05-operator-disabled': 'the account of this operator is disabled',
  'OP-02-own-card': 'it is their own card; ask another operator',
  'OP-02-no-right': 'their role does not choose this reason; ask an administrator',
  'OP-02-out-of-scope': 'its holder is in no group that this operator acts for; ask somebody who does',
  'OP-02-cancelled': 'it is cancelled, and that is for good; give its holder a new one',
  'OP-02-not-issued': 'it was not written yet; cancel the request for it',
  'OP-02-not-disabled': 'it is not disabled; there is nothing to enable',
  'OP-02-disabled-already': 'it is disabled already; enable it, or cancel it',
};

export function refuseCardChange(
  code: CardRefusal,
  action:
    | CardAction
    | 'see'
    | 'vouch'
    | 'reprovision'
    | 'give code for'
    | 'abandon operation of'
    | 'make request for',
): RefusedError {
  const status = code === 'OP-02-cancelled' || code === 'OP-02-not-issued' ? 409 : 403;
  return new RefusedError(status, code, `${action} card: ${WHY[code]}`);
}

/** @param codes of the reasons that there are for it */
export function noSuchReason(action: CardAction, reason: string, codes: readonly string[]): RefusedError {
  const why = `there is no reason ${reason} for it; choose one of ${codes.join(', ')}`;
  return new RefusedError(400, 'RP-12-no-such-reason', `${action} card: ${why}`);
}
