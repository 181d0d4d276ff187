import { recordedCard } from './my-card-state.ts';
import { obstacleTo, type WaitingTask } from './waiting-task.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { PIN_FIELDS, type ReaderTrouble, type SightedCard, type WalkUpEffect } from './walk-up-event.ts';
import type {
  AfterTerms,
  Awaited,
  CardView,
  PlannedWarning,
  TermsView,
  WalkUpKind,
  WalkUpState,
  WarningState,
} from './walk-up-state.ts';

/** The state of one kind. */
export type At<K extends WalkUpKind> = Extract<WalkUpState, { kind: K }>;

/** Every PIN buffer is wiped. */
export const WIPE_ALL: WalkUpEffect = { run: 'wipePins', fields: PIN_FIELDS };
/** The card is given back. */
export const RELEASE: WalkUpEffect = { run: 'release' };

/** The same walk-up in another state. */
export function at(walkUp: WalkUp, state: WalkUpState): WalkUp {
  return { ...walkUp, state };
}

/** As `at`, and no answer that is still under way counts any more. */
export function ended(walkUp: WalkUp, state: WalkUpState): WalkUp {
  return { ...walkUp, state, attempt: walkUp.attempt + 1 };
}

/** Looks at the card in a reader. @param awaits the unfinished card that is waited for */
export function look(
  walkUp: WalkUp,
  reader: number,
  awaits: Awaited | null,
  trouble: ReaderTrouble | null = null,
): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  return [
    { ...walkUp, attempt, state: { kind: 'looking', reader, attempt, awaits, trouble } },
    [{ run: 'look', reader, attempt }],
  ];
}

/** What is said where the card was taken out, and nothing else went wrong. */
export const CARD_REMOVED = 'RP-17-card-removed';

/** The card was taken out after the first write: it is waited for (RP-17). */
export function interrupted(walkUp: WalkUp, reader: number, { cardId, work }: Awaited): WalkUpStep {
  const code = CARD_REMOVED;
  return [
    ended(walkUp, { kind: 'interrupted', reader, code, isCardIn: false, cardId, work, isWritten: false }),
    [WIPE_ALL, RELEASE],
  ];
}

/** Which card an interruption waits for; none where putting it in again does not help yet. */
export function awaitedBy({ cardId, work, isWritten }: At<'interrupted'>): Awaited | null {
  return isWritten ? null : { cardId, work };
}

/** Back to the first screen with everything wiped; a card that is still in `left` is not looked at again by itself. */
export function start(walkUp: WalkUp, left: number | null): WalkUpStep {
  const operators = walkUp.left ?? [];
  const other = walkUp.occupied.find((reader) => reader !== left && !operators.includes(reader));
  const isIn = left !== null && walkUp.occupied.includes(left);
  const passedOver = isIn ? left : other === undefined ? (operators[0] ?? null) : null;
  const next = { ...ended(walkUp, { kind: 'insertCard', passedOver }), wish: null };
  if (other === undefined || passedOver !== null) return [next, [WIPE_ALL, RELEASE]];
  const [looking, effects] = look(next, other, null);
  return [looking, [WIPE_ALL, RELEASE, ...effects]];
}

/** The next reader with a card after this one, or the first screen when there is no other; never where one card is meant (RP-11). */
export function changeCard(walkUp: WalkUp, reader: number): WalkUpStep {
  if (walkUp.wish !== null) return [walkUp, []];
  const { occupied } = walkUp;
  const other = occupied[(occupied.indexOf(reader) + 1) % Math.max(1, occupied.length)];
  if (other === undefined || other === reader) return start(walkUp, reader);
  const [next, effects] = look(walkUp, other, null);
  return [next, [WIPE_ALL, RELEASE, ...effects]];
}

/** Whose question may be answered by a no. */
const ASKING: readonly WalkUpKind[] = [
  'looking',
  'onMyCard',
  'proving',
  'provingNumber',
  'planningIssue',
  'checking',
  'comparing',
  'writing',
];

/**
 * A screen that ends here; only where something was asked for whose answer may be no.
 * @param seen the card, where it is not in hand
 */
export function refused(
  walkUp: WalkUp,
  code: string,
  canRetry: boolean,
  seen: SightedCard = { cardId: null, serial: null },
): WalkUpStep {
  const { state } = walkUp;
  if (!ASKING.includes(state.kind) || !('reader' in state) || state.reader === null) {
    return [walkUp, []];
  }
  const card = sighted('card' in state ? state.card : seen);
  const awaits = state.kind === 'looking' ? state.awaits : null;
  const isOwn = state.kind === 'looking' && awaits === null && walkUp.wish === null;
  const onRecord = isOwn ? recordedCard(code, card) : null;
  const bound = walkUp.wish === null ? (onRecord === null ? {} : { onRecord }) : { isForOneCard: true };
  const { reader } = state;
  return [
    ended(walkUp, { kind: 'refused', reader, code, isCardIn: true, canRetry, awaits, ...bound }),
    [WIPE_ALL, RELEASE, { run: 'record', event: 'card.refused', code, card }],
  ];
}

