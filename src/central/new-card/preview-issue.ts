/** What would come onto a new card, told before anybody is warned (RP-13, KR-07). */
import type { PlannedChange } from '../../domain/planned-change.ts';
import type { Slot } from '../../domain/slot.ts';
import type { IssuePreviewRequest, IssuePreviewResponse } from '../../protocol/new-card.ts';
import type { Central } from '../central.ts';
import { keyName, listed } from '../collection/find-difference.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { actingAt, isWitnessWanted } from '../operation/acting.ts';
import { termsOf } from '../operation/terms.ts';
import { type ComingKey, plannedChanges } from '../planner/planned-changes.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { type CertificateRow, findCertificate } from '../repositories/certificates.ts';
import { listOperationKeys, type OperationRow } from '../repositories/operations.ts';
import { listRequestCertificates } from '../repositories/requests.ts';
import { demandIssue } from './hold-issue.ts';
import { type Collector, holdProven } from './issue-card.ts';
import { lostWithOld } from './lost-with-old.ts';
import { planFor } from './plan-for.ts';
import { lifeFrom } from './planned-card.ts';
import { witnessedIssue } from './witnessed-issue.ts';

/** @throws RefusedError as `issueCard`, but for what only beginning finds out */
export async function previewIssue(
  central: Central,
  { kiosk, actor: signedIn }: Collector,
  requestId: string,
  wish: IssuePreviewRequest,
): Promise<IssuePreviewResponse> {
  const acting = await actingAt(central, kiosk, signedIn, wish.proofId);
  const actor = acting.operator;
  return central.database.transaction(async (transaction) => {
    const held = await holdProven(central, transaction, kiosk, requestId, wish);
    const subject = await demandIssue(central, transaction, kiosk, held, actor);
    const { open, card, request } = held;
    const now = open?.startedAt ?? central.now();
    const { expiresAt } = open ? card : lifeFrom(subject.profile, now);
    const { plan, facts } = await planFor(transaction, held, subject, wish);
    const wanted = (await listRequestCertificates(transaction, request.id)).map(({ row }) => row);
    const known = facts.replaced ? [...wanted, facts.replaced] : wanted;
    const publicKeys = known.map(({ publicKey }) => publicKey);
    const archived = await archivedAmong(transaction, request.ownerId, publicKeys);
    const coming = open ? await comingKeys(transaction, open, facts.replaced) : plan.keys.map(toComing);
    const isHere = (row: CertificateRow) =>
      coming.some(({ publicKey }) => publicKey !== null && hex(publicKey) === keyName(row));
    // The same key as the card had before it: only its certificate is new.
    const onCard = new Map<Slot, CertificateRow>(
      facts.replaced && isHere(facts.replaced) && !isRestored(coming, facts.replaced)
        ? [['9D', facts.replaced]]
        : [],
    );
    const changes = plannedChanges(coming, { onCard, archived, now, cardExpiresAt: expiresAt });
    const rest = open ? wanted.filter((row) => !isHere(row)) : plan.left;
    const left = rest.map(
      (row): PlannedChange => ({
        ...{ change: 'left', from: null, to: null, certificate: listed(row, archived), notAfter: null },
      }),
    );
    const lost = await lostWithOld(transaction, request);
    const problem = open ? null : plan.problem;
    return {
      ...{ changes: [...changes, ...left, ...lost], problem, cardExpiresAt: toInstant(expiresAt) },
      terms: open ? null : termsOf(subject.profile),
      wantsWitness: isWitnessWanted(acting, 'issue', {
        profile: await witnessedIssue(transaction, subject.profile, request),
        open,
      }),
    };
  });
}

type PlannedIssueKey = Awaited<ReturnType<typeof planFor>>['plan']['keys'][number];

function toComing({ slot, record, keepsCertificate, lifetimeDays }: PlannedIssueKey): ComingKey {
  const publicKey = record?.publicKey ?? null;
  return { slot, lifetimeDays, publicKey, certificate: keepsCertificate ? record : null };
}

/** As they were frozen; what was made meanwhile is as new as it was at the begin. */
async function comingKeys(
  transaction: Database,
  { id }: OperationRow,
  replaced: CertificateRow | null,
): Promise<ComingKey[]> {
  const coming: ComingKey[] = [];
  for (const { slot, lifetimeDays, publicKey, certificate } of await listOperationKeys(transaction, id)) {
    const row = certificate ? await findCertificate(transaction, certificate) : undefined;
    const isSame = publicKey !== null && replaced !== null && hex(publicKey) === keyName(replaced);
    const isOld = row !== undefined && row.operationId !== id;
    coming.push({
      slot,
      lifetimeDays,
      publicKey: isOld || isSame ? publicKey : null,
      certificate: isOld ? row : null,
    });
  }
  return coming;
}

function isRestored(coming: readonly ComingKey[], row: CertificateRow): boolean {
  return coming.some(({ certificate }) => certificate !== null && keyName(certificate) === keyName(row));
}

function hex(publicKey: Uint8Array): string {
  return Buffer.from(publicKey).toString('hex');
}
