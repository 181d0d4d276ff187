import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildSearchIndex } from '../../../src/kiosk/copy/search-index.ts';
import { findHits } from '../../../src/kiosk/search/find-hits.ts';
import { openSearched } from '../../../src/kiosk/search/open-searched.ts';
import {
  cardId,
  cardRow,
  personId,
  personRow,
  type RowChange,
  SearchedFile,
  SOURCE,
  type WorldCard,
  type WorldPerson,
} from './search-bench.ts';

const word = fc.string({ unit: fc.constantFrom(...'aabbeuüäÄéß'), minLength: 1, maxLength: 4 });
const name = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .chain((words) => fc.constantFrom(words.join(' '), words.join('-'), ` ${words.join('  ')}`));
const mail = fc.tuple(word, word).map((words) => `${words.join('.')}@a.example`);
const serial = fc.integer({ min: 1, max: 2100 }).map((n) => String(n * 7));
const label = fc.oneof(
  word,
  fc.tuple(word, serial).map((parts) => parts.join(' ')),
);
const PLACES = 12;
const place = fc.nat(PLACES - 1);

const person: fc.Arbitrary<WorldPerson> = fc.record({
  ...{ n: place, name, mail, login: fc.option(word) },
});
const card: fc.Arbitrary<WorldCard> = fc.record({
  ...{ n: place, holder: place, serial: fc.option(serial), label: fc.option(label) },
});
const text = fc.oneof(
  name,
  word,
  mail.map((one) => one.slice(0, 5)),
  label,
  serial.map((one) => one.slice(0, 2)),
  serial.map((one) => one.slice(-3)),
  fc.tuple(word, word).map((words) => words.join(' ').toUpperCase()),
  fc.string({ maxLength: 6 }),
);
/** Who comes, changes or goes. */
const change = fc.oneof(
  person,
  card,
  place.map((gone) => ({ gone })),
  place.map((goneCard) => ({ goneCard })),
);
type Change = WorldPerson | WorldCard | { readonly gone: number } | { readonly goneCard: number };

/** What is there, by place. Each chip serial is on one card, each login is somebody's alone. */
class World {
  readonly people = new Map<number, WorldPerson>();
  readonly cards = new Map<number, WorldCard>();

  put(what: Change): RowChange {
    if ('gone' in what) this.people.delete(what.gone);
    if ('gone' in what) return ['person', personId(what.gone), null];
    if ('goneCard' in what) this.cards.delete(what.goneCard);
    if ('goneCard' in what) return ['card', cardId(what.goneCard), null];
    if ('holder' in what) this.cards.set(what.n, what);
    if ('holder' in what) return ['card', cardId(what.n), cardRow(what)];
    this.people.set(what.n, what);
    return ['person', personId(what.n), personRow(what)];
  }
}

/** Said again, as plainly as can be: 0 whole, 1 beginning, 2 last digits, null not found. */
function rankOfPerson(typed: string, { name: full, mail: address, login }: WorldPerson): number | null {
  const words = wordsIn(full);
  const wanted = wordsIn(typed);
  const whole = simple(typed);
  const isWord = (test: (one: string, typed: string) => boolean) =>
    wanted.length > 0 &&
    wanted.every((spellings) => spellings.some((each) => words.flat().some((one) => test(one, each))));
  const isText = (test: (one: string) => boolean) =>
    whole !== '' && [address, login ?? ''].some((one) => one !== '' && test(`${simple(one)} `));
  if (isWord((one, each) => one === each) || isText((one) => one.startsWith(`${whole} `))) return 0;
  return isWord((one, each) => one.startsWith(each)) || isText((one) => one.startsWith(whole)) ? 1 : null;
}

function rankOfCard(typed: string, { serial: number, label: given }: WorldCard): number | null {
  const whole = simple(typed);
  const digits = typed.replaceAll(/[\s.-]/g, '');
  const isNumber = /^[0-9]+$/.test(digits);
  const named = given === null || given === '' ? null : `${simple(given)} `;
  if (isNumber && number === digits) return 0;
  if (whole !== '' && named?.startsWith(`${whole} `)) return 0;
  if (isNumber && number?.startsWith(digits)) return 1;
  if (whole !== '' && named?.startsWith(whole)) return 1;
  const isEnd = isNumber && digits.length >= 3;
  return isEnd && (number?.endsWith(digits) || named?.trimEnd().endsWith(digits)) ? 2 : null;
}

