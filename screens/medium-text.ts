import type { Language } from '../src/flows/kiosk-view.ts';

const PREFIXES = ['k', 'M', 'G', 'T'] as const;
const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
};

/** As it is printed on sticks: thousands, not 1,024s (3.2 GB, 3,2 GB, 3,2 Go). */
export function sizeText(bytes: number, language: Language): string {
  let value = Math.max(0, bytes) / 1000;
  let unit = 0;
  while (value >= 1000 && unit < PREFIXES.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);
  return `${number} ${PREFIXES[unit]}${language === 'fr' ? 'o' : 'B'}`;
}
