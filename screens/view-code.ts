import { codeOfDesk } from '../src/flows/desk-facts.ts';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import { codeOf } from '../src/flows/walk-up.ts';
import { deskInSight } from './desk/desk-stage.ts';

/** The stable code of what is seen (UX-08): where a card is asked for, of what keeps any from being read. */
export function codeOfView(view: KioskView): string {
  const desk = deskInSight(view);
  const isAsked = desk === null ? view.walkUp.kind === 'insertCard' : desk.state.kind === 'askCard';
  const trouble = isAsked ? troubleWithReaders(view) : null;
  return trouble ?? (desk === null ? codeOf(view.walkUp) : codeOfDesk(desk.state));
}

/** Why no card can be read, whichever is put in; null: nothing is known to be in the way. */
export function troubleWithReaders(view: KioskView): 'UX-06-service-gone' | 'UX-06-reader-gone' | null {
  if (view.isStarting) return null;
  if (!view.isCardServiceUp) return 'UX-06-service-gone';
  return view.readers.length === 0 ? 'UX-06-reader-gone' : null;
}
