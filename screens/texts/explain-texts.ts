import type { Language } from '../../src/flows/kiosk-view.ts';
import { deExplain } from './de/explain.ts';
import { enExplain } from './en/explain.ts';
import { esExplain } from './es/explain.ts';
import type { ExplainTexts } from './explain-catalogue.ts';
import { frExplain } from './fr/explain.ts';

/** What `recard explain` says, by language. No screen loads it. */
export const EXPLAIN_TEXTS: Readonly<Record<Language, ExplainTexts>> = {
  en: enExplain,
  de: deExplain,
  fr: frExplain,
  es: esExplain,
};
