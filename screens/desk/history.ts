import type { HistoryLine } from '../../src/domain/desk-pages.ts';
import { momentText } from '../texts/time.ts';
import type { DeskStage } from './desk-stage.ts';
import { eventText, whatIsRefused } from './desk-text.ts';
import type { ListColumn, ListRow } from './parts/list-table.tsx';

/** When, what, by whom, and what was said of it. */
export function historyColumns({ texts }: DeskStage): readonly ListColumn[] {
  const { labels } = texts.desk;
  return [
    { title: labels.time, min: 21 },
    { title: labels.what, min: 23, grow: 1 },
    { title: labels.who, min: 13, grow: 1 },
    { title: labels.note, min: 19, grow: 3 },
  ];
}

export function historyRows(lines: readonly HistoryLine[], stage: DeskStage): readonly ListRow[] {
  return lines.map((line, i) => ({
    key: `${i}`,
    cells: [
      momentText(line.at, stage.view.language),
      eventText(line.type, stage),
      actorText(line.actor),
      line.note ?? '',
    ],
  }));
}

/** As in the audit, without the word for what it is where the name says enough. */
export function actorText(actor: string): string {
  return actor.replace(/^operator:/, '');
}

/** In somebody's words; or the code of a refusal, with what it says. */
export function noteText(note: string | null, stage: DeskStage): string {
  if (note === null) return '';
  return /^[A-Z]{2}-\d\d-[a-z0-9-]+$/.test(note)
    ? stage.texts.labelled(note, whatIsRefused(stage, note))
    : note;
}
