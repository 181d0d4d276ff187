/** The words of a mail; they are in texts-en.ts and its neighbours, one a language. */
import type { RequestKind } from '../../domain/request.ts';
import type { MailFacts, MailKind } from './mail-kinds.ts';
import type { MailLanguage } from './mail-settings.ts';
import { GERMAN } from './texts-de.ts';
import { ENGLISH } from './texts-en.ts';
import { SPANISH } from './texts-es.ts';
import { FRENCH } from './texts-fr.ts';

/** test: it tells nothing, and is in no table. */
export type TextKind = MailKind | 'test';

export interface MailTexts {
  /** BCP 47, for dates. */
  readonly locale: string;
  readonly subjects: Readonly<Record<TextKind, string>>;
  /** Follows the greeting: as that ends, it begins with a small letter or a capital. */
  readonly happened: Readonly<Record<TextKind, string>>;
  /** A detail, in a line of its own. */
  readonly labelled: (label: string, value: string) => string;
  readonly labels: Readonly<Record<'when' | 'code' | keyof MailFacts, string>>;
  readonly card: (lastFour: string) => string;
  readonly onto: Readonly<Record<RequestKind, string>>;
  readonly by: Readonly<Record<NonNullable<MailFacts['by']>, string>>;
  readonly greeting: (name: string) => string;
  /** waiting: it can still be stopped. byOthers: it was never for the person to do. */
  readonly ifNotYou: Readonly<Record<'done' | 'waiting' | 'byOthers' | 'code', string>>;
  readonly end: string;
}

export const MAIL_TEXTS: Readonly<Record<MailLanguage, MailTexts>> = {
  ...{ en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH },
};
