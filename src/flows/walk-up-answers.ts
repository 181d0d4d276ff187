import { REFUSALS } from '../domain/eligibility.ts';
import { isForCardholders } from '../domain/reason.ts';
import { PIN_NEEDED } from './waiting-task.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { atPinWarning, granted, provedForWish } from './walk-up-assist.ts';
import { compared } from './walk-up-collect.ts';
import { cancelledFound } from './walk-up-empty.ts';
import { CARD_TOO_SMALL, READER_TROUBLES, type ReaderTrouble, type WalkUpEvent } from './walk-up-event.ts';
import { blankFound, issuePlanned, numberProved, wrongNumber } from './walk-up-issue.ts';
import {
  type At,
  afterTerms,
  askCode,
  askPin,
  at,
  atReasons,
  atTasks,
  beforeWriting,
  ended,
  look,
  RELEASE,
  refused,
  sighted,
  WIPE_ALL,
  warn,
} from './walk-up-moves.ts';
import { contentsRead } from './walk-up-my-card.ts';
import { seenMedia, softOffered, softProgressed, softSaved, softStopped } from './walk-up-soft.ts';
import type { CardView, ResultView } from './walk-up-state.ts';
import { tokenGiven } from './walk-up-token.ts';

/** The last part of the encoder's work: the card is not needed for it any more. */
const LAST_PHASE = 'complete';

type Answer = Extract<WalkUpEvent, { attempt: number }>;

/** What an answer to the last effect leads to. */
export function answered(walkUp: WalkUp, event: Answer): WalkUpStep {
  const { state } = walkUp;
  switch (event.type) {
    case 'cardFound':
      return found(walkUp, event.card);
    case 'cardRefused':
      if (state.kind === 'writing') return [walkUp, []];
      if (state.kind === 'offeringSoft') return softStopped(walkUp, event.code);
      if (event.canEmpty) return cancelledFound(walkUp, event);
      return refused(walkUp, event.code, event.canRetry, event.card);
    case 'contentsRead':
      return contentsRead(walkUp, event);
    case 'blankFound':
      return blankFound(walkUp, event.card);
    case 'numberProved':
      return numberProved(walkUp, event);
    case 'issuePlanned':
      return issuePlanned(walkUp, event);
    case 'waitsForReader':
      if (state.kind !== 'looking' || state.trouble === event.trouble) return [walkUp, []];
      return [at(walkUp, { ...state, trouble: event.trouble }), []];
    case 'wrongPin':
      return wrongPin(walkUp, event.triesLeft);
    case 'wrongCode':
      return wrongCode(walkUp, event.triesLeft);
    case 'proved':
      return proved(walkUp, event);
    case 'checked':
      if (state.kind !== 'checking') return [walkUp, []];
      return checked(walkUp, state, event);
    case 'compared':
      return compared(walkUp, event.difference);
    case 'progressed':
      return state.kind === 'writing' ? [at(walkUp, progressed(state, event)), []] : [walkUp, []];
    case 'waitsForCentral':
      if (state.kind !== 'writing' || state.waitsForCentral === event.waits) return [walkUp, []];
      return [at(walkUp, { ...state, waitsForCentral: event.waits }), []];
    case 'completed':
      return completed(walkUp, event.result);
    case 'stopped':
      return stopped(walkUp, event);
    case 'softOffered':
      return softOffered(walkUp, event);
    case 'mediaSeen':
      return seenMedia(walkUp, event.media);
    case 'softProgressed':
      return softProgressed(walkUp, event.phase);
    case 'softSaved':
      return softSaved(walkUp, event.file);
    case 'tokenGiven':
      return tokenGiven(walkUp, event);
    case 'softStopped':
      return softStopped(walkUp, event.code);
  }
}

/** Somebody's unfinished card is waited for: any other is refused without a word about whose that is (RP-17). */
function found(walkUp: WalkUp, card: CardView): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'looking') return [walkUp, []];
  if (state.awaits === null) {
    if (walkUp.wish !== null) return granted(walkUp, walkUp.wish, state.reader, card);
    return [at(walkUp, { kind: 'found', reader: state.reader, card }), []];
  }
  if (state.awaits.cardId !== card.cardId) return refused(walkUp, 'RP-17-other-card', false, card);
  // This kiosk knows it before its copy does.
  const unfinished = { ...card, hasOpenOperation: true };
  if (walkUp.wish !== null) return granted(walkUp, walkUp.wish, state.reader, unfinished);
  return [at(walkUp, { kind: 'found', reader: state.reader, card: unfinished }), []];
}

function checked(
  walkUp: WalkUp,
  state: At<'checking'>,
  { losesKey, encryptionKey, changes = [], terms }: Extract<WalkUpEvent, { type: 'checked' }>,
): WalkUpStep {
  const warning = warn(state, { losesKey, encryptionKey: encryptionKey ?? null, changes });
  return [at(walkUp, afterTerms(warning, terms)), []];
}

function progressed(
  state: At<'writing'>,
  event: Extract<WalkUpEvent, { type: 'progressed' }>,
): At<'writing'> | At<'written'> {
  if (event.progress.phase === LAST_PHASE) {
    const { reader, card, attempt } = state;
    return { kind: 'written', reader, card, attempt, ...workOf(state), isCardIn: true };
  }
  const hasBegunWriting = state.hasBegunWriting || event.hasBegunWriting;
  return { ...state, progress: event.progress, hasBegunWriting };
}

