import { type KioskView, languageAfter } from '../src/flows/kiosk-view.ts';
import { deskInSight } from './desk/desk-stage.ts';
import type { KeyHint } from './key-help.ts';
import { TEXTS } from './texts/texts.ts';

/** The key that goes on to the next language, and that language in its own words (UX-05); null: there is no other. */
export function languageKey(view: KioskView): KeyHint | null {
  const next = languageAfter(view.language);
  if (next === view.language) return null;
  // At the desk Tab is the next part of a page.
  const key = deskInSight(view) === null ? 'Tab' : `${TEXTS[view.language].keys.control}+L`;
  return { key, text: TEXTS[next].languageName };
}
