/** What a request for an existing card would do to it, before anybody makes it (KR-05). */

import type { Difference } from '../../domain/difference.ts';
import type { PreviewRequest } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import { collectionFactsOf, findDifference } from '../collection/find-difference.ts';
import type { Database } from '../database.ts';
import { readCollectionDoubt } from '../operation/aftermath.ts';
import type { CardRow } from '../repositories/cards.ts';
import { findCertificate } from '../repositories/certificates.ts';
import type { RequestedCertificate } from '../repositories/requests.ts';
import { type Actor, demandRight } from './actor.ts';
import { type ChosenCertificate, chooseForCard } from './choose-certificates.ts';
import { HOPED_FOR } from './difference-of.ts';
import { onRecord } from './on-record.ts';
import { demandPossible, findWishSubject } from './wish-subject.ts';

/** Nothing has this id: it is the list of a request that there is not. */
const NOT_MADE = '00000000-0000-0000-0000-000000000000';

/** @throws RefusedError as `fileRequest`, but for what is not confirmed and for what is open already */
export function previewRequest(
  central: Central,
  actor: Actor,
  { cardId, certificates, without }: PreviewRequest,
): Promise<Difference> {
  const confirmedRemovals = without.filter((serial) => !certificates.includes(serial));
  const wish = {
    kind: 'existingCard',
    cardId,
    certificates,
    without,
    confirmedRemovals,
    note: null,
  } as const;
  const about = { action: 'preview', kind: wish.kind, cardId };
  return onRecord(central, actor, about, async (transaction) => {
    const subject = await findWishSubject(transaction, actor, wish);
    const { owner, profile } = subject;
    await demandRight(transaction, actor, 'request', { owner, profile });
    await demandPossible(central, transaction, wish, subject);
    const chosen = await chooseForCard(transaction, { ...wish, ownerId: owner.id });
    await demandRight(transaction, actor, 'request', { owner, profile, chosen });
    const doubt = await readCollectionDoubt(transaction, cardId);
    const list = await rowsOf(transaction, chosen);
    const card = subject.card as CardRow;
    const facts = await collectionFactsOf(transaction, list, card, profile, doubt);
    return findDifference(facts, { capabilities: HOPED_FOR, leavesOut: [] });
  });
}

async function rowsOf(
  transaction: Database,
  chosen: readonly ChosenCertificate[],
): Promise<readonly RequestedCertificate[]> {
  const list: RequestedCertificate[] = [];
  for (const [position, one] of chosen.entries()) {
    const row = await findCertificate(transaction, one.certificate);
    if (row) list.push({ ...one, requestId: NOT_MADE, position, row });
  }
  return list;
}
