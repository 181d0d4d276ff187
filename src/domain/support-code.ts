import { CARD_FAMILIES, type CardFamily } from './card-family.ts';
import { CHARACTER_BITS, characterOf, checkValueOf, valueOfCharacter } from './check-character.ts';
import { READER_KINDS, type ReaderKind } from './reader-kind.ts';
import { STABLE_CODES, type StableCode } from './stable-codes.ts';
import { SUPPORT_STEPS, type SupportStep } from './support-steps.ts';

/** What a support code tells: what went wrong, where, and with what kind of equipment. Nothing of a person, of a card or of a secret. */
export interface SupportFacts {
  /** Null: one that has no place in the list. */
  readonly code: StableCode | null;
  /** Where the cardholder was; null: nowhere in the list. */
  readonly step: SupportStep | null;
  /** Of the card's last answer, where that was what went wrong: 0–FFFF. */
  readonly statusWord: number | null;
  readonly reader: ReaderKind;
  readonly family: CardFamily;
  /** Of the kiosk; null: one that does not fit in. */
  readonly version: string | null;
}

/** What was read: `malformed` is no support code, `mistyped` has a wrong character, `newer` is of a later Recard than this. */
export type ReadSupportCode =
  | { readonly kind: 'read'; readonly facts: SupportFacts }
  | { readonly kind: 'malformed' | 'mistyped' | 'newer' };

/** Eleven characters that tell something, and one that checks them. */
const LENGTH = 12;
const GROUP = 4;

/** How many values each part has, in the order in which they are put together. They fill three quarters of 55 bits; what is above is for later forms. */
const RADIXES = {
  code: 1024,
  step: 64,
  statusWord: 65_537,
  reader: 24,
  family: 16,
  version: 16_385,
} as const;
type Part = keyof typeof RADIXES;
const PARTS: readonly Part[] = ['code', 'step', 'statusWord', 'reader', 'family', 'version'];
/** Of a version: major, minor, patch. */
const VERSION_RADIXES = [8, 64, 32] as const;

/** Twelve characters in groups: `7K2M-9QPX-41TD`. */
export function supportCodeOf(facts: SupportFacts): string {
  const numbers = numbersOf(facts);
  let whole = PARTS.reduce((sum, part) => sum * BigInt(RADIXES[part]) + BigInt(numbers[part]), 0n);
  const values: number[] = [];
  while (values.length < LENGTH - 1) {
    values.unshift(Number(whole & 31n));
    whole >>= BigInt(CHARACTER_BITS);
  }
  const characters = [...values, checkValueOf(values)].map(characterOf).join('');
  return characters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}

/** Reads one as somebody has typed it: upper and lower case, dashes and blanks do not matter. */
export function readSupportCode(text: string): ReadSupportCode {
  const values = [...text.replace(/[\s-]/g, '')].map(valueOfCharacter);
  if (values.length !== LENGTH || values.includes(null)) return { kind: 'malformed' };
  const [check, ...rest] = (values as number[]).toReversed();
  const telling = rest.toReversed();
  if (checkValueOf(telling) !== check) return { kind: 'mistyped' };
  let whole = telling.reduce((sum, value) => (sum << BigInt(CHARACTER_BITS)) + BigInt(value), 0n);
  const numbers: Partial<Record<Part, number>> = {};
  for (const part of PARTS.toReversed()) {
    numbers[part] = Number(whole % BigInt(RADIXES[part]));
    whole /= BigInt(RADIXES[part]);
  }
  return whole > 0n ? { kind: 'newer' } : factsOf(numbers as Readonly<Record<Part, number>>);
}

/** 0 stands for nothing where there may be nothing. */
function numbersOf({ code, step, statusWord, reader, family, version }: SupportFacts): Record<Part, number> {
  return {
    code: code === null ? 0 : STABLE_CODES.indexOf(code) + 1,
    step: step === null ? 0 : SUPPORT_STEPS.indexOf(step) + 1,
    statusWord: statusWord === null ? 0 : (statusWord & 0xffff) + 1,
    reader: READER_KINDS.indexOf(reader),
    family: CARD_FAMILIES.indexOf(family),
    version: version === null ? 0 : versionNumber(version),
  };
}

function factsOf(numbers: Readonly<Record<Part, number>>): ReadSupportCode {
  const code = STABLE_CODES[numbers.code - 1] ?? null;
  const step = SUPPORT_STEPS[numbers.step - 1] ?? null;
  const reader = READER_KINDS[numbers.reader];
  const family = CARD_FAMILIES[numbers.family];
  const isUnknown = (number: number, found: unknown) => number > 0 && found === null;
  if (isUnknown(numbers.code, code) || isUnknown(numbers.step, step) || !reader || !family)
    return { kind: 'newer' };
  const statusWord = numbers.statusWord === 0 ? null : numbers.statusWord - 1;
  const version = versionText(numbers.version);
  return { kind: 'read', facts: { code, step, statusWord, reader, family, version } };
}

/** 0 where a part is too large, or it is none. */
function versionNumber(version: string): number {
  const parts = /^([0-9]+)\.([0-9]+)\.([0-9]+)$/.exec(version)?.slice(1).map(Number);
  if (!parts?.every((part, i) => part < VERSION_RADIXES[i]!)) return 0;
  return parts.reduce((sum, part, i) => sum * VERSION_RADIXES[i]! + part, 0) + 1;
}

function versionText(number: number): string | null {
  if (number === 0) return null;
  const [, minor, patch] = VERSION_RADIXES;
  const rest = number - 1;
  return [Math.floor(rest / (minor * patch)), Math.floor(rest / patch) % minor, rest % patch].join('.');
}
