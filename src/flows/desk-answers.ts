/** Answers at the desk: each is for whatever waits for its number, and for nothing else. */
import type { Desk } from './desk.ts';
import type { LoadedPage, Recoverable } from './desk-data.ts';
import {
  advance,
  askOwnSignature,
  askSignature,
  askWitness,
  atStep,
  refusedInDialog,
  saidInDialog,
} from './desk-dialog.ts';
import type { DeskEvent } from './desk-event.ts';
import {
  at,
  type DeskMove,
  isSessionOver,
  type Open,
  opened,
  type Page,
  STAY,
  signedOut,
  topOf,
} from './desk-moves.ts';
import { givesCode, mayBeWithoutKeys, nameOfStep } from './desk-scripts.ts';
import { openFound } from './desk-search.ts';
import type { DeskDialog, DeskOutcome, DeskPage, DeskStep } from './desk-state.ts';
import { noWitness, witnessSeen } from './desk-witness.ts';
import { NEWER_CENTRAL } from './waiting-task.ts';

type Answer = Extract<DeskEvent, { attempt: number }>;
type AnswerOf<T extends Answer['type']> = Extract<Answer, { type: T }>;

const BLOCKED = 'ID-04-pin-blocked';

/** What an answer leads to. */
export function answeredAtDesk(desk: Desk, event: Answer): DeskMove {
  const { state } = desk;
  if (state.kind === 'lookingAtOperator' || state.kind === 'signingIn') {
    return state.attempt === event.attempt ? answeredAtSignIn(desk, event) : [desk, STAY];
  }
  if (state.kind !== 'open') return [desk, STAY];
  const { dialog } = state;
  if (dialog && 'attempt' in dialog.step && dialog.step.attempt === event.attempt) {
    return answeredInDialog(desk, state, dialog, dialog.step, event);
  }
  return answeredOnPage(desk, state, event);
}

function answeredAtSignIn(desk: Desk, event: Answer): DeskMove {
  const { state } = desk;
  if (state.kind !== 'lookingAtOperator' && state.kind !== 'signingIn') return [desk, STAY];
  const { reader } = state;
  if (event.type === 'refused') {
    return [at(desk, { kind: 'signInRefused', reader, code: event.code }), STAY];
  }
  if (state.kind === 'lookingAtOperator') {
    return event.type === 'operatorCard' ? askPin(desk, reader, event.card, false) : [desk, STAY];
  }
  const { cardId, holderName } = state;
  if (event.type === 'wrongPin') {
    return askPin(desk, reader, { cardId, holderName, triesLeft: event.triesLeft }, true);
  }
  if (event.type !== 'signedIn') return [desk, STAY];
  const { operator, sessionIdleSeconds } = event;
  const home: DeskPage = { kind: 'home', selected: 0, said: null };
  return [
    at(desk, { kind: 'open', operator, cardId, sessionIdleSeconds, pages: [home], dialog: null }),
    STAY,
  ];
}

function askPin(
  desk: Desk,
  reader: number,
  card: AnswerOf<'operatorCard'>['card'],
  isWrong: boolean,
): DeskMove {
  if (card.triesLeft === 0) return [at(desk, { kind: 'signInRefused', reader, code: BLOCKED }), STAY];
  const { cardId, holderName, triesLeft } = card;
  return [
    at(desk, {
      ...{ kind: 'enterOperatorPin', reader, cardId, holderName, triesLeft, length: 0 },
      ...{ error: isWrong ? 'wrong' : null, asksForLastTry: false },
    }),
    STAY,
  ];
}

function answeredInDialog(
  desk: Desk,
  state: Open,
  dialog: DeskDialog,
  step: DeskStep,
  event: Answer,
): DeskMove {
  switch (event.type) {
    case 'refused':
      return answeredNo(desk, state, dialog, event.code);
    case 'operatorCard':
      return witnessSeen(desk, state, dialog, event.card);
    case 'recoverableLoaded':
      if (step.kind !== 'asking' || step.what !== 'recoverable') return [desk, STAY];
      // There is nothing to mark.
      if (event.recoverable.certificates.length === 0 && mayBeWithoutKeys(dialog.action))
        return advance(desk, state, dialog);
      return [atStep(desk, state, dialog, pick(dialog, event.recoverable)), STAY];
    case 'compared': {
      if (step.kind !== 'asking' || step.what !== 'difference') return [desk, STAY];
      const shown = { kind: 'difference', difference: event.difference, row: 0 } as const;
      return [atStep(desk, state, dialog, shown), STAY];
    }
    case 'wrongPin':
      return step.kind === 'signing' ? wrongPin(desk, state, dialog, step, event.triesLeft) : [desk, STAY];
    case 'signed': {
      if (step.kind !== 'signing') return [desk, STAY];
      const { statementId, plannedCardId } = event;
      if (step.who === 'witness') return advance(desk, state, dialog, { witnessId: statementId });
      const { triesLeft: _, ...restored } = state;
      return advance(desk, restored, dialog, { statementId, plannedCardId });
    }
    case 'acted':
      return step.kind === 'working' ? done(desk, state, dialog, event.outcome) : [desk, STAY];
    default:
      return [desk, STAY];
  }
}

