import type { RefusalText, RefusalTexts } from '../catalogue.ts';
import { assistRefusals } from './assist-refusals.ts';
import { cardRefusals } from './card-refusals.ts';
import { keyRefusals } from './key-refusals.ts';
import { machineRefusals } from './machine-refusals.ts';
import { mediaRefusals } from './media-refusals.ts';

/** French: every code that ends a walk-up, or keeps something that waits from being carried out. */
export const refusals: RefusalTexts = {
  ...assistRefusals,
  ...cardRefusals,
  ...keyRefusals,
  ...machineRefusals,
  ...mediaRefusals,
};

/** A code that has no words of its own. */
export const unknownRefusal: RefusalText = {
  title: 'Cette carte ne peut pas être réécrite maintenant.',
  why: 'Le code affiché en bas à droite en indique la raison.',
  next: "Donnez ce code à l'assistance.",
};
