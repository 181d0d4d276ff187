import type { ProvedBy, WalkUpState } from './walk-up-state.ts';

/**
 * What is true of the card at a moment. mayTake: nothing more is done with it. safeToTake: the kiosk would go on with it, and nothing is
 * lost without it.
 */
export type CardAdvice = 'putIn' | 'leaveIn' | 'mayTake' | 'safeToTake' | 'isOut';

/**
 * What may be said of the card in the reader, at every moment; null: no card is meant. Where the kiosk works with it, and where the
 * person would have to be proved anew by somebody else, it stays in.
 * @param isHelped an operator has handed over what is done
 */
export function cardAdviceOf(state: WalkUpState, isHelped = false): CardAdvice | null {
  if ('reader' in state && state.reader === null) return null;
  switch (state.kind) {
    case 'insertCard':
      return state.passedOver === null ? 'putIn' : 'mayTake';
    case 'looking':
      return state.trouble === null ? 'leaveIn' : 'safeToTake';
    case 'refused':
      return state.isCardIn ? 'mayTake' : state.awaits === null ? 'isOut' : 'putIn';
    case 'onMyCard':
      if (state.contents === null) return 'leaveIn';
      return state.from.kind === 'refused' ? 'mayTake' : asked(state, isHelped);
    case 'proving':
    case 'provingNumber':
    case 'planningIssue':
    case 'checking':
    case 'comparing':
    case 'askingToken':
    // Shown as long as the card is in, and never again.
    case 'softToken':
      return 'leaveIn';
    case 'writing':
      return state.explainsLeaving || state.waitsForCentral ? 'safeToTake' : 'leaveIn';
    case 'savingSoft':
      return state.isCardIn ? 'leaveIn' : 'isOut';
    case 'interrupted':
      if (state.isCardIn) return state.isWritten ? 'mayTake' : 'safeToTake';
      return state.isWritten ? 'isOut' : 'putIn';
    case 'written':
    case 'done':
    case 'softStopped':
    case 'softDone':
      return state.isCardIn ? 'mayTake' : 'isOut';
    case 'found':
    case 'blank':
    case 'emptyWarning':
    case 'enterPin':
    case 'enterCode':
    case 'enterNumber':
    case 'issueChoice':
    case 'issueWarning':
    case 'chooseTask':
    case 'chooseReason':
    case 'difference':
    case 'chooseLeft':
    case 'confirmRemoval':
    case 'collectWarning':
    case 'chooseMedium':
    case 'softEncryption':
    case 'softPassword':
    case 'terms':
    case 'plan':
    case 'warning':
    case 'pinWarning':
    case 'newPin':
      return asked(state, isHelped);
  }
}

/** Nothing was written yet, and a person is asked something: a PIN is typed again, but a code counts once. */
function asked(state: WalkUpState, isHelped: boolean): CardAdvice {
  return isHelped || proofIn(state) !== 'pin' ? 'leaveIn' : 'safeToTake';
}

/** How they have proved themselves; what was not proved yet can be begun anew like a PIN. */
function proofIn(state: WalkUpState): ProvedBy {
  const about = state.kind === 'terms' ? state.next : 'warning' in state ? state.warning : state;
  if (about.kind === 'issueChoice' || about.kind === 'issueWarning') return 'code';
  return 'by' in about ? about.by : 'pin';
}
