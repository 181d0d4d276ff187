import type { KioskView } from '../src/flows/kiosk-view.ts';
import { themeAfter } from '../src/flows/screen-look.ts';
import type { KeyHint } from './key-help.ts';
import { keyModeOf } from './key-mode.ts';
import { TEXTS } from './texts/texts.ts';

/** The key that draws the screens in the next way, and what that is called (UX-05). */
export function themeKey(view: KioskView): KeyHint {
  const { seeing, keys } = TEXTS[view.language];
  // Elsewhere H is an action, or a letter that is typed.
  const isLetter = ['keys', 'question'].includes(keyModeOf(view));
  return {
    key: isLetter ? 'H' : `${keys.control}+T`,
    text: seeing.themes[themeAfter(view.theme ?? 'standard')],
  };
}
