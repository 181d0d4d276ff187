/** Words as they are compared in a search: without case and marks, so that `muller`, `mueller` and `Müller` are found by each other. */

/** Letters that no normalisation takes apart. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n' },
};
/** How they are written where there is no such key. */
const SPELLED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** ASCII without control characters. */
const SIMPLE = /^[ -~]*$/;
const MOST_WORDS = 8;
const LONGEST_WORD = 40;

/** A text without case, marks and control characters, for what is compared as a whole. */
export function folded(text: string): string {
  const plain = plainLetters(text.toLowerCase()).replace(/[\s\p{C}]+/gu, ' ');
  return plain.trim();
}

/**
 * The words of a name, each in all spellings that somebody may search it by: `D'Örfler` is `dorfler`, `doerfler`, `orfler`,
 * `oerfler`. The first eight count, and of each its first forty letters.
 */
export function wordsOfName(name: string): readonly (readonly string[])[] {
  return split(name).map((word) => {
    const [first = '', ...others] = word.split("'");
    const ends = others.map((_, index) => others.slice(index).join('')).filter((end) => end.length > 1);
    return unique([first + others.join(''), ...ends].flatMap(spellings));
  });
}

/** The words that somebody has typed, each in the spellings that it may stand for. */
export function wordsTyped(text: string): readonly (readonly string[])[] {
  return split(text)
    .map((word) => unique(spellings(word.replaceAll("'", ''))))
    .filter((word) => word.length > 0);
}

/** Lower case, `'` for every apostrophe. */
function split(text: string): string[] {
  const lower = text.toLowerCase();
  // Most names, and three times as quick.
  if (SIMPLE.test(lower)) return (lower.match(/[a-z0-9']+/g) ?? []).filter(hasLetter).slice(0, MOST_WORDS);
  const letters = lower.normalize('NFC').replace(/[’ʼ‘`´]/g, "'");
  return (letters.match(/[\p{L}\p{N}\p{M}']+/gu) ?? []).filter(hasLetter).slice(0, MOST_WORDS);
}

function hasLetter(word: string): boolean {
  return /[^']/.test(word);
}

function spellings(word: string): string[] {
  if (SIMPLE.test(word)) return [word.slice(0, LONGEST_WORD)];
  const spelled = word.replace(/[äöüøå]/g, (letter) => SPELLED[letter]!);
  const all = spelled === word ? [word] : [word, spelled];
  return all.map((one) => lettersOf(plainLetters(one)).slice(0, LONGEST_WORD)).filter((one) => one !== '');
}

function plainLetters(lower: string): string {
  if (SIMPLE.test(lower)) return lower;
  const bare = lower.normalize('NFKD').replace(/\p{M}+/gu, '');
  return bare.replace(/[ßæœøđðłþıħŋ]/g, (letter) => PLAIN[letter]!);
}

function lettersOf(text: string): string {
  return SIMPLE.test(text) ? text : text.replace(/[^\p{L}\p{N}]+/gu, '');
}

function unique(words: readonly string[]): readonly string[] {
  return words.length === 1 ? words : [...new Set(words)];
}
