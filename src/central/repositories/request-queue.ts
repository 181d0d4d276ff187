/** The queue of all requests: looked through, counted, and swept (KR-04). */
import { and, asc, desc, eq, inArray, isNull, lt, lte, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { copyScopeGroups } from '../../../db/central/copy-schema.ts';
import { requestCertificates, requests, requestVerdicts } from '../../../db/central/request-schema.ts';
import { cards, certificates, people } from '../../../db/central/schema.ts';
import { type RequestState, WAITING_REQUEST_STATES } from '../../domain/request.ts';
import type { Database } from '../database.ts';
import type { RequestRow } from './requests.ts';

export interface RequestSearch {
  /** Null: all. */
  readonly states: readonly RequestState[] | null;
  readonly ownerId: string | null;
  readonly cardId: string | null;
  /** Groups of the owners; null: all. */
  readonly groupIds: readonly string[] | null;
  /** Of a kiosk: only what is about people whom it serves; null: all. */
  readonly scopeId: string | null;
  /** Only what this operator can approve; null: all. */
  readonly approver: {
    readonly personId: string;
    /** What is asked for under these. */
    readonly profileNames: readonly string[];
    /** And brings no keys of cards of any others. */
    readonly sourceNames: readonly string[];
  } | null;
  readonly oldestFirst: boolean;
  readonly limit: number;
}

/** In order of their time, and how many there are without the limit. */
export async function searchRequests(
  database: Database,
  { states, ownerId, cardId, groupIds, scopeId, approver, oldestFirst, limit }: RequestSearch,
): Promise<{ readonly requests: RequestRow[]; readonly total: number }> {
  const inGroups = groupIds && inArray(people.groupId, [...groupIds]);
  const served = database
    .select({ id: copyScopeGroups.groupId })
    .from(copyScopeGroups)
    .where(eq(copyScopeGroups.scopeId, scopeId ?? ''));
  const isServed = scopeId === null ? undefined : inArray(people.groupId, served);
  const wanted = and(
    states === null ? undefined : inArray(requests.state, [...states]),
    ownerId === null ? undefined : eq(requests.ownerId, ownerId),
    cardId === null ? undefined : eq(requests.cardId, cardId),
    inGroups || isServed
      ? inArray(
          requests.ownerId,
          database
            .select({ id: people.id })
            .from(people)
            .where(and(inGroups ?? undefined, isServed)),
        )
      : undefined,
    approver === null ? undefined : approvableBy(database, approver),
  );
  const order = oldestFirst ? asc : desc;
  const found = await database
    .select()
    .from(requests)
    .where(wanted)
    .orderBy(order(requests.requestedAt), order(requests.id))
    .limit(limit);
  return { requests: found, total: await database.$count(requests, wanted) };
}

/** As `mayAct` says it of one. */
function approvableBy(
  database: Database,
  { personId, profileNames, sourceNames }: NonNullable<RequestSearch['approver']>,
) {
  const { requestId, operatorId } = requestVerdicts;
  const said = database.select({ id: requestId }).from(requestVerdicts).where(eq(operatorId, personId));
  return and(
    eq(requests.state, 'awaitingApproval'),
    inArray(requests.profileName, [...profileNames]),
    notInArray(requests.id, bringingKeys(database, notInArray(cards.profileName, [...sourceNames]))),
    ne(requests.ownerId, personId),
    or(isNull(requests.requestedById), ne(requests.requestedById, personId)),
    notInArray(requests.id, said),
  );
}

/**
 * What waits under a profile, or for keys that were made for its cards, and has to be approved by fewer than so many; oldest first. A card
 * update is approved by nobody (RP-08).
 */
export async function listWaitingUnder(
  database: Database,
  profileName: string,
  approvals: number,
): Promise<Pick<RequestRow, 'id'>[]> {
  const ofItsCards = bringingKeys(database, eq(cards.profileName, profileName));
  const key = and(
    or(eq(requests.profileName, profileName), inArray(requests.id, ofItsCards)),
    ne(requests.kind, 'cardUpdate'),
    inArray(requests.state, [...WAITING_REQUEST_STATES]),
    lt(requests.approvalsWanted, approvals),
  );
  return database
    .select({ id: requests.id })
    .from(requests)
    .where(key)
    .orderBy(asc(requests.requestedAt), asc(requests.id));
}

/** Requests that bring keys somewhere which were made for such cards. */
function bringingKeys(database: Database, ofCards: SQL) {
  return database
    .select({ id: requestCertificates.requestId })
    .from(requestCertificates)
    .innerJoin(certificates, eq(certificates.serialNumber, requestCertificates.certificate))
    .innerJoin(cards, eq(cards.id, certificates.cardId))
    .where(and(ofCards, eq(requestCertificates.isWanted, true), eq(requestCertificates.wasOnCard, false)));
}

export interface RequestCount {
  readonly approvals: number;
  /** Certificates. */
  readonly wanted: number;
}

export async function requestCounts(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RequestCount>> {
  if (ids.length === 0) return new Map();
  const count = sql<number>`count(*)::int`;
  const approved = await database
    .select({ id: requestVerdicts.requestId, count })
    .from(requestVerdicts)
    .where(and(inArray(requestVerdicts.requestId, [...ids]), eq(requestVerdicts.verdict, 'approved')))
    .groupBy(requestVerdicts.requestId);
  const wanted = await database
    .select({ id: requestCertificates.requestId, count })
    .from(requestCertificates)
    .where(and(inArray(requestCertificates.requestId, [...ids]), eq(requestCertificates.isWanted, true)))
    .groupBy(requestCertificates.requestId);
  const approvalsOf = new Map(approved.map((row) => [row.id, row.count]));
  const wantedOf = new Map(wanted.map((row) => [row.id, row.count]));
  return new Map(
    ids.map((id) => [id, { approvals: approvalsOf.get(id) ?? 0, wanted: wantedOf.get(id) ?? 0 }]),
  );
}

/** What has waited for longer than it may. */
export async function listOverdueRequests(database: Database, now: Date): Promise<RequestRow[]> {
  const isWaiting = inArray(requests.state, [...WAITING_REQUEST_STATES]);
  return database
    .select()
    .from(requests)
    .where(and(isWaiting, lte(requests.expiresAt, now)))
    .orderBy(asc(requests.expiresAt));
}
