import {
  CODE_OF_STEP,
  type ExplainTexts,
  OTHER_ERRORS,
  type OtherError,
  STEP_CODES,
  type StepCode,
  UNFINISHED,
} from '../../screens/texts/explain-catalogue.ts';
import { EXPLAIN_TEXTS } from '../../screens/texts/explain-texts.ts';
import { isScreenCode, type ScreenCode } from '../../screens/texts/screen-codes.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { STABLE_CODES, type StableCode } from '../domain/stable-codes.ts';
import { type ReadSupportCode, readSupportCode, type SupportFacts } from '../domain/support-code.ts';
import type { SupportStep } from '../domain/support-steps.ts';
import type { Language } from '../flows/kiosk-view.ts';
import { statusWordText } from './status-word-text.ts';

/** What is known of a stable code: why it comes, and what helps. A step has no remedy: nothing is wrong. */
export interface Explanation {
  readonly cause: string;
  readonly remedy: string | null;
  /** What an operator does who meets it at the desk, where that is something else; null where no desk comes into it. */
  readonly atDesk: string | null;
}

/** Labels and what stands beside them, from top to bottom. */
export type ExplainedLines = readonly (readonly [string, string])[];

/** What somebody has typed, or read off a picture. */
export type Asked = { readonly kind: 'stable'; readonly code: StableCode } | ReadSupportCode;

/** A stable code, a support code, or what its picture says: upper and lower case, blanks and dashes do not matter. */
export function readAsked(typed: string): Asked {
  const words = typed.trim().split(/\s+/);
  const whole = words.join('');
  const code = stableCodeLike(whole);
  if (code !== undefined) return { kind: 'stable', code };
  if (words[0]?.toUpperCase() !== 'RECARD') return readSupportCode(whole);
  // Of a picture the support code says all that the stable one behind it does.
  const rest = words.slice(1);
  const alone = stableCodeLike(rest.join(''));
  if (alone !== undefined) return { kind: 'stable', code: alone };
  const isTwo = rest.length > 1 && stableCodeLike(rest.at(-1)!) !== undefined;
  return readSupportCode((isTwo ? rest.slice(0, -1) : rest).join(''));
}

/**
 * Why it comes, and what the helpdesk can do. Some codes come to a cardholder and at the operator's desk, where they want different things.
 * @param step of a support code, which only a cardholder's screen shows; null: nothing is known of where it was
 */
export function explain(code: StableCode, language: Language, step: SupportStep | null = null): Explanation {
  const explained = EXPLAIN_TEXTS[language];
  if (isStep(code)) return { cause: explained.steps[code], remedy: null, atDesk: null };
  if (isOtherError(code)) {
    const { what, next } = explained.errors[code];
    return { cause: what, remedy: next, atDesk: null };
  }
  const texts = TEXTS[language];
  const desk = texts.desk.refusals as Readonly<Partial<Record<string, { what: string; next: string }>>>;
  const helpdesk = explained.helpdesk[code as keyof typeof explained.helpdesk];
  const atDesk = desk[code];
  if (!isScreenCode(code))
    return {
      cause: atDesk?.what ?? explained.noCode,
      remedy: helpdesk ?? atDesk?.next ?? null,
      atDesk: null,
    };
  const { title, why, next } = texts.refusals[code];
  const remedy = helpdesk ?? (isForHelpdesk(code) ? atDesk?.next : undefined) ?? next;
  const isOther = step === null && atDesk !== undefined && atDesk.next !== remedy;
  return {
    cause: `${title} ${why}`,
    remedy: isCutOff(code, step) ? `${remedy} ${explained.isFinished}` : remedy,
    atDesk: isOther ? atDesk.next : null,
  };
}

/** The screen sends the cardholder to the helpdesk, which does then what an operator would. */
function isForHelpdesk(code: ScreenCode): boolean {
  // The same in every language.
  return TEXTS.en.refusals[code].next.includes('helpdesk');
}

/** The card was being written, and goes on when it is in again (RP-17). */
function isCutOff(code: StableCode, step: SupportStep | null): boolean {
  return (step === 'writing' || step === 'written') && (UNFINISHED as readonly string[]).includes(code);
}

/** Of a stable code. @param step of the support code that it is from */
export function codeLines(
  code: StableCode,
  language: Language,
  step: SupportStep | null = null,
): ExplainedLines {
  const { labels, isStep: nothing } = EXPLAIN_TEXTS[language];
  const { cause, remedy, atDesk } = explain(code, language, step);
  return [
    [labels.cause, cause],
    [labels.remedy, remedy ?? nothing],
    ...(atDesk === null ? [] : [[labels.atDesk, atDesk] as const]),
  ];
}

/** Of a support code: its stable code, and what else it holds. */
export function supportLines(facts: SupportFacts, language: Language): ExplainedLines {
  const words = EXPLAIN_TEXTS[language];
  const { labels, notKnown } = words;
  const { code, step, statusWord, reader, family, version } = facts;
  const about = code === null ? ([[labels.cause, words.noCode]] as const) : codeLines(code, language, step);
  const where = step === null ? null : CODE_OF_STEP[step];
  return [
    ...about,
    ...(where === null ? [] : [[labels.step, `${words.steps[where]} (${where})`] as const]),
    ...(statusWord === null ? [] : [[labels.answer, statusWordText(statusWord, words)] as const]),
    [labels.reader, equipmentText(reader, words)],
    [labels.card, equipmentText(family, words)],
    [labels.kiosk, version === null ? notKnown : `Recard ${version}`],
  ];
}

/** Makes and families go by their own names. */
function equipmentText(name: string, { none, other, contactless, virtual }: ExplainTexts): string {
  const words: Readonly<Partial<Record<string, string>>> = { none, other, contactless, virtual };
  return words[name] ?? name;
}

function stableCodeLike(text: string): StableCode | undefined {
  const bare = (one: string) => one.replaceAll('-', '').toUpperCase();
  return STABLE_CODES.find((code) => bare(code) === bare(text));
}

function isStep(code: StableCode): code is StepCode {
  return (STEP_CODES as readonly string[]).includes(code);
}

function isOtherError(code: StableCode): code is OtherError {
  return (OTHER_ERRORS as readonly string[]).includes(code);
}
