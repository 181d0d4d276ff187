import type { WalkUpState } from '../src/flows/walk-up-state.ts';
import type { Texts } from './texts/catalogue.ts';

/** A key and what it does now. `key` is null for what is done by hand. */
export interface KeyHint {
  readonly key: string | null;
  readonly text: string;
}

/** Which keys do what in a state: only those that do something. */
export function keyHints(state: WalkUpState, { keys }: Texts): readonly KeyHint[] {
  const goOn = { key: 'Enter', text: keys.goOn };
  const back = { key: 'Esc', text: keys.back };
  const changeCard = { key: 'C', text: keys.changeCard };
  const takeOut = { key: null, text: keys.takeCardOut };
  const digits = { key: '0-9', text: keys.digits };
  const erase = { key: '<-', text: keys.erase };
  const otherWay = { key: 'N', text: keys.otherWay };
  const forgotPin = { key: 'N', text: keys.forgotPin };
  const leaveForLater = { key: 'Esc', text: keys.leaveForLater };
  switch (state.kind) {
    case 'insertCard':
      return state.passedOver === null ? [{ key: null, text: keys.putCardIn }] : [goOn, takeOut];
    case 'looking':
      return [...(state.trouble === null ? [] : [back]), { key: null, text: keys.pleaseWait }];
    case 'proving':
      return [{ key: null, text: keys.pleaseWait }];
    case 'checking':
      return [back];
    case 'refused':
      return [
        ...(state.canRetry ? [{ key: 'Enter', text: keys.tryAgain }] : []),
        state.awaits === null ? changeCard : leaveForLater,
      ];
    case 'found':
      return [goOn, back, changeCard];
    case 'enterPin':
      return state.asksForLastTry
        ? [{ key: keys.yesKey, text: keys.useLastTry }, back, forgotPin]
        : [goOn, back, forgotPin, erase];
    case 'enterCode':
      return state.explainsHelp ? [back] : [goOn, back, otherWay, erase];
    case 'newPin':
      return [digits, goOn, erase, back];
    case 'chooseReason':
      return state.reasons.length === 0 ? [back] : [{ key: '1-9', text: keys.choose }, goOn, back];
    case 'warning':
      return state.losesKey && !state.hasAcceptedLoss
        ? [{ key: 'Enter', text: keys.acceptLoss }, back]
        : [goOn, back];
    case 'writing':
      return [{ key: 'Esc', text: writingEscape(state, keys) }];
    case 'done':
      return state.isCardIn ? [takeOut] : [{ key: null, text: keys.putCardIn }];
    case 'written':
      return state.isCardIn ? [takeOut] : [{ key: 'Esc', text: keys.startOver }];
    case 'interrupted':
      return interruptedHints(state, keys);
  }
}

function interruptedHints(
  { isCardIn, isWritten }: Extract<WalkUpState, { kind: 'interrupted' }>,
  keys: Texts['keys'],
): readonly KeyHint[] {
  const leave = { key: 'Esc', text: isWritten ? keys.startOver : keys.leaveForLater };
  if (isCardIn) return [{ key: 'Enter', text: keys.goOn }, { key: null, text: keys.takeCardOut }, leave];
  return isWritten ? [leave] : [{ key: null, text: keys.putCardIn }, leave];
}

function writingEscape(state: Extract<WalkUpState, { kind: 'writing' }>, keys: Texts['keys']): string {
  if (!state.hasBegunWriting) return keys.cancel;
  return state.explainsLeaving ? keys.understood : keys.leave;
}

/** Where the language may be changed: before anything of a person is asked. */
export function canChangeLanguage(state: WalkUpState): boolean {
  return ['insertCard', 'refused', 'found'].includes(state.kind);
}
