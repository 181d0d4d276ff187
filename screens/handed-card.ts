import type { KioskView } from '../src/flows/kiosk-view.ts';
import { shortName } from './assist-words.ts';
import type { Texts } from './texts/catalogue.ts';

/** Whose card is waited for, and what becomes of it, where an operator has handed that over and no card is in; null: nothing waits (RP-10). */
export function handedCardText({ desk }: KioskView, { waitsForCard }: Texts): string | null {
  const state = desk?.state;
  if (state?.kind !== 'handedOver') return null;
  const { action, subject, pages } = state;
  const name = shortName(subject.personName ?? '-');
  if (action === 'reprovision') return waitsForCard.rewritten(name);
  if (action === 'unblockPin') return waitsForCard.newPin(name);
  const page = pages.at(-1);
  const kind = page?.kind === 'request' ? page.page?.kind : undefined;
  if (kind === 'newCard') return waitsForCard.newCard(name);
  return kind === 'cardUpdate' ? waitsForCard.rewritten(name) : waitsForCard.keys(name);
}
