/** Requests as commands print them. */
import type { DifferenceEntry } from '../../domain/difference.ts';
import type { ListedRequest, RecoverableCertificate, ShownRequest } from '../../protocol/operator.ts';

/** What `requestCells` are. */
export const REQUEST_HEADINGS = [
  ...['REQUEST', 'KIND', 'STATE', 'OWNER', 'CARD', 'CERTIFICATES', 'BY', 'ASKED', 'ENDS'],
] as const;

/** A row of the queue. */
export function requestCells(request: ListedRequest): string[] {
  const { id, kind, state, owner, card, requestedBy, requestedAt, certificates } = request;
  return [
    id,
    kind,
    stateOf(request),
    owner.displayName,
    card?.name ?? '-',
    `${certificates} certificates`,
  ].concat([
    requestedBy,
    requestedAt,
    state === 'awaitingApproval' || state === 'ready' ? `until ${request.expiresAt.slice(0, 10)}` : '-',
  ]);
}

function stateOf({ state, approvals, approvalsWanted }: ListedRequest): string {
  return state === 'awaitingApproval' ? `${state} (${approvals} of ${approvalsWanted})` : state;
}

/** One request, a fact a line. */
export function requestText(request: ShownRequest): string {
  const { difference } = request;
  const facts: (readonly [string, string])[] = [
    ['request', request.id],
    ['kind', request.kind],
    ['state', stateOf(request)],
    ['owner', request.owner.displayName],
    ['card', request.card?.name ?? '-'],
    ['profile', request.profileName],
    ...(request.reason === null ? [] : ([['reason', request.reason]] as const)),
    ['asked', `${request.requestedAt} by ${request.requestedBy}`],
    ...(request.note === null ? [] : ([['note', request.note]] as const)),
    ['runs out', request.expiresAt],
    ...request.list.map((one) => ['certificate', listedText(one)] as const),
    ...(difference?.entries ?? []).map((one) => [one.change, differenceText(one)] as const),
    ...(difference?.problem ? ([['problem', difference.problem]] as const) : []),
    ...request.history.map((one) => ['history', historyText(one)] as const),
  ];
  return facts.map(([name, value]) => `${`${name}:`.padEnd(16)}${value}\n`).join('');
}

function listedText({
  serialNumber,
  notBefore,
  notAfter,
  state,
  ...one
}: ShownRequest['list'][number]): string {
  const what = one.isWanted ? (one.wasOnCard ? 'stays' : 'comes') : 'is REMOVED';
  const kept = one.isArchived ? '' : ', key not archived';
  return `${serialNumber} ${what}: ${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}, ${state}${kept}`;
}

function differenceText({ from, to, certificate }: DifferenceEntry): string {
  return `${from ?? '-'} → ${to ?? '-'} ${certificate.serialNumber}`;
}

function historyText({ at, type, actor, kiosk, note }: ShownRequest['history'][number]): string {
  const where = kiosk === null || actor.endsWith(`:${kiosk}`) ? '' : ` at ${kiosk}`;
  return `${at} ${type} by ${actor}${where}${note === null ? '' : `: ${note}`}`;
}

/** A certificate that can be recovered. */
export function certificateLine(one: RecoverableCertificate): string {
  const where = one.isOn.map(({ name, slot }) => `${name} ${slot}`).join(', ');
  const cells = [
    ...[one.serialNumber, one.notBefore.slice(0, 10), one.notAfter.slice(0, 10), one.state],
    ...[`issued for ${one.issuedFor.name}`, where === '' ? 'on no card' : `on ${where}`],
    ...(one.sameKeyAs.length > 0 ? [`same key as ${one.sameKeyAs.join(', ')}`] : []),
  ];
  return `${cells.join('\t')}\n`;
}