function done(desk: Desk, state: Open, dialog: DeskDialog, outcome: DeskOutcome): DeskMove {
  const [after, effects] = saidInDialog(desk, state, dialog, outcome);
  return [after, outcome.kind === 'left' ? [...effects, { run: 'leaveKiosk' }] : effects];
}

function pick({ action, subject }: DeskDialog, { certificates }: Recoverable): DeskStep {
  const cardId = action === 'requestExisting' ? subject.cardId : null;
  return { kind: 'pick', certificates, cardId, wanted: [], without: [], row: 0, said: null };
}

function wrongPin(
  desk: Desk,
  state: Open,
  dialog: DeskDialog,
  step: Extract<DeskStep, { kind: 'signing' }>,
  triesLeft: number,
): DeskMove {
  const { who, reader } = step;
  if (triesLeft === 0) {
    return who === 'witness'
      ? noWitness(desk, state, dialog, BLOCKED)
      : refusedInDialog(desk, state, dialog, BLOCKED);
  }
  const again = { ...askSignature(who, reader, { ...step, triesLeft }), error: 'wrong' } as const;
  // Whoever comes back to it later is warned before the last one too (ID-04).
  return [atStep(desk, who === 'operator' ? { ...state, triesLeft } : state, dialog, again), STAY];
}

function answeredOnPage(desk: Desk, state: Open, event: Answer): DeskMove {
  const index = state.pages.findIndex((page) => waitsFor(page, event.attempt));
  const page = state.pages[index];
  if (!page) return [desk, STAY];
  if (event.type === 'refused' && isSessionOver(event.code)) return signedOut(desk, event.code);
  const changed = answeredPage(page, event);
  if (changed === page) return [desk, STAY];
  const next: Open = { ...state, pages: state.pages.with(index, changed) };
  if (page === topOf(state) && changed.kind === 'search' && changed.opensFirst && changed.attempt === null) {
    return openFound(at(desk, next), next, changed);
  }
  return state.dialog ? [at(desk, next), STAY] : opened(desk, next);
}

function waitsFor(page: DeskPage, attempt: number): boolean {
  if ('attempt' in page && page.attempt === attempt) return true;
  if (page.kind === 'person') return page.photo?.attempt === attempt;
  if (page.kind === 'kiosk') return page.test?.kind === 'faults' && page.test.attempt === attempt;
  return page.kind === 'card' && page.onCard?.attempt === attempt;
}

function answeredPage(page: DeskPage, event: Answer): DeskPage {
  if (page.kind === 'person' && page.photo?.attempt === event.attempt) return withPhoto(page, event);
  if (page.kind === 'card' && page.onCard?.attempt === event.attempt) return withSlots(page, event);
  if (page.kind === 'kiosk') return withFindings(page, event);
  if (event.type === 'refused') {
    const kept = isLookRefused(event.code) ? withoutContent(page) : page;
    return { ...kept, attempt: null, refused: event.code, ...noOpening(page) } as DeskPage;
  }
  if (event.type === 'searched' && page.kind === 'search') {
    return { ...page, attempt: null, refused: null, result: event.result, selected: 0 };
  }
  return event.type === 'pageLoaded' ? loaded(page, event.loaded) : page;
}

/** Central says that this operator may not see it, or not any more; whoever cannot be asked has said nothing. */
function isLookRefused(code: string): boolean {
  return /^(KR|OP|RP)-/.test(code);
}

/** What somebody may not see any more is gone from the screen at once, and with it what could be done there. */
function withoutContent(page: DeskPage): DeskPage {
  if (page.kind === 'person') return { ...page, page: null, photo: null };
  return page.kind === 'card' || page.kind === 'request' ? { ...page, page: null } : page;
}

/** What was not found is not opened. */
function noOpening({ kind }: DeskPage) {
  return kind === 'search' ? { opensFirst: false } : {};
}

