/** Soft certificates that nobody finishes: a kiosk that is silent has stopped, and what was interrupted runs out (RP-18, KR-04). */
import type { Central } from '../central.ts';
import { recordAudits } from '../repositories/audit.ts';
import { lockRequest, moveRequestTo } from '../repositories/requests.ts';
import {
  listOverdueSoftRequests,
  listSilentSoftCollections,
  newestSoftCollection,
} from '../repositories/soft-collections.ts';
import { recordStopped } from './end-soft.ts';
import { tellOfSoft } from './soft-entry.ts';

/** Choosing a medium and typing a password happens before; making and saving the file takes seconds. */
const SILENT_MS = 10 * 60 * 1000;
const ACTOR = 'sweep';

export async function sweepSoft(central: Central): Promise<void> {
  const before = new Date(central.now().getTime() - SILENT_MS);
  for (const { requestId } of await listSilentSoftCollections(central.database, before))
    await interrupt(central, requestId, before);
  for (const id of await listOverdueSoftRequests(central.database, central.now())) await giveUp(central, id);
}

async function interrupt(central: Central, requestId: string, before: Date): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const request = await lockRequest(transaction, requestId);
    const collection = await newestSoftCollection(transaction, requestId);
    // Looked at while it is held: its kiosk may have spoken this moment.
    if (!request || !collection || collection.openedAt >= before) return;
    const now = central.now();
    const entries = await recordStopped(central, transaction, { request, collection }, ACTOR, 'silent');
    await recordAudits(central, transaction, entries, now);
  });
}

async function giveUp(central: Central, requestId: string): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const now = central.now();
    const request = await lockRequest(transaction, requestId);
    if (request?.state !== 'interrupted' || request.expiresAt > now) return;
    const collection = await newestSoftCollection(transaction, requestId);
    if (!collection) return;
    const moved = await moveRequestTo(transaction, request, 'abandoned', now);
    const entry = await tellOfSoft(transaction, moved, collection, { name: ACTOR });
    await recordAudits(central, transaction, [entry], now);
  });
}
