import type { OperationLine } from '../../src/domain/desk-pages.ts';
import { Text } from '../parts/themed.tsx';
import { durationText, momentText } from '../texts/time.ts';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { secondsSince, titleIn } from './desk-text.ts';
import { ListPage } from './list-page.tsx';
import { type Fact, FactsGrid } from './parts/facts-grid.tsx';
import type { ListRow } from './parts/list-table.tsx';

/** A free line, and what the chosen one is. */
const BELOW = 3;

/** What is open, stuck or abandoned, with its age (OP-05). */
export function Operations({ page, stage }: DeskPageProps<'operations'>) {
  const { labels, operations } = stage.texts.desk;
  const line = page.lines?.[page.selected];
  const shown = page.lines?.length ?? 0;
  const isPart = shown > 0 && page.total !== undefined && shown < page.total;
  return (
    <ListPage
      stage={stage}
      columns={[
        { title: labels.state, min: 14 },
        { title: labels.kind, min: 20 },
        { title: labels.holder, min: 18, grow: 2 },
        { title: labels.kiosk, min: 12, grow: 1 },
        { title: labels.begun, min: 12 },
      ]}
      rows={page.lines?.map((one) => rowOf(one, stage)) ?? null}
      selected={page.selected}
      empty={operations.none}
      refused={page.refused}
      said={page.said}
      below={
        <>
          {isPart ? <Text look="label">{operations.shown(shown, page.total!)}</Text> : null}
          {line ? <FactsGrid stage={stage} facts={factsOf(line, stage)} /> : null}
        </>
      }
      linesBelow={BELOW + (isPart ? 1 : 0)}
    />
  );
}

function rowOf(line: OperationLine, stage: DeskStage): ListRow {
  const { operationKinds, operationStates } = stage.texts.desk;
  const isBad = line.state === 'stuck' || line.state === 'refused';
  const state = operationStates[line.state];
  return {
    key: line.id,
    cells: [
      isBad ? { text: state, look: 'warn' } : state,
      operationKinds[line.kind],
      line.holder.displayName,
      line.kiosk,
      durationText(secondsSince(line.startedAt, stage), stage.texts),
    ],
  };
}

function factsOf(line: OperationLine, stage: DeskStage): readonly Fact[] {
  const { labels, none } = stage.texts.desk;
  const { language } = stage.view;
  return [
    { label: labels.card, value: line.card.name },
    {
      label: labels.reason,
      value: line.reason === '' ? none : titleIn(line.reasonTitles ?? null, line.reason, stage),
    },
    { label: labels.begun, value: momentText(line.startedAt, language) },
    { label: labels.lastWord, value: momentText(line.lastWordAt, language) },
  ];
}
