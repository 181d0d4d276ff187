import { UNKNOWN, type Unknown } from '../domain/card.ts';
import type { Difference, DifferenceEntry, ListedCertificate } from '../domain/difference.ts';
import type { OfferedReason } from '../domain/reason.ts';
import type { RequestKind, RequestState } from '../domain/request.ts';
import type { SoftPlace, SoftRules } from '../domain/soft-certificate.ts';
import type { ProvedBy, TermsView } from './walk-up-state.ts';

/** Something that waits for the person at the kiosk (KR-01, RP-15), by central's word. */
export interface WaitingTask {
  readonly requestId: string;
  readonly kind: RequestKind | Unknown;
  readonly state: RequestState | Unknown;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  readonly expiresAt: string;
  /** In the words of whoever asked. */
  readonly note: string | null;
  /** Of a card update: a code of the reasons. */
  readonly reason: string | null;
  /** It can be collected onto the card in the reader. */
  readonly isForThisCard: boolean;
  /** By central's word, a stable code; null: nothing, or an older central does not say. */
  readonly obstacle: string | null;
  /** Of a new card: keys that were recovered come onto it as well. Absent: it is none, or nothing is known of it. */
  readonly hasRecoveredKeys?: boolean;
  /** Of an update of this card with recovered keys. */
  readonly difference: Difference | null;
  /** Of a soft certificate: what goes into the file, and how it is to be; null where central does not say. */
  readonly soft: {
    readonly rules: Omit<SoftRules, 'where'> & { readonly where: SoftPlace | Unknown };
    readonly certificates: readonly ListedCertificate[];
  } | null;
  /** To be accepted before keys come onto the card, or into a file (RP-19); null, or absent: there are none. */
  readonly terms?: TermsView | null;
}

/** Nothing is in the way but the room on the card, of which the person decides (KR-07). */
export const TOO_FEW_SLOTS = 'KR-07-too-few-slots';
/** A code in place of the PIN does not let keys onto a card: whoever has the card may not be its owner (KR-02). */
export const PIN_NEEDED = 'KR-02-pin-needed';
/** Central says something that this kiosk does not know (SY-06). */
export const NEWER_CENTRAL = 'SY-06-newer-kiosk';

/**
 * The stable code of what keeps a task from being carried out now; null where nothing does.
 * @param by how the person has proved themselves
 * @param reasons those that this kiosk knows
 */
export function obstacleTo(
  task: WaitingTask,
  by: ProvedBy,
  reasons: readonly OfferedReason[],
): string | null {
  const { kind, state } = task;
  const isForPin = by === 'pin' && task.obstacle === PIN_NEEDED;
  const isForThisCard = task.isForThisCard || isForPin;
  if (kind === UNKNOWN || state === UNKNOWN) return NEWER_CENTRAL;
  if (state === 'requested' || state === 'awaitingApproval') return 'KR-04-not-approved';
  if (task.obstacle !== null && !isForPin) return task.obstacle;
  if (kind === 'newCard') return 'KR-01-needs-blank-card';
  if (kind === 'softCertificate') return obstacleToFile({ ...task, isForThisCard }, by);
  // Of another card central tells no difference: here it is the right to collect that is missing.
  if (!isForThisCard) return task.difference === null ? 'KR-06-wrong-card' : 'KR-03-no-right';
  if (kind === 'cardUpdate') return reasonOf(task, reasons) < 0 ? 'RP-15-unknown-reason' : null;
  if (by !== 'pin') return PIN_NEEDED;
  if (task.difference === null) return NEWER_CENTRAL;
  return obstacleIn(task.difference);
}

/** A file on a stick, or what collects it on the person's own computer: with the PIN (KR-02, KR-08). */
function obstacleToFile({ soft, isForThisCard }: WaitingTask, by: ProvedBy): string | null {
  if (soft === null) return 'KR-01-elsewhere';
  if (soft.rules.where === UNKNOWN) return NEWER_CENTRAL;
  if (by !== 'pin') return PIN_NEEDED;
  return isForThisCard ? null : 'KR-03-no-right';
}

/** What stands against an update as it is, but for the room, which the person decides about. */
export function obstacleIn({ problem }: Difference): string | null {
  if (problem === null || problem === TOO_FEW_SLOTS) return null;
  return problem === UNKNOWN ? NEWER_CENTRAL : problem;
}

/** Position of a card update's reason among those that this kiosk knows; -1 where it is none of them. */
export function reasonOf(task: WaitingTask, reasons: readonly OfferedReason[]): number {
  return reasons.findIndex(({ code }) => code === task.reason);
}

/** The certificates that an update takes off the card: each is to be confirmed (KR-05). */
export function removalsOf({ entries }: Difference): readonly ListedCertificate[] {
  return entries.filter(({ change }) => change === 'removed').map(({ certificate }) => certificate);
}

/** What may be left for another time where the card has too little room (KR-07). */
export function choicesOf({ entries }: Difference): readonly DifferenceEntry[] {
  const choices = entries.filter(
    ({ change, certificate }) => change === 'added' || (change === 'left' && certificate.isArchived),
  );
  // In an order that a choice does not change: the newest first.
  return choices.sort((a, b) => b.certificate.notAfter.localeCompare(a.certificate.notAfter));
}

/** How many keys the card has no room for. */
export function tooManyIn({ entries }: Difference): number {
  return entries.filter(({ change, to }) => change === 'added' && to === null).length;
}

/** How many of these could be carried out next, with the card and its PIN. @param isDone what is carried out now */
export function stillWaiting(
  tasks: readonly WaitingTask[],
  reasons: readonly OfferedReason[],
  isDone: (task: WaitingTask) => boolean,
): number {
  return tasks.filter((task) => !isDone(task) && obstacleTo(task, 'pin', reasons) === null).length;
}
