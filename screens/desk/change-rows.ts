import type { DifferenceEntry } from '../../src/domain/difference.ts';
import { periodText } from '../difference-rows.ts';
import type { DeskStage } from './desk-stage.ts';
import { numberText, slotText } from './desk-text.ts';
import type { ListColumn, ListRow } from './parts/list-table.tsx';

/** Which key, what happens to it, where it was, where it will be. */
export function changeColumns({ texts }: DeskStage): readonly ListColumn[] {
  const { labels } = texts.desk;
  return [
    { title: labels.certificate, min: 30 },
    { title: labels.number, min: 8 },
    { title: labels.change, min: 12 },
    { title: labels.before, min: 13, grow: 1 },
    { title: labels.after, min: 13, grow: 1 },
  ];
}

/** What an update does, a line for each key; what is taken off has a sign (KR-05). */
export function changeRows(entries: readonly DifferenceEntry[], stage: DeskStage): readonly ListRow[] {
  const { none, request } = stage.texts.desk;
  return entries.map(({ change, from, to, certificate }, i) => ({
    key: `${i}`,
    cells: [
      periodText(certificate, stage),
      numberText(certificate.serialNumber),
      { text: request.changes[change], look: lookOf(change) },
      from === null ? none : slotText(from, stage),
      to === null ? none : slotText(to, stage),
    ],
  }));
}

function lookOf(change: DifferenceEntry['change']) {
  if (change === 'removed') return 'bad';
  return change === 'kept' ? 'text' : 'emphasis';
}
