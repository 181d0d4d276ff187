import type { RefusalText, RefusalTexts } from '../catalogue.ts';
import { assistRefusals } from './assist-refusals.ts';
import { cardRefusals } from './card-refusals.ts';
import { keyRefusals } from './key-refusals.ts';
import { machineRefusals } from './machine-refusals.ts';
import { mediaRefusals } from './media-refusals.ts';

/** German: every code that ends a walk-up, or keeps something that waits from being carried out. */
export const refusals: RefusalTexts = {
  ...assistRefusals,
  ...cardRefusals,
  ...keyRefusals,
  ...machineRefusals,
  ...mediaRefusals,
};

/** A code that has no words of its own. */
export const unknownRefusal: RefusalText = {
  title: 'Diese Karte kann jetzt nicht neu geschrieben werden.',
  why: 'Den Grund nennt der Code, den Sie unten rechts sehen.',
  next: 'Nennen Sie dem Helpdesk diesen Code.',
};
