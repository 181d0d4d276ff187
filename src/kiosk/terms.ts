import type { AcceptedTerms, TermsView } from '../flows/walk-up-state.ts';
import type { Terms, termsAnswer } from '../protocol/operation.ts';

/** Spoken where terms are not there in the language that was chosen. */
const FALLBACK = 'en';

/** Terms in the language that is spoken, else in English, else in whichever there is (RP-19); null: there are none. */
export function termsIn(terms: Terms | null, spoken: string): TermsView | null {
  if (terms === null) return null;
  const { id, texts } = terms;
  const language = [spoken, FALLBACK].find((one) => Object.hasOwn(texts, one)) ?? Object.keys(texts)[0];
  const text = language === undefined ? undefined : texts[language];
  return language === undefined || text === undefined ? null : { id, language, text, texts };
}

/** As central is told of it, with whatever is begun; left out where there are none, since an older central does not know it. */
export function termsAnswerOf(
  accepted: AcceptedTerms | null,
): Partial<Record<keyof typeof termsAnswer, string>> {
  return accepted === null ? {} : { acceptsTerms: accepted.id, termsLanguage: accepted.language };
}
