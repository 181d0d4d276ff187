/** What the helpdesk gives to somebody who collects a new card: digits that say which request, and a one-time code (ID-02, ID-03). */
import { randomInt } from 'node:crypto';
import type { CodeKind } from '../../../db/central/code-schema.ts';
import { LOCATOR_DIGITS } from '../../protocol/new-card.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { addCodeFor, type GivenCode } from '../one-time-code.ts';
import { RefusedError } from '../refused.ts';
import { findByLocator } from '../repositories/new-card-requests.ts';
import { changeRequest, findRequest, type RequestRow } from '../repositories/requests.ts';
import { refuseRequest } from '../request/request-error.ts';
import { type HeldIssue, holdIssue } from './hold-issue.ts';

/** Of a million: of so many at random one is free, unless hundreds of thousands wait. */
const MAX_PICKS = 100;

/**
 * Makes a number for a request. The code in an older one of the same request dies by it; the first digits stay.
 * @returns the whole number as `code`; the caller wipes it
 * @throws RefusedError `KR-01-no-such-request`, `KR-01-other-kind`, of `demandMove` while it cannot be collected, or any more
 */
export async function giveNumber(
  central: Central,
  requestId: string,
  kind: CodeKind,
  givenBy: string,
): Promise<GivenCode> {
  return central.database.transaction((transaction) =>
    addNumberFor(central, transaction, requestId, kind, givenBy),
  );
}

/** The same as part of a transaction. */
export async function addNumberFor(
  central: Central,
  transaction: Database,
  requestId: string,
  kind: CodeKind,
  givenBy: string,
): Promise<GivenCode> {
  const held = await holdNumber(central, transaction, requestId);
  const locator = await locatorOf(transaction, held.request);
  const order = { cardId: held.card.id, kind, givenBy, requestId };
  const { code, expiresAt } = await addCodeFor(central, transaction, order);
  const number = new Uint8Array([...new TextEncoder().encode(locator), ...code]);
  code.fill(0);
  return { code: number, expiresAt };
}

/**
 * Holds a request for which a number can be given.
 * @throws RefusedError `KR-01-no-such-request`, `KR-01-other-kind`, of `demandMove` while it cannot be collected, or any more
 */
export async function holdNumber(
  central: Central,
  transaction: Database,
  requestId: string,
): Promise<HeldIssue> {
  const seen = await findRequest(transaction, requestId);
  if (!seen) throw refuseRequest('KR-01-no-such-request');
  const held = await holdIssue(central, transaction, requestId);
  if (held) return held;
  const why = 'no blank card is collected by it; its owner proves themselves with their own card';
  throw new RefusedError(409, 'KR-01-other-kind', `give number: ${why}`);
}

async function locatorOf(transaction: Database, { id, locator }: RequestRow): Promise<string> {
  if (locator !== null) return locator;
  for (let pick = 0; pick < MAX_PICKS; pick += 1) {
    const picked = String(randomInt(10 ** LOCATOR_DIGITS)).padStart(LOCATOR_DIGITS, '0');
    if (await findByLocator(transaction, picked)) continue;
    await changeRequest(transaction, id, { locator: picked });
    return picked;
  }
  throw new Error('give number: no free one was found');
}
