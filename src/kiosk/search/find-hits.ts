import type { SearchHit } from '../../domain/desk-pages.ts';
import type { SearchQueries } from './search-queries.ts';
import { nameTerms, reversed, TERM, type TermKind, WORD_END } from './search-terms.ts';
import { folded, wordsTyped } from './words.ts';

/** What a list on a screen takes. */
export const MOST_HITS = 50;
const PAGE = MOST_HITS + 1;
/** Fewer last digits are half of all cards. */
const LEAST_LAST_DIGITS = 3;

/** A newer question has come: nobody wants this answer any more. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
  constructor() {
    super('search the copy: a newer search has come');
  }
}

export interface Found {
  readonly hits: readonly SearchHit[];
  /** There are more than these. */
  readonly isMore: boolean;
}

type Words = ReturnType<typeof wordsTyped>;

/** One place to look. */
type Step = (pause: () => void) => Iterable<readonly [kind: SearchHit['kind'], id: string]>;

/**
 * The first fifty that a text finds in a copy. Whole words, logins, addresses, labels and numbers come before the beginnings of
 * such, names before all else. Each word that was typed has to be the beginning of a word of the name; a login, an address,
 * a label and a number are compared with the text as a whole.
 * @param pause called every few milliseconds; @throws what it throws
 */
export function findHits(queries: SearchQueries, text: string, pause: () => void): Found {
  const keys = new Set<string>();
  const hits: SearchHit[] = [];
  const words = wordsTyped(text);
  for (const step of stepsOf(queries, text, words)) {
    const found: SearchHit[] = [];
    for (const [kind, id] of step(pause)) {
      const key = `${kind} ${id}`;
      const hit = keys.has(key) ? undefined : hitOf(queries, kind, id);
      if (!hit) continue;
      keys.add(key);
      found.push(hit);
      if (keys.size > MOST_HITS) break;
    }
    hits.push(...(words.length > 1 ? sorted(found, words[0]!) : found));
    if (keys.size > MOST_HITS) break;
  }
  return { hits: hits.slice(0, MOST_HITS), isMore: hits.length > MOST_HITS };
}

function hitOf(queries: SearchQueries, kind: SearchHit['kind'], id: string): SearchHit | undefined {
  return kind === 'person' ? queries.personHit(id) : queries.cardHit(id);
}

function* stepsOf(queries: SearchQueries, text: string, words: Words): Generator<Step> {
  const whole = folded(text);
  const digits = text.replaceAll(/[\s.-]/g, '');
  const isNumber = /^[0-9]{1,40}$/.test(digits);
  for (const end of [WORD_END, '']) {
    const terms = (of: SearchHit['kind'], kind: TermKind) => termStep(queries, of, kind, whole + end);
    if (words.length > 0) yield names(queries, words, end);
    if (whole !== '') {
      yield terms('person', TERM.login);
      yield terms('person', TERM.mail);
      yield terms('card', TERM.label);
    }
    if (isNumber) yield serials(queries, digits, end !== '');
  }
  if (isNumber && digits.length >= LEAST_LAST_DIGITS)
    yield termStep(queries, 'card', TERM.end, reversed(digits));
}

/** What has a term that begins so. */
function termStep(queries: SearchQueries, of: SearchHit['kind'], kind: TermKind, start: string): Step {
  return function* (pause) {
    for (const id of queries.ids(kind, start, [], { page: PAGE, pause })) yield [of, id];
  };
}

function serials(queries: SearchQueries, digits: string, isWhole: boolean): Step {
  return function* () {
    for (const id of queries.cardsBySerial(digits, isWhole, PAGE)) yield ['card', id];
  };
}

/** By the rarest word: those whose names have it are looked through for the others. */
function names(queries: SearchQueries, words: Words, end: string): Step {
  return function* (pause) {
    const starts = words.map((spellings) => spellings.map((word) => word + end));
    const rarest = starts.length === 1 ? 0 : indexOfLeast(starts.map((each) => frequency(queries, each)));
    const others = starts.toSpliced(rarest, 1).map((each) => each.map((start) => ` ${start}`));
    for (const start of starts[rarest]!)
      for (const id of queries.ids(TERM.name, start, others, { page: PAGE, pause })) yield ['person', id];
  };
}

function frequency(queries: SearchQueries, starts: readonly string[]): number {
  return starts.map((start) => queries.count(TERM.name, start)).reduce((sum, count) => sum + count, 0);
}

function indexOfLeast(numbers: readonly number[]): number {
  return numbers.indexOf(Math.min(...numbers));
}

/** By the word that the first of those typed was found in, and the rest of the name. */
function sorted(hits: readonly SearchHit[], spellings: readonly string[]): SearchHit[] {
  const found = ({ displayName }: SearchHit) =>
    nameTerms(displayName)
      .filter((term) => spellings.some((word) => term.startsWith(word)))
      .sort()[0] ?? '';
  const keyed = hits.map((hit) => ({ hit, key: `${found(hit)}${hit.personId}` }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ hit }) => hit);
}
