import type { NewCardProofResponse } from '../../protocol/new-card.ts';
import type { Database } from '../database.ts';
import { cardNames } from '../repositories/cards.ts';
import { listRequestCertificates, type RequestRow } from '../repositories/requests.ts';
import type { HeldIssue, IssueSubject } from './hold-issue.ts';

/** What a kiosk is told of a new card, once it is sure who collects it. */
export async function describeIssue(
  transaction: Database,
  { request }: HeldIssue,
  { holder, profile }: IssueSubject,
): Promise<Omit<NewCardProofResponse, 'proofId' | 'cardId' | 'openOperation'>> {
  const { title: profileTitle, pinPolicy } = profile;
  const wanted = (await listRequestCertificates(transaction, request.id)).filter(({ isWanted }) => isWanted);
  return {
    ...{ requestId: request.id, holderName: holder.displayName, profileTitle, pinPolicy },
    ...{ recoveredKeys: wanted.length, inPlaceOf: await replaced(transaction, request) },
  };
}

async function replaced(
  transaction: Database,
  { cardId, reason }: RequestRow,
): Promise<NewCardProofResponse['inPlaceOf']> {
  if (cardId === null || reason === null) return null;
  return { card: (await cardNames(transaction, [cardId])).get(cardId) ?? null, reason };
}