/** What the audit needs to know of a card. */
export function sighted({ cardId, serial }: SightedCard): SightedCard {
  return { cardId, serial };
}

/** The PIN of the card, nothing typed yet. */
export function askPin(reader: number, card: CardView): At<'enterPin'> {
  return { kind: 'enterPin', reader, card, length: 0, error: null, asksForLastTry: false };
}

/** The one-time code, nothing typed yet. */
export function askCode(reader: number, card: CardView): At<'enterCode'> {
  return { kind: 'enterCode', reader, card, length: 0, error: null, triesLeft: null, explainsHelp: false };
}

/** What every state after the proof has. */
export type Proven = Pick<At<'chooseTask'>, 'reader' | 'card' | 'by' | 'reasons' | 'tasks'>;

/** What waits, with the cursor on the first thing that can be done now, or on a request. */
export function atTasks(
  { reader, card, by, reasons, tasks }: Proven,
  requestId: string | null,
): At<'chooseTask'> {
  const isFirst = (task: WaitingTask) =>
    requestId === null ? obstacleTo(task, by, reasons) === null : task.requestId === requestId;
  const first = tasks.findIndex(isFirst);
  return {
    ...{ kind: 'chooseTask', reader, card, by, reasons, tasks },
    selected: first < 0 ? tasks.length : first,
  };
}

/** The list of the reasons. */
export function atReasons(
  { reader, card, by, reasons, tasks }: Proven,
  selected: number,
): At<'chooseReason'> {
  return { kind: 'chooseReason', reader, card, by, reasons, tasks, selected };
}

/** The warning, nothing accepted yet. */
export function warn(
  chosen: Pick<At<'warning'>, 'reader' | 'card' | 'reasons' | 'tasks' | 'selected' | 'by' | 'requestId'>,
  what: Partial<Pick<At<'warning'>, 'losesKey' | 'encryptionKey' | 'isResume' | 'keepsPin' | 'changes'>>,
): At<'warning'> {
  const { reader, card, reasons, tasks, selected, by, requestId } = chosen;
  const { losesKey = false, encryptionKey = null, isResume = false, keepsPin = false, changes = [] } = what;
  return {
    ...{ kind: 'warning', reader, card, reasons, tasks, selected, by, requestId },
    ...{ losesKey, encryptionKey, hasAcceptedLoss: false, isResume, keepsPin, changes, acceptsTerms: null },
  };
}

/** The terms come before anything else is said of the writing (RP-19). */
export function afterTerms(
  warning: PlannedWarning,
  terms: TermsView | null | undefined,
): At<'terms' | 'plan'> | PlannedWarning {
  return terms ? askTerms(terms, warning) : beforeWriting(warning);
}

/** Terms from their first line. @param next what is gone on with */
export function askTerms(terms: TermsView, next: AfterTerms): At<'terms'> {
  const { reader, card } = next;
  return { kind: 'terms', reader, card, row: 0, terms, next };
}

/** What is in store for each key, and then the warning; at once where central does not say. */
export function beforeWriting(warning: PlannedWarning): At<'plan'> | PlannedWarning {
  if (warning.changes.length === 0) return warning;
  const { reader, card } = warning;
  return { kind: 'plan', reader, card, row: 0, warning };
}

/** A new PIN from the beginning. */
export function askNewPin(warning: WarningState): At<'newPin'> {
  const { reader, card } = warning;
  return {
    kind: 'newPin',
    reader,
    card,
    field: 'new',
    length: 0,
    verdicts: [],
    matches: false,
    error: null,
    warning,
  };
}

/** Where the wish was made. */
export function beforeWarning(state: At<'checking'> | At<'warning'>): At<'chooseReason'> | At<'chooseTask'> {
  return state.requestId === null ? atReasons(state, state.selected) : atTasks(state, state.requestId);
}

/** Back to where the wish was made; of an operation that was begun before: to the start. */
export function withdrawn(walkUp: WalkUp, warning: PlannedWarning): WalkUpStep {
  // A number that was accepted is typed once more.
  if (warning.kind === 'issueWarning' || warning.isResume) return start(walkUp, warning.reader);
  return [at(walkUp, beforeWarning(warning)), []];
}
