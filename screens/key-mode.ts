import { takesTextAtDesk } from '../src/flows/desk-facts.ts';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import { deskInSight } from './desk/desk-stage.ts';

/**
 * What a key is. keys: what the key map says everywhere. secret: every printable character is part of a password, and nothing else
 * but Enter, Esc and Backspace counts. text: the same, where arrows and Tab do something as well. letters: each is an action of the
 * desk.
 */
export type KeyMode = 'keys' | 'secret' | 'text' | 'letters';

/** What keys are in what is seen. */
export function keyModeOf(view: KioskView): KeyMode {
  const desk = deskInSight(view);
  if (desk === null) return view.walkUp.kind === 'softPassword' ? 'secret' : 'keys';
  if (takesTextAtDesk(desk.state)) return 'text';
  return desk.state.kind === 'open' ? 'letters' : 'keys';
}