function completed(walkUp: WalkUp, result: ResultView): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'writing' && state.kind !== 'written') return [walkUp, []];
  const isCardIn = state.kind === 'writing' || state.isCardIn;
  const { reader } = state;
  return [ended(walkUp, { kind: 'done', reader, result, isCardIn, ...workOf(state) }), [WIPE_ALL, RELEASE]];
}

/** What is said of it until the end. */
function workOf({ work, stillWaiting, removed }: At<'writing'> | At<'written'>) {
  return { work, stillWaiting, ...(removed === undefined ? {} : { removed }) };
}

function stopped(walkUp: WalkUp, event: Extract<WalkUpEvent, { type: 'stopped' }>): WalkUpStep {
  const { state } = walkUp;
  if (state.kind === 'written') {
    const { isCardIn } = state;
    return leftUnfinished(walkUp, state, event.code, isCardIn, isRefusedByRecord(event.code));
  }
  if (state.kind !== 'writing') return [walkUp, []];
  const wasWritten = state.hasBegunWriting && event.code !== CARD_TOO_SMALL;
  if (!event.hasBegunWriting && !wasWritten) return refused(walkUp, event.code, true);
  if (isReaderTrouble(event.code)) {
    const [looking, effects] = look(
      walkUp,
      state.reader,
      { cardId: state.card.cardId, work: state.work },
      event.code,
    );
    return [looking, [WIPE_ALL, RELEASE, ...effects]];
  }
  return leftUnfinished(walkUp, state, event.code, true, false);
}

function leftUnfinished(
  walkUp: WalkUp,
  { reader, card, work }: At<'writing'> | At<'written'>,
  code: string,
  isCardIn: boolean,
  isWritten: boolean,
): WalkUpStep {
  const { cardId } = card;
  return [
    ended(walkUp, { kind: 'interrupted', reader, code, isCardIn, cardId, work, isWritten }),
    [WIPE_ALL, RELEASE],
  ];
}

/** The card or its holder was disabled while it was written. */
function isRefusedByRecord(code: string): boolean {
  return (REFUSALS as readonly string[]).includes(code);
}

function isReaderTrouble(code: string): code is ReaderTrouble {
  return (READER_TROUBLES as readonly string[]).includes(code);
}

function wrongPin(walkUp: WalkUp, triesLeft: number): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'proving') return [walkUp, []];
  const card = { ...state.card, triesLeft };
  if (triesLeft > 0) return [at(walkUp, { ...askPin(state.reader, card), error: 'wrong' }), [WIPE_ALL]];
  const blocked = { event: 'pin.blocked', code: 'ID-04-pin-blocked', card: sighted(card) };
  const after =
    walkUp.wish === null
      ? { kind: 'found' as const, reader: state.reader, card }
      : askCode(state.reader, card);
  return [at(walkUp, after), [WIPE_ALL, { run: 'record', ...blocked }]];
}

function wrongCode(walkUp: WalkUp, triesLeft: number): WalkUpStep {
  const { state } = walkUp;
  if (state.kind === 'provingNumber') return wrongNumber(walkUp, state, triesLeft);
  if (state.kind !== 'proving') return [walkUp, []];
  if (triesLeft === 0) return refused(walkUp, 'ID-03-code-dead', true);
  return [at(walkUp, { ...askCode(state.reader, state.card), error: 'wrong', triesLeft }), [WIPE_ALL]];
}

function proved(walkUp: WalkUp, event: Extract<WalkUpEvent, { type: 'proved' }>): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'proving') return [walkUp, []];
  const { reader, card, by } = state;
  const { reasons, tasks, open } = event;
  if (walkUp.wish !== null) {
    const wished = provedForWish(walkUp, walkUp.wish, event);
    if (wished !== null) return wished;
  }
  if (open?.kind === 'pinReset') return [at(walkUp, atPinWarning(state, open)), []];
  if (open?.kind === 'collection') {
    // Whoever has only a code may not be the owner: the PIN shows it (KR-02).
    if (by !== 'pin') return refused(walkUp, PIN_NEEDED, true);
    const { requestId, difference } = open;
    return [at(walkUp, { kind: 'collectWarning', reader, card, isResume: true, requestId, difference }), []];
  }
  if (open) {
    // Whatever it was begun for, also where nobody here has a title for that.
    const begun = reasons.find(({ code }) => code === open.reason) ?? { code: open.reason, titles: {} };
    const proven = { reader, card, reasons: [begun], tasks, by };
    // Who came by a code does not know the PIN: it is set anew, whichever it is.
    const keepsPin = open.keepsPin && by === 'pin';
    const warning = warn(
      { ...proven, selected: 0, requestId: null },
      { isResume: true, keepsPin, changes: open.changes ?? [] },
    );
    return [at(walkUp, beforeWriting(warning)), []];
  }
  // What an operator has asked for they may choose as well (RP-15).
  const isAsked = (code: string) => tasks.some(({ reason }) => reason === code);
  const offered = reasons.filter((one) => isForCardholders(one) || isAsked(one.code));
  const proven = { reader, card, reasons: offered, tasks, by };
  return [at(walkUp, tasks.length > 0 ? atTasks(proven, null) : atReasons(proven, 0)), []];
}
