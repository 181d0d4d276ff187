import { WAITING_REQUEST_STATES } from '../../domain/request.ts';
import type { Central } from '../central.ts';
import { dropPlannedCard } from '../new-card/planned-card.ts';
import { recordAudit } from '../repositories/audit.ts';
import { listOverdueRequests } from '../repositories/request-queue.ts';
import { lockRequest, moveRequestTo } from '../repositories/requests.ts';

/** Ends what has waited for longer than it may; what is being collected goes on. @returns how many */
export async function expireRequests(central: Central): Promise<number> {
  let expired = 0;
  for (const { id } of await listOverdueRequests(central.database, central.now())) {
    if (await expire(central, id)) expired += 1;
  }
  return expired;
}

async function expire(central: Central, id: string): Promise<boolean> {
  return central.database.transaction(async (transaction) => {
    const now = central.now();
    const request = await lockRequest(transaction, id);
    // Looked at while it is held: somebody may have begun it, or called it off, this moment.
    if (!request || request.expiresAt > now || !WAITING_REQUEST_STATES.includes(request.state)) return false;
    await dropPlannedCard(transaction, request);
    await moveRequestTo(transaction, request, 'expired', now);
    const detail = { request: id, kind: request.kind, owner: request.ownerId, was: request.state };
    const entry = { type: 'request.expired', actor: 'sweep', cardId: request.cardId, detail };
    await recordAudit(central, transaction, entry, now);
    return true;
  });
}
