/** Somebody's wish that waits to be carried out (KR-01, RP-15), and how far it is. */

/**
 * newCard: recovered keys, or a first card, on a blank one. softCertificate: recovered keys as a PFX. existingCard: recovered
 * keys onto one card that is named. cardUpdate: that card is to be reprovisioned by its holder (RP-15).
 */
export const REQUEST_KINDS = ['newCard', 'softCertificate', 'existingCard', 'cardUpdate'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/**
 * What an operation does to a card. reprovision: the whole of it anew. collection: archived keys onto it, and no more (KR-05). issue: a
 * blank one becomes somebody's (KR-01). empty: a cancelled one becomes blank. pinReset: a new PIN, and no more (ID-02).
 */
export const OPERATION_KINDS = ['reprovision', 'collection', 'issue', 'empty', 'pinReset'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export const REQUEST_STATES = [
  'requested',
  'awaitingApproval',
  'approved',
  'rejected',
  'ready',
  'collecting',
  'interrupted',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * What happens to a request. submitted: its approvals are counted, and there may be none to wait for. prepared: nothing stands
 * against its collection any more. recalled: its profile wants more approvals by now than it has. begun, stopped, resumed, finished, abandoned: what became of the operation that collects it.
 * withdrawn: that was cancelled before its first write.
 */
export type RequestEvent =
  | 'submitted'
  | 'approved'
  | 'rejected'
  | 'prepared'
  | 'recalled'
  | 'begun'
  | 'withdrawn'
  | 'stopped'
  | 'resumed'
  | 'finished'
  | 'abandoned'
  | 'cancelled'
  | 'expired';

/**
 *   requested ─▶ awaitingApproval ─▶ approved ─▶ ready ◀─┐ withdrawn
 *       │                │                         │     │
 *       └── no approval  ▼                         ▼     │
 *           is wanted ▶ rejected      failed ◀─ collecting ─▶ completed
 *                                       ▲        │     ▲
 *                                       └─ interrupted ┘ (withdrawn from there as well)
 *
 * recalled: from ready back to awaitingApproval. cancelled and expired: from any state that waits; a collection under way is
 * abandoned first.
 */
const MOVES: Readonly<Record<RequestState, Partial<Readonly<Record<RequestEvent, RequestState>>>>> = {
  requested: {
    submitted: 'awaitingApproval',
    approved: 'approved',
    cancelled: 'cancelled',
    expired: 'expired',
  },
  awaitingApproval: {
    approved: 'approved',
    rejected: 'rejected',
    cancelled: 'cancelled',
    expired: 'expired',
  },
  approved: { prepared: 'ready', cancelled: 'cancelled', expired: 'expired' },
  ready: { begun: 'collecting', recalled: 'awaitingApproval', cancelled: 'cancelled', expired: 'expired' },
  collecting: {
    withdrawn: 'ready',
    stopped: 'interrupted',
    resumed: 'collecting',
    finished: 'completed',
    abandoned: 'failed',
  },
  interrupted: {
    // The kiosk tells that it stopped before it tells that nothing was written.
    withdrawn: 'ready',
    resumed: 'collecting',
    // Everything was written, and only the answer was missing.
    finished: 'completed',
    abandoned: 'failed',
  },
  rejected: {},
  completed: {},
  failed: {},
  cancelled: {},
  expired: {},
};

/** States from which a request goes on. */
export const OPEN_REQUEST_STATES: readonly RequestState[] = REQUEST_STATES.filter(
  (state) => Object.keys(MOVES[state]).length > 0,
);

/** States that wait for somebody, with nothing begun: only from them a request is cancelled, or runs out. */
export const WAITING_REQUEST_STATES: readonly RequestState[] = REQUEST_STATES.filter(
  (state) => MOVES[state].expired !== undefined,
);

/** Where an event leads; null: it does not fit, and changes nothing. */
export function moveRequest(state: RequestState, event: RequestEvent): RequestState | null {
  return MOVES[state][event] ?? null;
}
