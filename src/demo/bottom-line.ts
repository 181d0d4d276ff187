import type { RackStatus } from './card-rack.ts';

/** The demo's own bottom line: which card is in the hand, and the keys that put it in and pull it. */

/** Keys of the demo, apart from the kiosk's own. */
export const DEMO_KEYS = {
  previous: 'ctrl+p',
  next: 'ctrl+n',
  insertOrPull: 'ctrl+o',
  quit: 'ctrl+x',
} as const;

/** One line for the bottom of the screen; short enough for 80 columns. @param selected null: the card is a real one */
export function bottomLine(status: RackStatus, selected: string | null): string {
  if (selected === null) return 'DEMO  with a real card  ^X quit';
  const inserted = status.readers.find((reader) => reader.card !== null);
  const act = inserted ? `^O pull ${inserted.card}` : `^O put in ${selected}`;
  return `DEMO  ^P/^N card: ${selected}  ${act}  first PIN 123456  ^X quit`;
}

/** The card before or after the selected one, round the list. */
export function neighbour(names: readonly string[], selected: string | null, step: 1 | -1): string | null {
  if (selected === null) return null;
  const position = names.indexOf(selected);
  return names[(position + step + names.length) % names.length] ?? selected;
}
