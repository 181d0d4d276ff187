import { LANGUAGES } from '../src/flows/kiosk-view.ts';
import type { WalkUpKind } from '../src/flows/walk-up-state.ts';
import { helperOf } from './desk/desk-stage.ts';
import { canChangeLanguage, type KeyHint, keyHints } from './key-help.ts';
import type { Stage } from './stage.ts';
import { TEXTS } from './texts/texts.ts';

/** Which keys do what at the cardholder's screens: those of the state, the language, and what staff can do. */
export function walkUpHints({ view, texts }: Stage): readonly KeyHint[] {
  const hints = keyHints(view.walkUp, texts);
  const next = LANGUAGES[(LANGUAGES.indexOf(view.language) + 1) % LANGUAGES.length]!;
  const language = canChangeLanguage(view.walkUp) ? [{ key: 'Tab', text: TEXTS[next].languageName }] : [];
  return [...hints, ...language, ...staffHints({ view, texts })];
}

/** An operator signs in where nothing of a person is asked, and takes back what they handed over (ID-05). */
function staffHints({ view, texts }: Pick<Stage, 'view' | 'texts'>): readonly KeyHint[] {
  const { keys } = texts.desk;
  // There it is a letter of the password.
  if (view.walkUp.kind === 'softPassword') return [];
  if (helperOf(view) !== null) return [{ key: 'O', text: keys.takeBack }];
  return SIGN_IN_SHOWN.includes(view.walkUp.kind) ? [{ key: 'O', text: keys.staff }] : [];
}

/** Their own card may be the one that was found. The key is not named where a PIN or a code is typed, though it does the same there. */
const SIGN_IN_SHOWN: readonly WalkUpKind[] = ['insertCard', 'found', 'refused', 'blank'];
