import { codeOfDesk } from '../src/flows/desk-facts.ts';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import { codeOf } from '../src/flows/walk-up.ts';
import { deskInSight } from './desk/desk-stage.ts';

/** The stable code of what is seen (UX-08). */
export function codeOfView(view: KioskView): string {
  const desk = deskInSight(view);
  return desk === null ? codeOf(view.walkUp) : codeOfDesk(desk.state);
}
