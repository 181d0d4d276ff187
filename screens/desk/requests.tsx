import { Box } from 'ink';
import type { RequestLine } from '../../src/domain/desk-pages.ts';
import { QUEUE_VIEWS } from '../../src/flows/desk-data.ts';
import { Text } from '../parts/themed.tsx';
import { shortDayText } from '../texts/time.ts';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { ListPage } from './list-page.tsx';
import type { ListColumn, ListRow } from './parts/list-table.tsx';
import { TabsLine } from './parts/tabs-line.tsx';

/** Which list, and a free line. */
const ABOVE = 2;

/** The one queue of all requests: to approve, waiting, done (KR-04). */
export function Requests({ page, stage }: DeskPageProps<'requests'>) {
  const { requests, operations } = stage.texts.desk;
  // What is to be approved begins with the oldest; with an older central with the newest.
  const { shown } = page.view === 'toApprove' ? operations : requests;
  const isPart = page.lines !== null && page.lines.length > 0 && page.lines.length < page.total;
  return (
    <ListPage
      stage={stage}
      columns={requestColumns(stage)}
      rows={page.lines && requestRows(page.lines, stage)}
      selected={page.selected}
      empty={requests.none[page.view]}
      refused={page.refused}
      said={page.said}
      above={
        <Box flexShrink={0} height={ABOVE}>
          <TabsLine
            tabs={QUEUE_VIEWS.map((view) => requests.views[view])}
            selected={QUEUE_VIEWS.indexOf(page.view)}
          />
        </Box>
      }
      linesAbove={ABOVE}
      below={isPart ? <Text look="label">{shown(page.lines!.length, page.total)}</Text> : null}
      linesBelow={isPart ? 1 : 0}
    />
  );
}

/** What, for whom, how far, since when. */
export function requestColumns({ texts }: DeskStage): readonly ListColumn[] {
  const { labels } = texts.desk;
  return [
    { title: labels.kind, min: 20 },
    { title: labels.owner, min: 17, grow: 2 },
    { title: labels.state, min: 15 },
    { title: labels.approvals, min: 10 },
    { title: labels.since, min: 14 },
  ];
}

export function requestRows(lines: readonly RequestLine[], stage: DeskStage): readonly ListRow[] {
  const { requestKinds, requestStates, none } = stage.texts.desk;
  return lines.map((line) => ({
    key: line.id,
    cells: [
      requestKinds[line.kind],
      line.owner.displayName,
      requestStates[line.state],
      line.approvalsWanted === 0 ? none : `${line.approvals}/${line.approvalsWanted}`,
      shortDayText(line.requestedAt, stage.view.language),
    ],
  }));
}
