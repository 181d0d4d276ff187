import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerOf,
  commandOf,
  type KeyFlags,
  keyNames,
  letterCommands,
  textCommands,
} from '../../screens/key-map.ts';

/** What Ink reports → which keys it was. */
const TABLE: readonly (readonly [string, string, KeyFlags, readonly string[]])[] = [
  ['Enter', '\r', {}, ['enter']],
  ['a line feed', '\n', {}, ['enter']],
  ['Esc', '', { escape: true }, ['esc']],
  ['Esc twice, which Ink calls meta', '', { escape: true, meta: true }, ['esc']],
  ['an arrow up', '', { upArrow: true }, ['up']],
  ['an arrow down', '', { downArrow: true }, ['down']],
  ['Backspace', '', { backspace: true }, ['backspace']],
  ['Delete', '', { delete: true }, ['backspace']],
  ['Tab', '', { tab: true }, ['tab']],
  ['a digit', '7', {}, ['7']],
  ['the space bar', ' ', {}, ['space']],
  ['a small c', 'c', {}, ['c']],
  ['a capital C', 'C', {}, ['c']],
  ['an n', 'N', {}, ['n']],
  ['a yes in two languages', 'y', {}, ['y']],
  ['a yes in two others', 's', {}, ['s']],
  ['a yes behind digits and Enter', '123456\ry', {}, ['1', '2', '3', '4', '5', '6', 'enter']],
  ['another letter', 'x', {}, []],
  ['a capital O', 'O', {}, ['o']],
  ['a PIN with its Enter in one piece', '1234\r', {}, ['1', '2', '3', '4', 'enter']],
  ['a bounced Enter', '\r\r', {}, ['enter']],
  ['Enter as two characters', '1\r\n', {}, ['1', 'enter']],
  ['two Enters with something between', '\r1\r', {}, ['enter', '1', 'enter']],
  ['digits and Backspace in one piece', '12\x7f3', {}, ['1', '2', 'backspace', '3']],
  ['a pasted word with a c in it', 'accept', {}, []],
  ['a pasted number with spaces', '123 456', {}, ['1', '2', '3', '4', '5', '6']],
  ['1,000 pasted digits', '1'.repeat(1000), {}, []],
  ['1,000 pasted letters', 'c'.repeat(1000), {}, []],
  ['1,000 pasted Enters', '\r'.repeat(1000), {}, []],
  ['the start of a bracketed paste', '[200~', {}, []],
  ['the end of a bracketed paste', '[201~', {}, []],
  ['an unknown sequence that ends in c', '[?62;22c', {}, []],
  ['an unknown sequence of a keypad', 'O5P', {}, []],
  ['half a sequence', '[', {}, []],
  ['Ctrl+N', 'n', { ctrl: true }, ['ctrl+n']],
  ['Ctrl+C', 'c', { ctrl: true }, ['ctrl+c']],
  ['two control keys in one piece', '\x0e\x10', {}, ['ctrl+n', 'ctrl+p']],
  ['Alt and a digit', '1', { meta: true }, []],
  ['a released key', '1', { eventType: 'release' }, []],
  ['digits of another script', '١٢٣', {}, []],
  ['nothing', '', {}, []],
];

describe('The keys', () => {
  it.each(TABLE)('are read from %s', (_, input, key, names) => {
    expect(keyNames(input, key)).toEqual(names);
  });

  it('say what they say everywhere', () => {
    expect(
      ['enter', 'esc', 'up', 'down', 'backspace', 'tab', 'c', 'n', 'y', 'j', '0', '9'].map(commandOf),
    ).toEqual([
      { kind: 'confirm' },
      { kind: 'back' },
      { kind: 'up' },
      { kind: 'down' },
      { kind: 'erase' },
      { kind: 'nextLanguage' },
      { kind: 'changeCard' },
      { kind: 'otherWay' },
      { kind: 'yes' },
      { kind: 'yes' },
      { kind: 'digit', digit: 0 },
      { kind: 'digit', digit: 9 },
    ]);
    expect(commandOf('ctrl+l')).toEqual({ kind: 'nextLanguage' });
    expect(['ctrl+c', 's', 'x', 'constructor', '__proto__', '12', ''].map(commandOf)).toEqual(
      Array.from({ length: 7 }, () => null),
    );
  });

  it('say yes in every language where a yes is asked, and there no letter opens the desk', () => {
    expect(['y', 'j', 's', 'o', 'enter', 'n', 'x'].map((name) => answerOf(name, 'O')?.kind ?? null)).toEqual([
      ...['yes', 'yes', 'yes', 'yes', 'confirm', 'otherWay', null],
    ]);
  });

  it('do not take the key of the operators for a yes where another one is named', () => {
    expect(['y', 'j', 's', 'o'].map((name) => answerOf(name, 'Y')?.kind ?? null)).toEqual([
      ...['yes', 'yes', 'yes', null],
    ]);
  });

  it('never fail, and never say more than was typed, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom('\r', 'c', '1', '[', '\x1b', '~') }),
        ),
        fc.record(
          { ctrl: fc.boolean(), meta: fc.boolean(), escape: fc.boolean(), tab: fc.boolean() },
          { requiredKeys: [] },
        ),
        (input, key) => {
          const names = keyNames(input, key);
          expect(names.length).toBeLessThanOrEqual(Math.max(1, input.length));
          for (const name of names) commandOf(name);
        },
      ),
    );
  });
});

