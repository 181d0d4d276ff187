import type { OfferedReason } from '../../src/domain/reason.ts';
import type { Language } from '../../src/flows/kiosk-view.ts';
import { plainText } from '../plain-text.ts';
import type { KeyUse, RefusalText, Texts } from './catalogue.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { isScreenCode } from './screen-codes.ts';

/** The message catalogue: everything that is said, by language. */
export const TEXTS: Readonly<Record<Language, Texts>> = { en, de, fr, es };

/** What a refusal says; a general text where the code has no words of its own. */
export function refusalText(texts: Texts, code: string): RefusalText {
  return isScreenCode(code) ? texts.refusals[code] : texts.unknownRefusal;
}

/** A reason's title in the reader's language, else in English, else its code. */
export function reasonTitle(reason: OfferedReason, language: Language): string {
  return plainText(reason.titles[language] ?? reason.titles.en ?? reason.code);
}

/** What the key in a slot is good for. @param slot key reference in hex */
export function keyUse(slot: string | null): KeyUse {
  if (slot === '9A') return 'signIn';
  if (slot === '9C') return 'sign';
  if (slot === '9D') return 'encrypt';
  if (slot === '9E') return 'doors';
  return slot !== null && /^8[2-9A-F]$|^9[0-5]$/.test(slot) ? 'oldEncrypt' : 'other';
}
