import { hintsOfDesk, takesTextAtDesk } from '../src/flows/desk-facts.ts';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import type { WalkUpState } from '../src/flows/walk-up-state.ts';
import { deskInSight } from './desk/desk-stage.ts';
import { codeOfView } from './view-code.ts';

/**
 * What a key is. keys: what the key map says everywhere. question: the same, where the yes of every language counts. secret: every
 * printable character is part of a password, and nothing else but Enter, Esc, Backspace and the language key counts. text: every
 * printable character is text, and arrows and Tab do something as well. letters: each is an action of the desk.
 */
export type KeyMode = 'keys' | 'question' | 'secret' | 'text' | 'letters';

/** What keys are in what is seen. */
export function keyModeOf(view: KioskView): KeyMode {
  const desk = deskInSight(view);
  if (desk === null) return walkUpModeOf(view.walkUp);
  if (hintsOfDesk(desk.state).includes('yes')) return 'question';
  if (takesTextAtDesk(desk.state)) return 'text';
  return desk.state.kind === 'open' ? 'letters' : 'keys';
}

function walkUpModeOf(state: WalkUpState): KeyMode {
  if (state.kind === 'softPassword') return 'secret';
  return asksYes(state) ? 'question' : 'keys';
}

/** A yes on purpose is wanted, and Enter does not do. */
function asksYes(state: WalkUpState): boolean {
  switch (state.kind) {
    case 'enterPin':
      return state.asksForLastTry;
    case 'softEncryption':
      return state.isOld;
    case 'confirmRemoval':
    case 'emptyWarning':
      return true;
    default:
      return false;
  }
}

/** To be read before Enter goes on: what becomes of a card, its keys, its PIN (RP-13, RP-19, KR-05). */
const READ_FIRST: readonly WalkUpState['kind'][] = [
  'plan',
  'terms',
  'warning',
  'pinWarning',
  'issueWarning',
  'difference',
  'collectWarning',
];
const READ_FIRST_AT_DESK: readonly string[] = ['difference', 'confirm'];

/** What must have been read before Enter says yes to it, as long as it is asked; null: nothing is asked like that. */
export function questionOf(view: KioskView): string | null {
  const desk = deskInSight(view);
  const step = desk?.state.kind === 'open' ? desk.state.dialog?.step : null;
  const isAsked =
    desk === null ? READ_FIRST.includes(view.walkUp.kind) : step && READ_FIRST_AT_DESK.includes(step.kind);
  return isAsked ? codeOfView(view) : null;
}
