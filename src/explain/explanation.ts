import {
  CODE_OF_STEP,
  type ExplainTexts,
  OTHER_ERRORS,
  type OtherError,
  STEP_CODES,
  type StepCode,
} from '../../screens/texts/explain-catalogue.ts';
import { EXPLAIN_TEXTS } from '../../screens/texts/explain-texts.ts';
import { isScreenCode } from '../../screens/texts/screen-codes.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { STABLE_CODES, type StableCode } from '../domain/stable-codes.ts';
import { type ReadSupportCode, readSupportCode, type SupportFacts } from '../domain/support-code.ts';
import type { Language } from '../flows/kiosk-view.ts';
import { statusWordText } from './status-word-text.ts';

/** What is known of a stable code: why it comes, and what helps. A step has no remedy: nothing is wrong. */
export interface Explanation {
  readonly cause: string;
  readonly remedy: string | null;
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

/** Why it comes, and what the helpdesk can do. */
export function explain(code: StableCode, language: Language): Explanation {
  const explained = EXPLAIN_TEXTS[language];
  const texts = TEXTS[language];
  if (isStep(code)) return { cause: explained.steps[code], remedy: null };
  if (isOtherError(code)) {
    const { what, next } = explained.errors[code];
    return { cause: what, remedy: next };
  }
  const desk = texts.desk.refusals as Readonly<Partial<Record<string, { what: string; next: string }>>>;
  const helpdesk = explained.helpdesk[code as keyof typeof explained.helpdesk];
  if (isScreenCode(code)) {
    const { title, why, next } = texts.refusals[code];
    return { cause: `${title} ${why}`, remedy: helpdesk ?? desk[code]?.next ?? next };
  }
  const atDesk = desk[code];
  return { cause: atDesk?.what ?? explained.noCode, remedy: helpdesk ?? atDesk?.next ?? null };
}

/** Of a stable code. */
export function codeLines(code: StableCode, language: Language): ExplainedLines {
  const { labels, isStep: nothing } = EXPLAIN_TEXTS[language];
  const { cause, remedy } = explain(code, language);
  return [
    [labels.cause, cause],
    [labels.remedy, remedy ?? nothing],
  ];
}

/** Of a support code: its stable code, and what else it holds. */
export function supportLines(facts: SupportFacts, language: Language): ExplainedLines {
  const words = EXPLAIN_TEXTS[language];
  const { labels, notKnown } = words;
  const { code, step, statusWord, reader, family, version } = facts;
  const about = code === null ? ([[labels.cause, words.noCode]] as const) : codeLines(code, language);
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
