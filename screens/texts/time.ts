import { frenchDate } from '../../src/domain/french-typography.ts';
import type { Language } from '../../src/flows/kiosk-view.ts';
import { plainText } from '../plain-text.ts';
import type { Texts } from './catalogue.ts';

/** Letters of what is not a time. */
const LONGEST_AS_IT_IS = 24;
/** Day before month in all, and the month in letters: nobody has to guess. */
const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
};

/**
 * A day as its reader writes it (31 December 2032, 31. Dezember 2032, 1er janvier 2033). In UTC, as the card's own expiry date is.
 * @param instant ISO 8601; what is not a time is shown as it is
 */
export function dayText(instant: string, language: Language): string {
  const day = format(instant, language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return language === 'fr' ? frenchDate(day) : day;
}

/** As `dayText`, with the month cut short, for tables (31 Dec 2032, 31. Dez. 2032). */
export function shortDayText(instant: string, language: Language): string {
  return format(instant, language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** Day and time in the kiosk's time zone (22 Nov 2026, 10:42). @param instant ISO 8601 */
export function momentText(instant: string, language: Language): string {
  return format(instant, language, {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hour12: false },
  });
}

/** HH:MM in the kiosk's time zone, in every language. It is in each frame: without Intl. @param instant ISO 8601 */
export function clockText(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return asItIs(instant);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

function format(instant: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime())
    ? asItIs(instant)
    : new Intl.DateTimeFormat(LOCALES[language], options).format(date);
}

function asItIs(instant: string): string {
  return plainText(instant).slice(0, LONGEST_AS_IT_IS);
}

/** A length of time in one unit, rounded up (42 seconds, 3 minutes, 5 hours). */
export function durationText(seconds: number, texts: Texts): string {
  const { count, unit } = inOneUnit(seconds);
  return texts[unit](count);
}

/** As `durationText`, with the sign of the unit, which is the same in every language (42 s, 3 min, 5 h). */
export function briefDurationText(seconds: number): string {
  const { count, unit } = inOneUnit(seconds);
  return `${count} ${UNIT_SIGNS[unit]}`;
}

const UNIT_SIGNS = { seconds: 's', minutes: 'min', hours: 'h' } as const;

function inOneUnit(seconds: number): { readonly count: number; readonly unit: keyof typeof UNIT_SIGNS } {
  if (seconds < 100) return { count: Math.max(0, Math.ceil(seconds)), unit: 'seconds' };
  if (seconds < 100 * 60) return { count: Math.ceil(seconds / 60), unit: 'minutes' };
  return { count: Math.ceil(seconds / 3600), unit: 'hours' };
}

/** How long still, in steps coarse enough not to flicker: a few seconds, then tens, then minutes (UX-03). */
export function remainingText(remainingMs: number, texts: Texts): string {
  const seconds = remainingMs / 1000;
  if (!(seconds > 5)) return texts.writing.aFewSeconds;
  const rounded = Math.ceil(seconds / 10) * 10;
  return texts.writing.remaining(
    rounded <= 90 ? texts.seconds(rounded) : texts.minutes(Math.ceil(seconds / 60)),
  );
}
