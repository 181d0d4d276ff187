import type { RequestLine } from '../../domain/desk-pages.ts';
import type { Database } from '../database.ts';
import { searchRequests } from '../repositories/request-queue.ts';
import { describeRequests } from '../request/describe-request.ts';

const MAX_REQUESTS = 50;

/** All of somebody, or of one card, newest first, and how many there are without the limit; for whoever may see these. */
export async function newestRequests(
  database: Database,
  of: { readonly ownerId: string } | { readonly cardId: string },
): Promise<{ readonly lines: RequestLine[]; readonly total: number }> {
  const { requests, total } = await searchRequests(database, {
    ...{ states: null, ownerId: null, cardId: null, groupIds: null, scopeId: null, approver: null },
    ...of,
    oldestFirst: false,
    limit: MAX_REQUESTS,
  });
  const lines = (await describeRequests(database, requests)).map(
    ({ profileName: _profileName, endedAt: _endedAt, ...line }) => line,
  );
  return { lines, total };
}
