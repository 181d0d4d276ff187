import type { WalkUpKind } from '../src/flows/walk-up-state.ts';
import { helperOf } from './desk/desk-stage.ts';
import { type KeyHint, keyHints } from './key-help.ts';
import { keyModeOf } from './key-mode.ts';
import type { Stage } from './stage.ts';
import { troubleWithReaders } from './view-code.ts';

/** Which keys do what at the cardholder's screens: those of the state, and what staff can do. */
export function walkUpHints({ view, texts }: Stage): readonly KeyHint[] {
  if (view.support?.isOpen) return [{ key: 'Esc', text: texts.keys.back }];
  // Nobody is asked for a card that no reader takes.
  const isAsked = (hint: KeyHint) => hint.text !== texts.keys.putCardIn || troubleWithReaders(view) === null;
  const hints = keyHints(view.walkUp, texts).filter(isAsked);
  // Read aloud, nothing is out of sight.
  const wanted = view.isReadAloud ? hints.filter(({ text }) => text !== texts.keys.scroll) : hints;
  const others = [supportHints, staffHints, readerHint].flatMap((of) => of({ view, texts }));
  return [...wanted, ...others];
}

/** Where something went wrong. */
function supportHints({ view, texts }: Pick<Stage, 'view' | 'texts'>): readonly KeyHint[] {
  return view.support === undefined ? [] : [{ key: 'Q', text: texts.support.key }];
}

/** An operator signs in where nothing of a person is asked, and takes back what they handed over (ID-05). */
function staffHints({ view, texts }: Pick<Stage, 'view' | 'texts'>): readonly KeyHint[] {
  const { keys } = texts.desk;
  // There it is a letter of the password, or a yes.
  if (['secret', 'question'].includes(keyModeOf(view))) return [];
  if (helperOf(view) !== null) return [{ key: 'O', text: keys.takeBack }];
  return SIGN_IN_SHOWN.includes(view.walkUp.kind) ? [{ key: 'O', text: keys.staff }] : [];
}

/** For somebody who stands beside whoever cannot see. */
function readerHint({ view, texts }: Pick<Stage, 'view' | 'texts'>): readonly KeyHint[] {
  const isFirst = view.walkUp.kind === 'insertCard' && view.walkUp.passedOver === null;
  if (!isFirst || view.isReadAloud) return [];
  return [{ key: `${texts.keys.control}+R`, text: texts.seeing.readAloud }];
}

/** Their own card may be the one that was found. The key is not named where a PIN or a code is typed, though it does the same there. */
const SIGN_IN_SHOWN: readonly WalkUpKind[] = ['insertCard', 'found', 'refused', 'blank'];
