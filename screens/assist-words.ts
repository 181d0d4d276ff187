import type { KioskView } from '../src/flows/kiosk-view.ts';
import type { CardView } from '../src/flows/walk-up-state.ts';
import { helperOf } from './desk/desk-stage.ts';
import { plainText } from './plain-text.ts';
import type { Stage } from './stage.ts';

/** Letters of a name that are shown. */
const LONGEST_NAME = 40;

/** An operator has handed over: what is to be confirmed is said to them, and what is typed is typed by the cardholder (RP-10). */
export function isHelped(view: KioskView): boolean {
  return helperOf(view) !== null;
}

/** The heading of what the cardholder types, and nobody else. */
export function turnTitle({ holderName }: CardView, title: string, { view, texts }: Stage): string {
  return isHelped(view) ? `${texts.turn(shortName(holderName))} ${title}` : title;
}

/** A name as it is said in a sentence. */
export function shortName(name: string): string {
  return plainText(name).slice(0, LONGEST_NAME);
}

/** How a card is called: by its chip, else by the record. */
export function cardName({ serial, cardId }: CardView): string {
  return plainText(serial ?? cardId).slice(0, LONGEST_NAME);
}
