import type { RackStatus } from './card-rack.ts';

/** The demo's own bottom line: which card is in the hand, and the keys that put it in and pull it. */

/** Keys of the demo, apart from the kiosk's own. */
export const DEMO_KEYS = {
  previous: 'ctrl+p',
  next: 'ctrl+n',
  first: 'ctrl+o',
  second: 'ctrl+g',
  quit: 'ctrl+x',
} as const;

/** Of 80 columns, without the one left free at each side. */
const ROOM = 78;

/** One line for the bottom of the screen; short enough for 80 columns, so that what quits is always there. @param selected null: the card is a real one */
export function bottomLine({ readers }: RackStatus, selected: string | null): string {
  if (selected === null) return 'DEMO  with a real card  ^X quit';
  const cardIn = (reader: number) => readers.find((one) => one.reader === reader)?.card ?? null;
  const act = (reader: number, isNamed: boolean) => {
    const card = cardIn(reader);
    if (card === null) return 'put in';
    return isNamed ? `pull ${card}` : 'pull';
  };
  const line = (isNamed: boolean, pin: string) =>
    `DEMO  ^P/^N ${selected}  ^O ${act(0, isNamed)}  ^G 2: ${act(1, isNamed)}${pin}  ^X quit`;
  const pin = '  PIN 123456';
  const lines = [line(true, pin), line(false, pin)];
  return lines.find((one) => one.length <= ROOM) ?? line(false, '');
}

/** The card before or after the selected one, round the list. */
export function neighbour(names: readonly string[], selected: string | null, step: 1 | -1): string | null {
  if (selected === null) return null;
  const position = names.indexOf(selected);
  return names[(position + step + names.length) % names.length] ?? selected;
}
