/** Requests, what they are about, and what operators have said to them (KR-01, KR-04). */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { requestCertificates, requests, requestVerdicts } from '../../../db/central/request-schema.ts';
import { cards, certificates } from '../../../db/central/schema.ts';
import {
  moveRequest,
  OPEN_REQUEST_STATES,
  type RequestEvent,
  type RequestState,
} from '../../domain/request.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import type { CertificateRow } from './certificates.ts';

export type RequestRow = typeof requests.$inferSelect;
export type RequestCertificateRow = typeof requestCertificates.$inferSelect;
export type VerdictRow = typeof requestVerdicts.$inferSelect;

/** One certificate of a request, with what it is. */
export interface RequestedCertificate extends RequestCertificateRow {
  readonly row: CertificateRow;
}

export async function addRequest(
  transaction: Database,
  request: RequestRow,
  list: readonly RequestCertificateRow[],
): Promise<void> {
  await transaction.insert(requests).values(request);
  if (list.length > 0) await transaction.insert(requestCertificates).values([...list]);
}

export async function findRequest(database: Database, id: string): Promise<RequestRow | undefined> {
  return (await database.select().from(requests).where(eq(requests.id, id)))[0];
}

/**
 * Holds the request until the transaction ends, and the record of the card that it is to become first. Whoever wants another card or
 * its operation as well holds those before.
 */
export async function lockRequest(transaction: Database, id: string): Promise<RequestRow | undefined> {
  const newCardOf = transaction.select({ id: requests.newCardId }).from(requests).where(eq(requests.id, id));
  await transaction.select({ id: cards.id }).from(cards).where(inArray(cards.id, newCardOf)).for('update');
  return (await transaction.select().from(requests).where(eq(requests.id, id)).for('update'))[0];
}

/** Nobody else makes a request for this owner until the transaction ends. */
export async function lockRequestsOf(transaction: Database, ownerId: string): Promise<void> {
  const name = `requests ${ownerId}`;
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** In the order in which they were chosen. */
export async function listRequestCertificates(
  database: Database,
  requestId: string,
): Promise<RequestedCertificate[]> {
  const rows = await database
    .select()
    .from(requestCertificates)
    .innerJoin(certificates, eq(certificates.serialNumber, requestCertificates.certificate))
    .where(eq(requestCertificates.requestId, requestId))
    .orderBy(asc(requestCertificates.position));
  return rows.map((row) => ({ ...row.request_certificates, row: row.certificates }));
}

/** What is open for somebody, approved or not; oldest first. */
export async function listWaitingFor(database: Database, ownerId: string): Promise<RequestRow[]> {
  const isOpen = and(eq(requests.ownerId, ownerId), inArray(requests.state, [...OPEN_REQUEST_STATES]));
  return database.select().from(requests).where(isOpen).orderBy(asc(requests.requestedAt), asc(requests.id));
}

/** Card updates with this reason that can be carried out now. */
export async function listReadyUpdates(
  database: Database,
  { cardId, reason }: { readonly cardId: string; readonly reason: string },
  now: Date,
): Promise<RequestRow[]> {
  const isUpdate = and(
    eq(requests.kind, 'cardUpdate'),
    eq(requests.state, 'ready'),
    gt(requests.expiresAt, now),
  );
  const key = and(eq(requests.cardId, cardId), eq(requests.reason, reason), isUpdate);
  return database.select().from(requests).where(key).orderBy(asc(requests.requestedAt), asc(requests.id));
}

/** What is to be done to this card and is not over; oldest first. */
export async function listOpenOnto(database: Database, cardId: string): Promise<RequestRow[]> {
  const isOnto = inArray(requests.kind, ['existingCard', 'cardUpdate']);
  const isOpen = and(eq(requests.cardId, cardId), isOnto, inArray(requests.state, [...OPEN_REQUEST_STATES]));
  return database.select().from(requests).where(isOpen).orderBy(asc(requests.requestedAt), asc(requests.id));
}

export async function changeRequest(
  transaction: Database,
  id: string,
  change: Partial<RequestRow>,
): Promise<void> {
  await transaction.update(requests).set(change).where(eq(requests.id, id));
}

/** What takes a request further than it is; it is too late for that when its time is over, swept or not. */
const ONWARD: readonly RequestEvent[] = ['approved', 'begun'];

/**
 * Where an event leads a request now.
 * @throws RefusedError `KR-04-not-approved`, `KR-04-rejected`, `KR-02-collected`, `KR-02-collecting`, `KR-02-cancelled`,
 * `KR-02-expired`, `KR-02-failed`, `KR-02-not-collecting` when the event does not fit its state
 */
export function demandMove(
  request: Pick<RequestRow, 'state' | 'expiresAt'>,
  event: RequestEvent,
  now: Date,
): RequestState {
  const state = moveRequest(request.state, event);
  if (state === null) throw misfit(request.state);
  if (ONWARD.includes(event) && request.expiresAt <= now) throw misfit('expired');
  return state;
}

/**
 * Moves a request that is held on. A state without a way on gets its end.
 * @throws RefusedError as `demandMove`
 */
export async function moveRequestTo(
  transaction: Database,
  request: RequestRow,
  event: RequestEvent,
  now: Date,
): Promise<RequestRow> {
  const state = demandMove(request, event, now);
  const isOver = !OPEN_REQUEST_STATES.includes(state);
  const change = { state, endedAt: isOver ? now : null };
  await changeRequest(transaction, request.id, change);
  return { ...request, ...change };
}

/** Each said once by an operator, in their order. */
export async function listVerdicts(database: Database, requestId: string): Promise<VerdictRow[]> {
  return database
    .select()
    .from(requestVerdicts)
    .where(eq(requestVerdicts.requestId, requestId))
    .orderBy(asc(requestVerdicts.givenAt));
}

export async function addVerdict(transaction: Database, verdict: VerdictRow): Promise<void> {
  await transaction.insert(requestVerdicts).values(verdict);
}

const MISFITS: Readonly<Record<RequestState, readonly [code: string, why: string]>> = {
  requested: ['KR-04-not-approved', 'nobody has approved it yet'],
  awaitingApproval: ['KR-04-not-approved', 'it waits for an approval'],
  approved: ['KR-02-not-collecting', 'it is approved, and not being collected'],
  ready: ['KR-02-not-collecting', 'it is approved, and not being collected'],
  rejected: ['KR-04-rejected', 'it was rejected; make a new one'],
  collecting: ['KR-02-collecting', 'it is being collected; finish or abandon that first'],
  interrupted: ['KR-02-collecting', 'its collection was interrupted; finish or abandon that first'],
  completed: ['KR-02-collected', 'it was collected before; make a new one'],
  failed: ['KR-02-failed', 'its collection was abandoned; make a new one'],
  cancelled: ['KR-02-cancelled', 'it was cancelled; make a new one'],
  expired: ['KR-02-expired', 'nobody has collected it in time; make a new one'],
};

function misfit(state: RequestState): RefusedError {
  const [code, why] = MISFITS[state];
  return new RefusedError(409, code, `change request: ${why}`);
}
