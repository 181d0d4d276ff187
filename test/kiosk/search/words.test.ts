import { expect, test } from 'vitest';
import { folded, wordsOfName, wordsTyped } from '../../../src/kiosk/search/words.ts';

test.each([
  ['Anna Müller', [['anna'], ['muller', 'mueller']]],
  ['Élise Nuñez-Łącki', [['elise'], ['nunez'], ['lacki']]],
  [
    'Søren Åkes',
    [
      ['soren', 'soeren'],
      ['akes', 'aakes'],
    ],
  ],
  ['Jörg Weiß', [['jorg', 'joerg'], ['weiss']]],
  ['Mu\u0308ller', [['muller', 'mueller']]],
  ['ÖZTÜRK', [['ozturk', 'oeztuerk']]],
  ['İpek Işık', [['ipek'], ['isik']]],
  ["Seán O'Brien", [['sean'], ['obrien', 'brien']]],
  ['Jean d’Örfler', [['jean'], ['dorfler', 'doerfler', 'orfler', 'oerfler']]],
  ['王小明', [['王小明']]],
  ['  Dr.  Ana , ', [['dr'], ['ana']]],
  ["'' – ·", []],
  ['', []],
])('the name %s is found by its words in each spelling', (name, words) => {
  expect(wordsOfName(name)).toEqual(words);
});

test('what is typed stands for both spellings of an umlaut, and an apostrophe is no end of a word', () => {
  expect(wordsTyped("mül o'b")).toEqual([['mul', 'muel'], ['ob']]);
  expect(wordsTyped('mueller')).toEqual([['mueller']]);
});

test('of a name no more than eight words count, of a word no more than forty letters', () => {
  const long = wordsOfName(Array.from({ length: 20 }, (_, n) => `${'x'.repeat(50)}${n}`).join(' '));
  expect(long).toEqual(Array.from({ length: 8 }, () => ['x'.repeat(40)]));
});

test('addresses and labels are compared without case, marks and what cannot be seen', () => {
  expect(folded('  Jörg.Weiß@Example.org\u0007 ')).toBe('jorg.weiss@example.org');
  expect(folded('HQ\u00a0 \t12')).toBe('hq 12');
});
