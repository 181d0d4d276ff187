import { RETIRED_SLOTS, type Slot } from '../../src/domain/slot.ts';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { isDeskRefusalCode } from '../texts/desk-refusal-codes.ts';
import { isEventType } from '../texts/event-types.ts';
import { isScreenCode } from '../texts/screen-codes.ts';

/** What a refusal says to an operator; where there are no words for them, those for cardholders; else the general ones. */
export function deskRefusalText({ texts }: Stage, code: string): string {
  if (isDeskRefusalCode(code)) {
    const { what, next } = texts.desk.refusals[code];
    return `${what} ${next}`;
  }
  const { title, why } = isScreenCode(code) ? texts.refusals[code] : texts.desk.otherRefusal;
  return `${title} ${why}`;
}

/** The same, without what can be done. */
export function whatIsRefused({ texts }: Stage, code: string): string {
  if (isDeskRefusalCode(code)) return texts.desk.refusals[code].what;
  return isScreenCode(code) ? texts.refusals[code].title : texts.desk.otherRefusal.title;
}

/** A title in the reader's language, else in English, else what it stands for. */
export function titleIn(
  titles: Readonly<Record<string, string>> | null,
  otherwise: string,
  { view }: Stage,
): string {
  return plainText(titles?.[view.language] ?? titles?.en ?? otherwise);
}

/** A key of a card as operators call it: its reference, and what it is for. */
export function slotText(slot: Slot | 'unknown', { texts }: Stage): string {
  const { slots } = texts.desk;
  if (slot === '9A' || slot === '9C' || slot === '9D' || slot === '9E' || slot === 'unknown')
    return slots[slot];
  return `${slot} ${slots.retired((RETIRED_SLOTS as readonly Slot[]).indexOf(slot) + 1)}`;
}

/** What has happened, in words; where there are none, as the audit calls it. What a kiosk has told itself is called as what central has. */
export function eventText(type: string, { texts }: Stage): string {
  const known = [type, type.replace(/^kiosk\./, '')].find(isEventType);
  return known === undefined ? plainText(type) : texts.desk.events[known];
}

/** Letters of a certificate's number that tell it from the others of a card. */
const NUMBER_END = 6;

/** The end of a certificate's number: its beginning is alike in many. */
export function numberText(serialNumber: string): string {
  return serialNumber.slice(-NUMBER_END).toUpperCase();
}

/** Seconds between two instants; 0 where one is none. */
export function secondsSince(instant: string, { view }: Stage): number {
  const between = (Date.parse(view.now) - Date.parse(instant)) / 1000;
  return Number.isFinite(between) ? Math.max(0, between) : 0;
}

/** Who is signed in, in one line. */
export function operatorText(state: DeskState, { texts }: Stage): string | null {
  if (state.kind !== 'open' && state.kind !== 'handedOver') return null;
  const { displayName, role, group } = state.operator;
  return [displayName, texts.desk.roles[role], group].map(plainText).join(', ');
}
