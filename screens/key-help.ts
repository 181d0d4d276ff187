import { obstacleTo, removalsOf } from '../src/flows/waiting-task.ts';
import { cardToShow } from '../src/flows/walk-up-my-card.ts';
import type { WalkUpState } from '../src/flows/walk-up-state.ts';
import { TERMS_ROWS, termsLines } from '../src/flows/walk-up-terms.ts';
import type { Texts } from './texts/catalogue.ts';

/** A key and what it does now. `key` is null for what is done by hand. */
export interface KeyHint {
  readonly key: string | null;
  readonly text: string;
}

/** So many are seen in the smallest terminal, whatever is said around them. */
const FITTING_ROWS = 3;

/** Which keys do what in a state: only those that do something. */
export function keyHints(state: WalkUpState, { keys, myCard }: Texts): readonly KeyHint[] {
  const goOn = { key: keys.enter, text: keys.goOn };
  const back = { key: 'Esc', text: keys.back };
  const changeCard = { key: 'C', text: keys.changeCard };
  const showCard = cardToShow(state) === null ? [] : [{ key: 'W', text: myCard.key }];
  const takeOut = { key: null, text: keys.takeCardOut };
  const digits = { key: '0-9', text: keys.digits };
  const erase = { key: '<-', text: keys.erase };
  const otherWay = { key: 'N', text: keys.otherWay };
  const noNumber = { key: 'N', text: keys.noNumber };
  const forgotPin = { key: 'N', text: keys.forgotPin };
  const leaveForLater = { key: 'Esc', text: keys.leaveForLater };
  const scroll = { key: keys.arrows, text: keys.scroll };
  const scrolls = (rows: readonly unknown[]) => (rows.length > FITTING_ROWS ? [scroll] : []);
  const mark = { key: keys.space, text: keys.mark };
  switch (state.kind) {
    case 'insertCard':
      return state.passedOver === null ? [{ key: null, text: keys.putCardIn }] : [goOn, takeOut];
    case 'looking':
      return [...(state.trouble === null ? [] : [back]), { key: null, text: keys.pleaseWait }];
    case 'proving':
      return [...(state.by === 'operator' ? [back] : []), { key: null, text: keys.pleaseWait }];
    case 'provingNumber':
      return [{ key: null, text: keys.pleaseWait }];
    case 'checking':
      return [back];
    case 'emptyWarning':
      return [{ key: keys.yesKey, text: keys.empty }, back];
    case 'refused':
      if (!state.isCardIn)
        return [
          { key: keys.enter, text: keys.understood },
          ...(state.awaits === null ? [{ key: null, text: keys.putCardIn }] : [leaveForLater]),
        ];
      return [
        ...(state.cancelled ? [{ key: keys.enter, text: keys.emptyCard }] : []),
        ...(state.canRetry ? [{ key: keys.enter, text: keys.tryAgain }] : []),
        state.awaits === null ? (state.isForOneCard ? back : changeCard) : leaveForLater,
        ...showCard,
      ];
    case 'found':
      return [goOn, back, changeCard, ...showCard];
    case 'onMyCard':
      return [back, ...scrolls(state.contents?.certificates ?? [])];
    case 'enterPin':
      return state.asksForLastTry
        ? [{ key: keys.yesKey, text: keys.useLastTry }, back, forgotPin]
        : [goOn, back, forgotPin, erase];
    case 'enterCode':
      return state.explainsHelp ? [back] : [goOn, back, otherWay, erase];
    case 'blank':
      return state.explainsHelp ? [back] : [goOn, back, noNumber];
    case 'enterNumber':
      return [goOn, back, noNumber, erase];
    case 'planningIssue':
      return [back];
    case 'issueChoice':
      return [goOn, back, mark];
    case 'issueWarning':
      return [goOn, back];
    case 'newPin':
      return [digits, goOn, erase, back];
    case 'chooseReason':
      return state.reasons.length === 0
        ? [back]
        : [{ key: digitsFor(state.reasons.length), text: keys.choose }, goOn, back];
    case 'chooseTask':
      // Behind what waits there is the rewriting.
      return [
        ...(isBlocked(state) ? [] : [goOn]),
        { key: digitsFor(state.tasks.length + 1), text: keys.choose },
        back,
      ];
    case 'comparing':
      return [back];
    case 'difference':
      return [goOn, back, ...scrolls(state.difference.entries)];
    case 'chooseLeft':
      return [goOn, back, mark];
    case 'confirmRemoval':
      return [{ key: keys.yesKey, text: keys.acceptRemoval }, back, ...scrolls(removalsOf(state.difference))];
    case 'collectWarning':
      return [goOn, back];
    case 'terms':
      return [
        { key: keys.enter, text: keys.acceptTerms },
        { key: 'Esc', text: keys.declineTerms },
        ...(termsLines(state.terms.text).length > TERMS_ROWS ? [scroll] : []),
      ];
    case 'pinWarning':
      return [goOn, back];
    case 'plan':
      return [goOn, back, ...scrolls(state.warning.changes)];
    case 'warning':
      return state.losesKey && !state.hasAcceptedLoss
        ? [{ key: keys.enter, text: keys.acceptLoss }, back]
        : [goOn, back];
    case 'writing':
      return [{ key: 'Esc', text: writingEscape(state, keys) }];
    case 'done':
      if (!state.isCardIn) return [{ key: null, text: keys.putCardIn }];
      return state.stillWaiting > 0 ? [{ key: keys.enter, text: keys.next }, takeOut] : [takeOut];
    case 'written':
      return state.isCardIn ? [takeOut] : [{ key: 'Esc', text: keys.startOver }];
    case 'interrupted':
      return interruptedHints(state, keys);
    case 'offeringSoft':
    case 'askingToken':
      return [back];
    case 'softToken':
      return [{ key: 'Esc', text: keys.startOver }];
    case 'chooseMedium':
      return state.media?.[state.selected]?.obstacle === null ? [goOn, back] : [back];
    case 'softEncryption':
      return [
        state.isOld ? { key: keys.yesKey, text: keys.takeOld } : goOn,
        back,
        { key: keys.arrows, text: keys.choose },
      ];
    case 'softPassword':
      return [goOn, back, erase];
    case 'savingSoft':
      return state.phase === 'save'
        ? [{ key: null, text: keys.pleaseWait }]
        : [{ key: 'Esc', text: keys.cancel }];
    case 'softStopped':
      if (state.reader === null) return [{ key: 'Esc', text: keys.startOver }];
      if (!state.isCardIn)
        return [
          { key: null, text: keys.putCardIn },
          { key: 'Esc', text: keys.startOver },
        ];
      return [
        { key: keys.enter, text: keys.tryAgain },
        { key: 'Esc', text: keys.startOver },
      ];
    case 'softDone':
      if (state.reader === null) return [{ key: 'Esc', text: keys.startOver }];
      if (!state.isCardIn) return [{ key: null, text: keys.putCardIn }];
      return state.stillWaiting > 0 ? [{ key: keys.enter, text: keys.next }, takeOut] : [takeOut];
  }
}

/** Nothing to go on with: what is chosen cannot be done now. */
function isBlocked({ tasks, selected, by, reasons }: Extract<WalkUpState, { kind: 'chooseTask' }>): boolean {
  const task = tasks[selected];
  return task !== undefined && obstacleTo(task, by, reasons) !== null;
}

function interruptedHints(
  { isCardIn, isWritten }: Extract<WalkUpState, { kind: 'interrupted' }>,
  keys: Texts['keys'],
): readonly KeyHint[] {
  const leave = { key: 'Esc', text: isWritten ? keys.startOver : keys.leaveForLater };
  // That it can be taken out is said above the keys, which need the room.
  if (isCardIn) return [{ key: keys.enter, text: keys.goOn }, leave];
  return isWritten ? [leave] : [{ key: null, text: keys.putCardIn }, leave];
}

function writingEscape(state: Extract<WalkUpState, { kind: 'writing' }>, keys: Texts['keys']): string {
  if (!state.hasBegunWriting) return keys.cancel;
  return state.explainsLeaving ? keys.understood : keys.leave;
}

/** The digits that choose one of so many, at least one: `1-6`. */
export function digitsFor(count: number): string {
  return count === 1 ? '1' : `1-${Math.min(9, count)}`;
}
