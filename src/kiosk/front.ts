import type { WalkUpKind, WalkUpState } from '../flows/walk-up-state.ts';

/** Where nobody is in the middle of something that an operator would cut off. */
const DESK_OPENS_FROM: readonly WalkUpKind[] = [
  'insertCard',
  'looking',
  'found',
  'refused',
  'blank',
  'enterPin',
  'enterCode',
  'enterNumber',
  'interrupted',
];

/** Whether an operator may sign in over this screen of the cardholder's (ID-05). */
export function opensDesk({ kind }: WalkUpState): boolean {
  return DESK_OPENS_FROM.includes(kind);
}