function withPhoto(page: Page<'person'>, event: Answer): DeskPage {
  if (!page.photo) return page;
  const photo = { ...page.photo, attempt: null };
  if (event.type === 'refused') return { ...page, photo: { ...photo, refused: event.code } };
  if (event.type !== 'photoLoaded') return page;
  const refused = event.picture === null ? 'OP-01-no-photo' : null;
  return { ...page, photo: { ...photo, picture: event.picture, refused } };
}

function withSlots(page: Page<'card'>, event: Answer): DeskPage {
  if (!page.onCard) return page;
  const onCard = { ...page.onCard, attempt: null };
  if (event.type === 'refused') return { ...page, onCard: { ...onCard, refused: event.code } };
  return event.type === 'cardRead' ? { ...page, onCard: { ...onCard, slots: event.slots } } : page;
}

/** What has to be done stands first, each in the order in which it is put right. */
const WORST_FIRST = ['wrong', 'note', 'good'] as const;

function withFindings(page: Page<'kiosk'>, event: Answer): DeskPage {
  const { test } = page;
  if (test?.kind !== 'faults') return page;
  if (event.type === 'refused') return { ...page, test: { ...test, attempt: null, refused: event.code } };
  if (event.type !== 'examined') return page;
  const findings = WORST_FIRST.flatMap((verdict) => event.findings.filter((one) => one.verdict === verdict));
  return { ...page, test: { ...test, attempt: null, refused: null, findings } };
}

function loaded(page: DeskPage, brought: LoadedPage): DeskPage {
  const done = { attempt: null, refused: null };
  if (page.kind === 'person' && brought.kind === 'person') {
    const count = brought.page[page.tab].length;
    return { ...page, ...done, page: brought.page, selected: within(page.selected, count) };
  }
  if (page.kind === 'card' && brought.kind === 'card') {
    const selected = within(page.selected, brought.page.slots.length);
    return { ...page, ...done, page: brought.page, selected };
  }
  if (page.kind === 'request' && brought.kind === 'request') {
    return {
      ...page,
      ...done,
      page: brought.page,
      selected: within(page.selected, brought.page.list.length),
    };
  }
  if (page.kind === 'requests' && brought.kind === 'requests') {
    const { lines, total } = brought;
    return { ...page, ...done, lines, total, selected: within(page.selected, lines.length) };
  }
  if (page.kind === 'operations' && brought.kind === 'operations') {
    const { lines, total } = brought;
    return { ...page, ...done, lines, total, selected: within(page.selected, lines.length) };
  }
  if (page.kind === 'audit' && brought.kind === 'audit') return withLines(page, brought);
  return page;
}

/** Older lines come below those that are there; their first one is chosen. */
function withLines(page: Page<'audit'>, brought: Extract<LoadedPage, { kind: 'audit' }>): DeskPage {
  const { before = null, older = null } = brought;
  const above = before === null ? [] : (page.lines ?? []);
  const lines = [...above, ...brought.lines];
  const selected = within(above.length > 0 ? above.length : page.selected, lines.length);
  return { ...page, attempt: null, refused: null, lines, older, selected };
}

function within(selected: number, count: number): number {
  return Math.max(0, Math.min(selected, count - 1));
}

/** A no to what a dialog waits for. */
function answeredNo(desk: Desk, state: Open, dialog: DeskDialog, code: string): DeskMove {
  const { step, chosen } = dialog;
  const isWitness = nameOfStep(step) === 'witness';
  if (isWitness && !isSessionCode(code)) return noWitness(desk, state, dialog, code);
  if (isSessionOver(code)) return signedOut(desk, code);
  if (code === 'OP-02-witness-wanted' && chosen.witnessId === null) return askWitness(desk, state, dialog);
  // Central has become a newer one since it was asked for the page.
  if (code === NEWER_CENTRAL && givesCode(dialog) && chosen.statementId === null)
    return askOwnSignature(desk, state, dialog);
  if (step.kind === 'working' && UNANSWERED.includes(code))
    return saidInDialog(desk, state, dialog, { kind: 'unanswered', code });
  return refusedInDialog(desk, state, dialog, code);
}

/** No word of central's: an answer may have been lost after it was done, so that nobody says that nothing was (SY-04). */
const UNANSWERED: readonly string[] = ['SY-03-central-not-reached', 'SY-03-central-failed', 'UX-09-internal'];

/** Of the session itself; the others may be about the witness, who is no operator. */
function isSessionCode(code: string): boolean {
  return code === 'ID-05-no-session' || code === 'ID-05-idle';
}