/** What is typed where a password is → its characters, and what else it says. */
const TYPED: readonly (readonly [string, string, KeyFlags, readonly string[]])[] = [
  ['a letter that is a key elsewhere', 'c', {}, ['c']],
  ['capitals, blanks and signs', 'N y[', {}, ['N', ' ', 'y', '[']],
  ['letters of other scripts, and signs beyond 16 bits', 'ß你🔑', {}, ['ß', '你', '🔑']],
  ['Enter', '\r', {}, ['confirm']],
  ['Backspace', '', { backspace: true }, ['erase']],
  ['Esc', '', { escape: true }, ['back']],
  ['Tab, which is no character', '\t', { tab: true }, ['nextLanguage']],
  ['an arrow', '', { upArrow: true }, []],
  ['Ctrl+N', 'n', { ctrl: true }, []],
  ['Alt and a letter', 'a', { meta: true }, []],
  ['a bracket by itself', '[', {}, ['[']],
  ['the start of a bracketed paste', '[200~', {}, []],
  ['an unknown sequence', 'OP', {}, []],
  ['what is pasted', 'a password from elsewhere', {}, []],
  ['control characters and halves of characters', 'a\x00\x1b\x9b\ud800b', {}, ['a', 'b']],
  ['a released key', 'a', { eventType: 'release' }, []],
];

describe('Where a password is typed', () => {
  it.each(TYPED)('the keys are read from %s', (_, input, key, expected) => {
    const said = textCommands(input, key).map((command) =>
      command.kind === 'character' ? String.fromCodePoint(command.codePoint) : command.kind,
    );
    expect(said).toEqual(expected);
  });

  it('whatever comes never fails, and gives printable characters only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (input) => {
        for (const command of textCommands(input, {}))
          if (command.kind === 'character')
            expect(String.fromCodePoint(command.codePoint)).not.toMatch(/\p{C}/u);
      }),
    );
  });
});

describe('At the operator’s desk', () => {
  const said = (commands: ReturnType<typeof letterCommands>) =>
    commands.map((command) => {
      if (command.kind === 'letter') return command.letter;
      if (command.kind === 'digit') return command.digit;
      return command.kind === 'character' ? String.fromCodePoint(command.codePoint) : command.kind;
    });
  const LETTERS: readonly (readonly [string, string, KeyFlags, readonly (string | number)[]])[] = [
    ['a small letter', 'r', {}, ['R']],
    ['a capital', 'X', {}, ['X']],
    ['letters that are keys elsewhere', 'o', {}, ['O']],
    ['a digit', '3', {}, [3]],
    ['a PIN with its Enter in one piece', '123456\r', {}, [1, 2, 3, 4, 5, 6, 'confirm']],
    ['Tab', '\t', { tab: true }, ['nextTab']],
    ['Tab as a character', '\t', {}, ['nextTab']],
    ['an arrow', '', { downArrow: true }, ['down']],
    ['Esc', '', { escape: true }, ['back']],
    ['the space bar', ' ', {}, ['toggle']],
    ['a pasted word', 'disable', {}, []],
    ['a letter of another script', 'ж', {}, []],
    ['Ctrl+R', 'r', { ctrl: true }, ['toggleReader']],
    ['Alt+R', 'r', { meta: true }, []],
    ['a released key', 'r', { eventType: 'release' }, []],
  ];

  it.each(LETTERS)('letters are actions: %s', (_, input, key, expected) => {
    expect(said(letterCommands(input, key))).toEqual(expected);
  });

  it.each([
    ['letters and blanks', 'Ó b', {}, ['Ó', ' ', 'b']],
    ['an arrow', '', { upArrow: true }, ['up']],
    ['Tab', '', { tab: true }, ['nextTab']],
    ['Enter', '\r', {}, ['confirm']],
    ['Backspace', '', { backspace: true }, ['erase']],
    ['what is pasted', 'a name from elsewhere', {}, []],
  ] as const)('where a search or a note is typed, all is text: %s', (_, input, key, expected) => {
    expect(said(textCommands(input, key, false))).toEqual(expected);
  });
});