function wordsIn(full: string): string[][] {
  const words = full.toLowerCase().split(/[^\p{L}\p{N}\p{M}']+/u);
  const spelled = words.map((one) => [one, one.replaceAll('ä', 'ae').replaceAll('ü', 'ue')].map(letters));
  return spelled.filter(([one]) => one !== '');
}

function letters(one: string): string {
  return simple(one).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function simple(one: string): string {
  const plain = one.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  return plain.replace(/[\s\p{C}]+/gu, ' ').trim();
}

function find(file: SearchedFile, typed: string) {
  const copy = openSearched(file.path, SOURCE)!;
  const found = copy.atOnce(() => findHits(copy.queries, typed, () => undefined));
  copy.close();
  return found;
}

test('a search finds what a plain look at everybody finds, whole words first, whatever came, changed and went', () => {
  const run = fc.tuple(
    fc.array(fc.oneof(person, card), { maxLength: 12 }),
    fc.array(fc.array(change, { minLength: 1, maxLength: 6 }), { maxLength: 4 }),
    fc.array(text, { minLength: 5, maxLength: 12 }),
  );
  fc.assert(
    fc.property(run, ([start, batches, typed]) => {
      const world = new World();
      for (const one of start) world.put(one);
      const file = new SearchedFile([...world.people.values()], [...world.cards.values()]);
      try {
        for (const batch of batches) file.write(...batch.map((one) => world.put(one)));
        for (const one of typed) expectLikeOracle(file, world, one);
        expectLikeRebuilt(file);
      } finally {
        file.close();
      }
    }),
    { numRuns: 60 },
  );
});

function expectLikeOracle(file: SearchedFile, world: World, typed: string): void {
  const expected = new Map<string, number>();
  for (const one of world.people.values()) {
    const rank = rankOfPerson(typed, one);
    if (rank !== null) expected.set(personId(one.n), rank);
  }
  for (const one of world.cards.values()) {
    const rank = world.people.has(one.holder) ? rankOfCard(typed, one) : null;
    if (rank !== null) expected.set(cardId(one.n), rank);
  }
  const { hits, isMore } = find(file, typed);
  const ids = hits.map((hit) => (hit.kind === 'card' ? hit.cardId! : hit.personId));
  expect([...ids].sort(), JSON.stringify(typed)).toEqual([...expected.keys()].sort());
  const ranks = ids.map((id) => expected.get(id)!);
  expect(ranks, JSON.stringify(typed)).toEqual([...ranks].sort());
  expect(isMore).toBe(false);
}

/** The index that was kept is the one that would be made now. */
function expectLikeRebuilt(file: SearchedFile): void {
  const kept = file.terms();
  const db = new Database(file.path);
  db.exec('drop table search_terms');
  buildSearchIndex(db);
  db.close();
  expect(file.terms()).toEqual(kept);
}

const crowd = Array.from({ length: 300 }, (_, n) => ({
  ...{ n, name: `Anna ${['Anders', 'Bauer', 'An', 'Zimmer'][n % 4]} ${n}` },
  ...{ mail: `anna${n}@example.org`, login: null },
}));

test('of many no more than fifty are listed, with a word that there are more, and whole words are among them', () => {
  const file = new SearchedFile(crowd, []);
  const { hits, isMore } = find(file, 'an');
  expect([hits.length, isMore]).toEqual([50, true]);
  expect(hits.every(({ displayName }) => displayName.includes(' An '))).toBe(true);
  expect(new Set(hits.map(({ personId: id }) => id)).size).toBe(50);
  const narrowed = find(file, 'zim an 29');
  expect(narrowed.hits.map(({ displayName }) => displayName)).toEqual(
    ['Anna Zimmer 299', 'Anna Zimmer 295', 'Anna Zimmer 291'].toReversed(),
  );
  file.close();
});

test('names that twenty thousand people have are looked through to their end', () => {
  const same = Array.from({ length: 45_000 }, (_, n) => ({ n, name: 'Anna Müller', mail: '', login: null }));
  const file = new SearchedFile(
    [...same, { n: 50_000, name: 'Anna Müller Last', mail: '', login: null }],
    [],
  );
  expect(find(file, 'müller an la').hits.map(({ displayName }) => displayName)).toEqual(['Anna Müller Last']);
  file.close();
});
