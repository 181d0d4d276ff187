import type { AuditLine } from '../../src/domain/desk-pages.ts';
import { Text } from '../parts/themed.tsx';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { historyColumns, historyRows, noteText } from './history.ts';
import { ListPage } from './list-page.tsx';
import { type Fact, FactsGrid } from './parts/facts-grid.tsx';

/** What the chosen line says whole. */
const BELOW = 3;

/** What was done at this kiosk, newest first, refusals among it (SE-05). */
export function Audit({ page, stage }: DeskPageProps<'audit'>) {
  const line = page.lines?.[page.selected];
  const hasOlder = page.older != null;
  return (
    <ListPage
      stage={stage}
      columns={historyColumns(stage)}
      rows={page.lines && historyRows(page.lines, stage)}
      selected={page.selected}
      empty={stage.texts.desk.audit.none}
      refused={page.refused}
      said={page.said}
      below={
        <>
          {hasOlder ? (
            <Text look="label">{stage.texts.desk.audit.older(page.lines?.length ?? 0)}</Text>
          ) : null}
          {line ? <FactsGrid stage={stage} facts={factsOf(line, stage)} /> : null}
        </>
      }
      linesBelow={BELOW + (hasOlder ? 1 : 0)}
    />
  );
}

function factsOf({ holder, card, note }: AuditLine, stage: DeskStage): readonly Fact[] {
  const { labels, none } = stage.texts.desk;
  return [
    { label: labels.holder, value: holder ?? none },
    { label: labels.card, value: card ?? none },
    { label: labels.note, value: note === null ? none : noteText(note, stage), isWide: true },
  ];
}
