/** What central knows of a card that is to be issued, and what is planned from it. */
import type { CardCapabilities } from '../../domain/capabilities.ts';
import type { Database } from '../database.ts';
import { type IssueFacts, type IssuePlan, planIssue } from '../planner/plan-issue.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { type CertificateRow, certificatesOfCard, certificatesOnCard } from '../repositories/certificates.ts';
import { findReason } from '../repositories/reasons.ts';
import { listRequestCertificates, type RequestRow } from '../repositories/requests.ts';
import type { HeldIssue, IssueSubject } from './hold-issue.ts';

/** What the person wants of it, and what the card can. */
export interface IssueWish {
  readonly capabilities: Pick<CardCapabilities, 'canMoveKeys' | 'canImportKeys' | 'hasMetadata'>;
  /** Serial numbers. */
  readonly leavesOut: readonly string[];
}

export interface PlannedIssue {
  readonly plan: IssuePlan;
  readonly facts: IssueFacts;
}

export async function planFor(
  transaction: Database,
  { request, card }: Pick<HeldIssue, 'request' | 'card'>,
  { profile }: Pick<IssueSubject, 'profile'>,
  { capabilities, leavesOut }: IssueWish,
): Promise<PlannedIssue> {
  const list = await listRequestCertificates(transaction, request.id);
  const wanted = list.filter(({ isWanted, row }) => isWanted && row.state !== 'held').map(({ row }) => row);
  const replaced = await replacedKey(transaction, request);
  const publicKeys = [...wanted, ...(replaced ? [replaced] : [])].map(({ publicKey }) => publicKey);
  const archived = await archivedAmong(transaction, request.ownerId, publicKeys);
  const isArchived = ({ publicKey }: CertificateRow) => archived.has(Buffer.from(publicKey).toString('hex'));
  const { canMoveKeys, canImportKeys, hasMetadata } = capabilities;
  const facts: IssueFacts = {
    ...{ profile, canMoveKeys, canImportKeys, hasMetadata, leavesOut: new Set(leavesOut) },
    wanted: wanted.filter(isArchived),
    replaced: replaced && isArchived(replaced) ? replaced : null,
    reason: request.reason === null ? null : ((await findReason(transaction, request.reason, null)) ?? null),
    leftovers: new Set((await certificatesOnCard(transaction, card.id)).keys()),
  };
  return { plan: planIssue(facts), facts };
}

/** What is, or was last, in 9D of the card that the new one takes the place of. */
async function replacedKey(transaction: Database, { cardId }: RequestRow): Promise<CertificateRow | null> {
  if (cardId === null) return null;
  const present = (await certificatesOnCard(transaction, cardId)).get('9D');
  if (present) return present;
  const ever = await certificatesOfCard(transaction, cardId);
  return ever.find(({ slot, state }) => slot === '9D' && state !== 'held') ?? null;
}
