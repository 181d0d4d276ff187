import { type DeskHint, hintsOfDesk } from '../../src/flows/desk-facts.ts';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { digitsFor, type KeyHint } from '../key-help.ts';
import type { DeskStage } from './desk-stage.ts';

/** Which keys do what at the desk now, besides the actions of a page. */
export function deskKeyHints({ desk, texts }: DeskStage): readonly KeyHint[] {
  const { keys } = texts;
  const words = texts.desk.keys;
  const hints: Readonly<Record<DeskHint, KeyHint>> = {
    type: { key: null, text: stepOf(desk.state) === 'write' ? words.writing : words.typing },
    move: { key: keys.arrows, text: words.move },
    open: { key: keys.enter, text: words.open },
    choose: { key: `${keys.enter}, ${digitsFor(choicesOf(desk.state))}`, text: keys.choose },
    confirm: { key: keys.enter, text: keys.goOn },
    toggle: { key: keys.space, text: words.marks },
    yes: { key: keys.yesKey, text: isRemoval(desk.state) ? keys.acceptRemoval : keys.useLastTry },
    nextTab: { key: 'Tab', text: isQueue(desk.state) ? words.nextView : words.nextTab },
    otherCard: { key: 'C', text: keys.changeCard },
    erase: { key: '<-', text: keys.erase },
    close: { key: keys.enter, text: words.close },
    back: { key: 'Esc', text: isTest(desk.state) ? words.stopTest : keys.back },
  };
  // That a PIN is typed with digits is known.
  const shown = hintsOfDesk(desk.state).filter((hint) => hint !== 'type' || !isPin(desk.state));
  return shown.map((hint) => hints[hint]);
}

/** How many there are to choose from. */
function choicesOf(state: DeskState): number {
  const step = state.kind === 'open' ? state.dialog?.step : undefined;
  return step?.kind === 'choose' ? Math.max(1, step.options.length) : 9;
}

function isPin(state: DeskState): boolean {
  return state.kind === 'enterOperatorPin' || stepOf(state) === 'sign';
}

function isRemoval(state: DeskState): boolean {
  return stepOf(state) === 'removal';
}

function stepOf(state: DeskState): string | null {
  return state.kind === 'open' ? (state.dialog?.step.kind ?? null) : null;
}

function isQueue(state: DeskState): boolean {
  return state.kind === 'open' && state.pages.at(-1)?.kind === 'requests';
}

function isTest(state: DeskState): boolean {
  if (state.kind !== 'open' || state.dialog !== null) return false;
  const page = state.pages.at(-1);
  return page?.kind === 'kiosk' && page.test !== null;
}
