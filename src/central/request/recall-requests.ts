/** A profile that wants more approvals than before: what waits under it, and is not being collected yet, gets them too (KR-04). */
import { approvalsWanted, type Profile } from '../../domain/profile.ts';
import { WAITING_REQUEST_STATES } from '../../domain/request.ts';
import type { Database } from '../database.ts';
import { dropPlannedCard } from '../new-card/planned-card.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import { listWaitingUnder } from '../repositories/request-queue.ts';
import { changeRequest, listVerdicts, lockRequest, moveRequestTo } from '../repositories/requests.ts';

/**
 * Part of the transaction that saves the revision. What was let through with fewer waits for them, and a number that was given for it is dead.
 * Of a profile that wants fewer by now nothing is let through by itself.
 * @returns what the audit is to have of it
 */
export async function recallRequests(
  transaction: Database,
  profile: Pick<Profile, 'name' | 'approvals' | 'isKeyRecoveryOnly' | 'validateIssuance'>,
  now: Date,
): Promise<readonly AuditEntry[]> {
  const wanted = approvalsWanted(profile);
  const entries: AuditEntry[] = [];
  for (const { id } of await listWaitingUnder(transaction, profile.name, wanted)) {
    const request = await lockRequest(transaction, id);
    // Looked at while it is held: somebody may have begun it, or called it off, this moment.
    if (!request || !WAITING_REQUEST_STATES.includes(request.state)) continue;
    await changeRequest(transaction, id, { approvalsWanted: wanted });
    const approvals = (await listVerdicts(transaction, id)).filter(({ verdict }) => verdict === 'approved');
    if (request.state !== 'ready' || approvals.length >= wanted) continue;
    await moveRequestTo(transaction, request, 'recalled', now);
    await dropPlannedCard(transaction, request);
    await changeRequest(transaction, id, { newCardId: null });
    const { kind, ownerId: owner, cardId } = request;
    const detail = { request: id, kind, owner, profile: profile.name, approvalsWanted: wanted };
    entries.push({ type: 'request.recalled', actor: 'command', cardId, detail });
  }
  return entries;
}
