import type { Command } from './command.ts';

/** The place of a cursor after a key; it goes round at both ends. A digit goes to a line by its number. */
export function movedIn(selected: number, command: Command, count: number): number {
  if (count === 0) return selected;
  if (command.kind === 'up') return (selected + count - 1) % count;
  if (command.kind === 'down') return (selected + 1) % count;
  if (command.kind !== 'digit') return selected;
  return command.digit >= 1 && command.digit <= count ? command.digit - 1 : selected;
}

/** A text after a key. @param longest in UTF-16 code units */
export function edited(text: string, command: Command, longest: number): string {
  if (command.kind === 'erase') return [...text].slice(0, -1).join('');
  const typed = typedBy(command);
  return typed === null || text.length + typed.length > longest ? text : text + typed;
}

/** What a key writes where a text is typed; null: nothing. */
function typedBy(command: Command): string | null {
  switch (command.kind) {
    case 'character':
      return String.fromCodePoint(command.codePoint);
    case 'digit':
      return String(command.digit);
    case 'letter':
      return command.letter.toLowerCase();
    case 'toggle':
      return ' ';
    default:
      return null;
  }
}

/** The space bar, however the key map calls it here. */
export function isSpace(command: Command): boolean {
  return command.kind === 'toggle' || (command.kind === 'character' && command.codePoint === 0x20);
}

/** The letter of an action, whatever the walk-up means by the same key; null: no letter. Upper case. */
export function letterOf(command: Command): string | null {
  switch (command.kind) {
    case 'letter':
      return command.letter.toUpperCase();
    case 'changeCard':
      return 'C';
    case 'otherWay':
      return 'N';
    case 'openDesk':
      return 'O';
    default:
      return null;
  }
}
