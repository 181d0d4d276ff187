import type { DifferenceEntry, ListedCertificate } from '../src/domain/difference.ts';
import { RETIRED_SLOTS, type Slot } from '../src/domain/slot.ts';
import type { TableRow } from './parts/row-table.tsx';
import type { Stage } from './stage.ts';
import { shortDayText } from './texts/time.ts';

/** From when until when a key was in use, or will be: how its holder tells it from the others. */
export function periodText({ notBefore, notAfter }: ListedCertificate, { view }: Stage): string {
  const { language } = view;
  return `${shortDayText(notBefore, language)} - ${shortDayText(notAfter, language)}`;
}

/** What an update does, a line for each key, in words that need no knowledge of cards (KR-05). */
export function differenceRows(entries: readonly DifferenceEntry[], stage: Stage): readonly TableRow[] {
  const { changes } = stage.texts.difference;
  return entries.map(({ change, from, to, certificate }, i) => ({
    key: `${i} ${certificate.serialNumber}`,
    cells: [periodText(certificate, stage), changes[change], placeText(from, stage), placeText(to, stage)],
    isChange: change !== 'kept',
  }));
}

function placeText(slot: Slot | null, { texts }: Stage): string {
  const { inUse, place, nowhere } = texts.difference;
  if (slot === null) return nowhere;
  const position = (RETIRED_SLOTS as readonly Slot[]).indexOf(slot);
  return position < 0 ? inUse : place(position + 1, RETIRED_SLOTS.length);
}
