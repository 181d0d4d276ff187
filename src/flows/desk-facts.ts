/** What the kiosk and its screens need to know of the desk at one moment. */
import { givesCode } from './desk-scripts.ts';
import type { DeskDialog, DeskPage, DeskPinField, DeskState, DeskStep } from './desk-state.ts';

/** The stable code at the bottom right (UX-08): the refusal's own, or the requirement that this serves. */
export function codeOfDesk(state: DeskState): string {
  switch (state.kind) {
    case 'signInRefused':
    case 'signedOut':
      return state.code;
    case 'enterOperatorPin':
      if (state.asksForLastTry) return 'ID-04-last-try';
      return state.error === 'wrong' ? 'ID-04-wrong-pin' : 'ID-05-sign-in';
    case 'signingIn':
      return 'ID-05-signing-in';
    case 'askCard':
    case 'lookingAtOperator':
      return 'ID-05-your-card';
    case 'away':
    case 'handedOver':
      return 'ID-05-walk-up';
    case 'open': {
      const page = state.pages.at(-1);
      if (state.dialog) return codeOfDialog(state.dialog);
      return page === undefined ? 'OP-01-home' : codeOfPage(page);
    }
  }
}

function codeOfPage(page: DeskPage): string {
  if ('said' in page && page.said !== null) return page.said;
  if ('refused' in page && page.refused !== null) return page.refused;
  switch (page.kind) {
    case 'home':
      return 'OP-01-home';
    case 'search':
      return 'OP-01-people';
    case 'person':
      return 'OP-01-person';
    case 'card':
      return 'OP-01-card';
    case 'requests':
      return 'KR-04-queue';
    case 'request':
      return 'KR-04-request';
    case 'operations':
      return 'OP-05-operations';
    case 'kiosk':
      return (page.test?.kind === 'faults' ? page.test.refused : null) ?? 'OP-04-kiosk';
    case 'audit':
      return 'SE-05-audit';
  }
}

/** The requirement that an action serves. */
const ACTION_CODES: Partial<Record<DeskDialog['action'], string>> = {
  reprovision: 'RP-10-reprovision',
  requestUpdate: 'RP-15-request-update',
  requestExisting: 'KR-01-request-existing',
  requestReplacement: 'KR-01-request-replacement',
  requestNewCard: 'KR-01-request-new-card',
  requestSoft: 'KR-01-request-soft',
  giveCode: 'ID-03-give-code',
  giveNumber: 'ID-03-give-number',
  unblockPin: 'ID-02-unblock-pin',
  disable: 'OP-02-disable',
  enable: 'OP-02-enable',
  cancelCard: 'OP-02-cancel-card',
  approve: 'KR-04-approve',
  reject: 'KR-04-reject',
  cancelRequest: 'KR-04-cancel',
  collect: 'KR-02-collect',
  abandon: 'OP-05-abandon',
  leaveKiosk: 'SE-06-maintenance',
};

function codeOfDialog(dialog: DeskDialog): string {
  return codeOfStep(dialog.step, dialog) ?? ACTION_CODES[dialog.action] ?? 'OP-02-action';
}

function codeOfSignature({ who }: { readonly who: DeskPinField }, dialog: DeskDialog): string | null {
  if (who === 'witness') return 'OP-02-witness';
  return givesCode(dialog) ? null : 'ID-02-vouch';
}

/** Null: that of the action. */
function codeOfStep(step: DeskStep, dialog: DeskDialog): string | null {
  switch (step.kind) {
    case 'choose':
    case 'pick':
      return step.said;
    case 'difference':
      return step.difference.problem ?? 'KR-05-difference';
    case 'removal':
      return 'KR-05-confirm-removal';
    case 'witnessCard':
      return step.said ?? 'OP-02-witness-card';
    case 'lookingAtWitness':
      return 'OP-02-witness-card';
    case 'sign':
      if (step.asksForLastTry) return 'ID-04-last-try';
      if (step.error === 'wrong') return 'ID-04-wrong-pin';
      return codeOfSignature(step, dialog);
    case 'signing':
      return codeOfSignature(step, dialog);
    case 'cardBack':
      return 'OP-02-card-back';
    case 'said':
      return 'code' in step.outcome ? step.outcome.code : null;
    default:
      return null;
  }
}

