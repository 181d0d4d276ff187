/** What people and cards are found by, as rows of the table that the search reads in the order of its key. */
import { folded, wordsOfName } from './words.ts';

/** In the copy beside the tables of the contract. The thread of sync keeps it, in the transactions in which it writes rows. */
export const SEARCH_TABLE =
  'create table search_terms (kind integer not null, term text not null, id blob not null, primary key (kind, term, id)) without rowid';

/** After each word, so that whole words are the beginnings of terms too. */
export const WORD_END = ' ';

/**
 * name: each word of a name, and after it the others (`muller anna `). login, mail, label: as it is. end: a serial number or
 * label backwards, for who types its last digits. The beginning of a serial number is found by the index of cards.
 */
export const TERM = { name: 0, login: 1, mail: 2, label: 3, end: 4 } as const;
export type TermKind = (typeof TERM)[keyof typeof TERM];
export type Term = readonly [kind: TermKind, term: string];

export interface SearchedPerson {
  readonly displayName: string;
  readonly mail: string;
  readonly login: string | null;
}

export interface SearchedCard {
  readonly serial: string | null;
  readonly label: string | null;
}

/** No term twice. */
export function personTerms({ displayName, mail, login }: SearchedPerson): Term[] {
  const terms: Term[] = nameTerms(displayName).map((term) => [TERM.name, term]);
  if (login !== null && login !== '') terms.push([TERM.login, folded(login) + WORD_END]);
  if (mail !== '') terms.push([TERM.mail, folded(mail) + WORD_END]);
  return terms;
}

/** No term twice. */
export function cardTerms({ serial, label }: SearchedCard): Term[] {
  const terms: Term[] = [];
  if (serial !== null) terms.push([TERM.end, reversed(serial)]);
  if (label === null || label === '') return terms;
  const name = folded(label);
  terms.push([TERM.label, name + WORD_END]);
  if (name !== serial) terms.push([TERM.end, reversed(name)]);
  return terms;
}

/** Each spelling of each word of a name, followed by its other spellings and all other words. */
export function nameTerms(displayName: string): string[] {
  const words = wordsOfName(displayName);
  const terms = words.flatMap((spellings, index) => {
    const others = words.flatMap((other, at) => (at === index ? [] : other));
    return spellings.map((word) => {
      const same = spellings.filter((one) => one !== word);
      return [word, ...same, ...others, ''].join(WORD_END);
    });
  });
  return [...new Set(terms)];
}

export function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** A UUID in 16 bytes: half of what the index takes is ids. */
export function idBytes(id: string): Uint8Array {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function idText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20]].map(([from, to]) => hex.slice(from, to)).join('-');
}
