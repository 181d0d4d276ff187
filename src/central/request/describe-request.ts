/** Requests as they are listed and shown, to operators and by commands. */

import type { ListedRequest, ShownRequest } from '../../protocol/operator.ts';
import { toHistoryLine } from '../audit/history-line.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant, toInstantOrNull } from '../instant.ts';
import { refuseSend } from '../may-give-code.ts';
import { witnessedIssue } from '../new-card/witnessed-issue.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { cardNames } from '../repositories/cards.ts';
import { displayNames } from '../repositories/people.ts';
import { titlesOfReasons } from '../repositories/reasons.ts';
import { historyOfRequest } from '../repositories/request-history.ts';
import { type RequestCount, requestCounts } from '../repositories/request-queue.ts';
import {
  listRequestCertificates,
  listVerdicts,
  type RequestedCertificate,
  type RequestRow,
} from '../repositories/requests.ts';
import { describeSoft } from '../soft/describe-soft.ts';
import { refuseForOther } from '../statement/may-say.ts';
import { type Actor, demandRight, refuseAct } from './actor.ts';
import { differenceOf } from './difference-of.ts';
import { type FoundRequest, lookUpRequest } from './find.ts';

/** In their order. */
export async function describeRequests(
  database: Database,
  requests: readonly RequestRow[],
): Promise<ListedRequest[]> {
  const ids = requests.map(({ id }) => id);
  const counts = await requestCounts(database, ids);
  const cards = await cardNames(
    database,
    requests.flatMap(({ cardId }) => cardId ?? []),
  );
  const people = await displayNames(
    database,
    requests.map(({ ownerId }) => ownerId),
  );
  return requests.map((row) => describe(row, { counts, cards, people }));
}

interface Names {
  readonly counts: ReadonlyMap<string, RequestCount>;
  readonly cards: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

function describe(row: RequestRow, { counts, cards, people }: Names): ListedRequest {
  const { id, kind, state, ownerId, cardId, profileName, reason, note, requestedBy, approvalsWanted } = row;
  return {
    ...{ id, kind, state, owner: { id: ownerId, displayName: people.get(ownerId) ?? '-' } },
    card: cardId === null ? null : { id: cardId, name: cards.get(cardId) ?? cardId },
    ...{ profileName, reason, note, requestedBy, approvalsWanted },
    requestedAt: toInstant(row.requestedAt),
    expiresAt: toInstant(row.expiresAt),
    endedAt: toInstantOrNull(row.endedAt),
    approvals: counts.get(id)?.approvals ?? 0,
    certificates: counts.get(id)?.wanted ?? 0,
  };
}

/**
 * One request with all that belongs to it, for whoever may see it.
 * @throws RefusedError `KR-01-no-such-request`, `RP-07-not-served-here`, with a code of ACT_REFUSALS
 */
export async function showFound(central: Central, actor: Actor, id: string): Promise<ShownRequest> {
  const { database } = central;
  const found = await lookUpRequest(database, actor, id);
  await demandRight(database, actor, 'see', found);
  return showRequest(central, actor, found);
}

/** One request with its list, its verdicts, what it would do, what whoever asks may do with it, and its history. */
async function showRequest(central: Central, actor: Actor, found: FoundRequest): Promise<ShownRequest> {
  const { database } = central;
  const { request } = found;
  const [listed] = await describeRequests(database, [request]);
  const list = await listRequestCertificates(database, request.id);
  const verdicts = await listVerdicts(database, request.id);
  const names = await displayNames(
    database,
    verdicts.map(({ operatorId }) => operatorId),
  );
  const difference = await differenceOf(database, request);
  const titles = request.reason === null ? undefined : (await titlesOfReasons(database)).get(request.reason);
  const refusalOf = (action: 'approve' | 'reject' | 'cancel' | 'collect') =>
    refuseAct(database, actor, action, found);
  return {
    ...(listed as ListedRequest),
    ...(titles && { reasonTitles: { ...titles } }),
    list: await describeList(database, request.ownerId, list),
    verdicts: verdicts.map(({ operatorId, verdict, note, givenAt }) => ({
      by: { id: operatorId, displayName: names.get(operatorId) ?? '-' },
      ...{ verdict, note, givenAt: toInstant(givenAt) },
    })),
    difference: difference && { ...difference, entries: [...difference.entries] },
    soft: request.kind === 'softCertificate' ? await describeSoft(database, request) : null,
    may: {
      ...{ approve: await refusalOf('approve'), reject: await refusalOf('reject') },
      ...{ cancel: await refusalOf('cancel'), giveNumber: refuseForOther(actor, found.owner) },
      send: refuseSend(central, found.owner),
      // An update is a rewrite of the card.
      collect:
        (request.kind === 'cardUpdate' ? refuseForOther(actor, found.owner) : null) ??
        (await refusalOf('collect')),
    },
    history: (await historyOfRequest(database, request.id)).map(toHistoryLine),
    isCodeSigned: true,
    witness: [...((await witnessedIssue(database, found.profile, request)).witness ?? [])],
  };
}

async function describeList(
  database: Database,
  ownerId: string,
  list: readonly RequestedCertificate[],
): Promise<ShownRequest['list']> {
  const keys = list.map(({ row }) => row.publicKey);
  const archived = await archivedAmong(database, ownerId, keys);
  return list.map(({ row, wasOnCard, isWanted }) => ({
    ...{ serialNumber: row.serialNumber, subject: row.subject, wasOnCard, isWanted },
    ...{ notBefore: toInstant(row.notBefore), notAfter: toInstant(row.notAfter) },
    state: row.revokedAt ? ('revoked' as const) : row.state,
    isArchived: archived.has(Buffer.from(row.publicKey).toString('hex')),
  }));
}