/** Every key that can be typed is text now: the key map gives characters, and arrows, Tab, Enter, Esc, Backspace as ever. */
export function takesTextAtDesk(state: DeskState): boolean {
  if (state.kind !== 'open') return false;
  if (state.dialog) return state.dialog.step.kind === 'write';
  const page = state.pages.at(-1);
  return page?.kind === 'search' || (page?.kind === 'kiosk' && page.test?.kind === 'keyboard');
}

/** Where idle time counts: not while a card signs or central is asked to do something, nor at the cardholder's turn (UX-04). */
export function countsIdleAtDesk(state: DeskState): boolean {
  if (state.kind === 'away' || state.kind === 'handedOver' || state.kind === 'signingIn') return false;
  const step = state.kind === 'open' ? state.dialog?.step.kind : undefined;
  return step !== 'signing' && step !== 'working';
}

/** Central counts from the last question, the desk from the last key: the desk is the first to be through. */
const MARGIN_SECONDS = 30;
/** Of what a cardholder has. */
const LONGER = 5;

/** How long the desk may stand untouched. @param usual of a cardholder's screens, in seconds */
export function idleSecondsOfDesk(state: DeskState, usual: number): number {
  if (state.kind !== 'open' && state.kind !== 'handedOver') return usual;
  return Math.max(1, Math.min(state.sessionIdleSeconds - MARGIN_SECONDS, usual * LONGER));
}

/** What keys do now, for the line that says so; actions are said by `actionsOf`. */
export type DeskHint =
  | 'type'
  | 'move'
  | 'open'
  | 'choose'
  | 'confirm'
  | 'toggle'
  | 'yes'
  | 'nextTab'
  | 'otherCard'
  | 'erase'
  | 'close'
  | 'back';

/** In the order in which they are shown; `back` is always the last. */
export function hintsOfDesk(state: DeskState): readonly DeskHint[] {
  switch (state.kind) {
    case 'away':
    case 'handedOver':
      return [];
    case 'askCard':
    case 'signInRefused':
      return ['confirm', 'otherCard', 'back'];
    case 'enterOperatorPin':
      return state.asksForLastTry ? ['yes', 'back'] : ['type', 'confirm', 'erase', 'otherCard', 'back'];
    case 'lookingAtOperator':
    case 'signingIn':
      return ['back'];
    case 'signedOut':
      return ['close'];
    case 'open': {
      const page = state.pages.at(-1);
      if (state.dialog) return hintsOfStep(state.dialog.step);
      return page === undefined ? [] : hintsOfPage(page);
    }
  }
}

function hintsOfStep(step: DeskStep): readonly DeskHint[] {
  switch (step.kind) {
    case 'choose':
      return ['move', 'choose', 'back'];
    case 'pick':
      return ['move', 'toggle', 'confirm', 'back'];
    case 'difference':
      return ['move', 'confirm', 'back'];
    case 'removal':
      return ['move', 'yes', 'back'];
    case 'write':
      return ['type', 'confirm', 'erase', 'back'];
    case 'confirm':
    case 'witnessCard':
      return ['confirm', 'back'];
    case 'sign':
      return step.asksForLastTry ? ['yes', 'back'] : ['type', 'confirm', 'erase', 'back'];
    case 'said':
      return ['close'];
    default:
      return ['back'];
  }
}

function hintsOfPage(page: DeskPage): readonly DeskHint[] {
  switch (page.kind) {
    case 'home':
      return ['move', 'open'];
    case 'search':
      return ['type', 'move', 'open', 'back'];
    case 'person':
    case 'requests':
      return ['move', 'open', 'nextTab', 'back'];
    case 'operations':
      return ['move', 'open', 'back'];
    case 'card':
    case 'request':
    case 'audit':
      return ['move', 'back'];
    case 'kiosk':
      return page.test?.kind === 'faults' ? ['move', 'back'] : ['back'];
  }
}
