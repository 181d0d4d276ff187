import type { Key } from 'ink';
import type { Command } from '../src/flows/command.ts';

/** What the key map looks at in Ink's key. */
export type KeyFlags = Partial<
  Pick<
    Key,
    | 'upArrow'
    | 'downArrow'
    | 'escape'
    | 'backspace'
    | 'delete'
    | 'tab'
    | 'ctrl'
    | 'meta'
    | 'super'
    | 'hyper'
    | 'eventType'
  >
>;

/** Which key says what. Names are those of `keyNames`. */
const COMMANDS: Readonly<Record<string, Command>> = {
  enter: { kind: 'confirm' },
  esc: { kind: 'back' },
  up: { kind: 'up' },
  down: { kind: 'down' },
  backspace: { kind: 'erase' },
  space: { kind: 'toggle' },
  tab: { kind: 'nextLanguage' },
  // Where Tab does something else, too.
  'ctrl+l': { kind: 'nextLanguage' },
  h: { kind: 'nextTheme' },
  // Where H is something else.
  'ctrl+t': { kind: 'nextTheme' },
  'ctrl+r': { kind: 'toggleReader' },
  c: { kind: 'changeCard' },
  n: { kind: 'otherWay' },
  w: { kind: 'showCard' },
  // Yes and Ja; a letter, since Enter may bounce or be held down. Where a yes is asked there are more: `YES`.
  y: { kind: 'yes' },
  j: { kind: 'yes' },
  q: { kind: 'helpdeskCode' },
  // An operator.
  o: { kind: 'openDesk' },
};
/** Yes, Ja, Sí, Oui: whichever language is spoken, since none of them says no in another; but see `answerOf`. */
const YES = ['y', 'j', 's', 'o'];
const LETTERS = ['c', 'h', 'n', 'q', 'w', ...YES];
/** Count by themselves only. */
const ALONE = [...LETTERS, 'space'];

/** Nobody types so many keys between two looks at the keyboard: it is pasted, and not meant for us. */
const LONGEST_BURST = 32;
/** What is left of a sequence that Ink does not know, its escape character already gone (`[200~`, `O5P`). */
const UNKNOWN_SEQUENCE = /^(?:\[[0-?]*[ -/]*[@-~]?|O[0-9;]*[A-Za-z]?)/;

/** The command that a key stands for, or null. @param name as from `keyNames` */
export function commandOf(name: string): Command | null {
  if (/^[0-9]$/.test(name)) return { kind: 'digit', digit: Number(name) };
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : null;
}

/**
 * As `commandOf`, where a yes is asked. There O opens no desk; and where it is not named as the yes it says none, for it was the
 * operators' key a screen before.
 * @param yesKey that is named, absent: none is
 */
export function answerOf(name: string, yesKey?: string): Command | null {
  if (name === 'o' && yesKey?.toLowerCase() !== name) return null;
  return YES.includes(name) ? { kind: 'yes' } : commandOf(name);
}

/**
 * The keys in one call of Ink's `useInput`, by name: `enter`, `esc`, `up`, `space`, `7`, `c`, `ctrl+n` …. One call may hold many
 * (`"1234\r"` is five). Never throws; what is not a key of ours is left out.
 */
export function keyNames(input: string, key: KeyFlags): readonly string[] {
  if (key.eventType === 'release') return [];
  if (key.escape) return ['esc'];
  if (key.meta || key.super || key.hyper) return [];
  if (key.upArrow) return ['up'];
  if (key.downArrow) return ['down'];
  if (key.backspace || key.delete) return ['backspace'];
  if (key.tab) return ['tab'];
  if (key.ctrl) return /^[a-z]$/.test(input) ? [`ctrl+${input}`] : [];
  // A capital O by itself is the key of the operators.
  return burst(input === 'O' ? input : input.replace(UNKNOWN_SEQUENCE, ''));
}

/** Several characters that arrived at once. Letters and blanks count by themselves only, so that a pasted text changes nothing. */
function burst(input: string): readonly string[] {
  const characters = [...input.replace(/\r\n/g, '\r')];
  if (characters.length > LONGEST_BURST) return [];
  const names = characters.map(nameOf).filter((name) => name !== null);
  return withoutDoubleEnter(names.filter((name) => !ALONE.includes(name) || characters.length === 1));
}

/** Nobody types more between two looks at the keyboard: it is pasted, or comes from a program. */
const LONGEST_TYPED = 8;
/** A whole sequence that Ink does not know. */
const WHOLE_SEQUENCE = /^(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z])$/;
const EDITING: Readonly<Record<string, Command>> = {
  enter: { kind: 'confirm' },
  backspace: { kind: 'erase' },
};

/**
 * The keys in one call of Ink's `useInput` at the operator's desk: every letter is an action, and Tab the next part of a page. As
 * elsewhere a letter counts by itself only.
 */
export function letterCommands(input: string, key: KeyFlags): readonly Command[] {
  if (key.tab && key.eventType !== 'release') return [NEXT_TAB];
  const isPlain = !(key.ctrl || key.meta || key.super || key.hyper || key.escape);
  if (isPlain && key.eventType !== 'release' && /^[a-z]$/i.test(input)) {
    return [{ kind: 'letter', letter: input.toUpperCase() }];
  }
  return keyNames(input, key)
    .filter((name) => !LETTERS.includes(name))
    .map((name) => (name === 'tab' ? NEXT_TAB : commandOf(name)))
    .filter((command) => command !== null);
}

const NEXT_TAB: Command = { kind: 'nextTab' };

/**
 * The keys in one call of Ink's `useInput` while text is typed: every printable character counts, whatever it does elsewhere. Control
 * characters but Enter and Backspace do nothing, nor does what is pasted.
 * @param isSecret arrows do nothing either, and Tab changes the language
 */
export function textCommands(input: string, key: KeyFlags, isSecret = true): readonly Command[] {
  if (key.eventType === 'release' || key.ctrl || key.super || key.hyper) return [];
  if (key.escape) return [BACK];
  if (key.meta) return [];
  if (key.backspace || key.delete) return [{ kind: 'erase' }];
  if (key.tab) return [isSecret ? COMMANDS.tab! : NEXT_TAB];
  if (key.upArrow || key.downArrow) return isSecret ? [] : [{ kind: key.upArrow ? 'up' : 'down' }];
  const characters = [...input.replace(/\r\n/g, '\r')];
  if (characters.length > LONGEST_TYPED || (characters.length > 1 && WHOLE_SEQUENCE.test(input))) return [];
  return characters.flatMap((character) => textCommand(character));
}

const BACK: Command = { kind: 'back' };

function textCommand(character: string): readonly Command[] {
  const editing = EDITING[nameOf(character) ?? ''];
  if (editing) return [editing];
  // Control characters, unassigned and private ones, halves of characters.
  return /\p{C}/u.test(character) ? [] : [{ kind: 'character', codePoint: character.codePointAt(0)! }];
}

function nameOf(character: string): string | null {
  if (/^[0-9]$/.test(character)) return character;
  if (character === '\r' || character === '\n') return 'enter';
  if (character === ' ') return 'space';
  if (character === '\t') return 'tab';
  if (character === '\b' || character === '\x7f') return 'backspace';
  if (LETTERS.includes(character.toLowerCase())) return character.toLowerCase();
  const code = character.charCodeAt(0);
  return code >= 1 && code <= 26 ? `ctrl+${String.fromCharCode(code + 96)}` : null;
}

/** Two Enters in one burst are one that bounced: the second must not confirm what has not been read yet. */
function withoutDoubleEnter(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => name !== 'enter' || names[i - 1] !== 'enter');
}
