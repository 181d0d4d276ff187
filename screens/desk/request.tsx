import { Box } from 'ink';
import type { RequestPage } from '../../src/flows/desk-data.ts';
import { periodText } from '../difference-rows.ts';
import { dayText, momentText } from '../texts/time.ts';
import { changeColumns, changeRows } from './change-rows.ts';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { numberText, titleIn } from './desk-text.ts';
import { actorText } from './history.ts';
import { Asked } from './parts/asked.tsx';
import { type Fact, FactsGrid, factLines } from './parts/facts-grid.tsx';
import { type ListColumn, type ListRow, ListTable } from './parts/list-table.tsx';
import { PageFrame } from './parts/page-frame.tsx';
import { stateCell } from './person-lists.ts';

/** One request: what, for whom, how far, with which keys, and what it would change on the card (KR-05). */
export function Request({ page, stage }: DeskPageProps<'request'>) {
  const said = page.said ?? (page.page === null ? null : page.refused);
  return (
    <PageFrame stage={stage} said={said}>
      {(height) =>
        page.page === null ? (
          <Asked stage={stage} refused={page.refused} />
        ) : (
          <Loaded request={page.page} selected={page.selected} height={height} stage={stage} />
        )
      }
    </PageFrame>
  );
}

interface LoadedProps {
  readonly request: RequestPage;
  readonly selected: number;
  readonly height: number;
  readonly stage: DeskStage;
}

function Loaded({ request, selected, height, stage }: LoadedProps) {
  const facts = requestFacts(request, stage);
  const { columns, rows } =
    request.difference === null
      ? { columns: keyColumns(stage), rows: keyRows(request, stage) }
      : { columns: changeColumns(stage), rows: changeRows(request.difference.entries, stage) };
  return (
    <>
      <FactsGrid stage={stage} facts={facts} />
      <Box flexShrink={0} height={1} />
      <ListTable
        stage={stage}
        columns={columns}
        rows={rows}
        selected={Math.min(selected, Math.max(0, rows.length - 1))}
        height={height - factLines(facts, stage.width).length - 1}
        empty={stage.texts.desk.request.noCertificates}
      />
    </>
  );
}

function requestFacts(request: RequestPage, stage: DeskStage): readonly Fact[] {
  const { texts, view } = stage;
  const { labels, none, requestKinds, requestStates } = texts.desk;
  const { card, note, reason, approvals, approvalsWanted } = request;
  return [
    { label: labels.kind, value: requestKinds[request.kind] },
    { label: labels.state, value: requestStates[request.state] },
    { label: labels.owner, value: request.owner.displayName },
    { label: labels.card, value: card?.name ?? none },
    { label: labels.requestedBy, value: actorText(request.requestedBy) },
    { label: labels.since, value: momentText(request.requestedAt, view.language) },
    { label: labels.profile, value: request.profileName },
    { label: labels.expires, value: dayText(request.expiresAt, view.language) },
    ...(reason === null
      ? []
      : [
          { label: labels.reason, value: titleIn(request.reasonTitles ?? null, reason, stage), isWide: true },
        ]),
    ...(approvalsWanted === 0
      ? []
      : [
          {
            label: labels.approvals,
            value: approvalText(request, `${approvals}/${approvalsWanted}`, stage),
            isWide: true,
          },
        ]),
    ...(note === null ? [] : [{ label: labels.note, value: note, look: 'text' as const, isWide: true }]),
  ];
}

/** How many have said yes, and who has said what. */
function approvalText({ verdicts }: RequestPage, count: string, { texts }: DeskStage): string {
  const words = texts.desk.request.verdicts;
  const said = verdicts.map(({ verdict, by, note }) => {
    const who = `${words[verdict]} ${by.displayName}`;
    return note === null ? who : texts.labelled(who, note);
  });
  return [count, ...said].join('; ');
}

function keyColumns({ texts }: DeskStage): readonly ListColumn[] {
  const { labels } = texts.desk;
  return [
    { title: labels.certificate, min: 30 },
    { title: labels.state, min: 12 },
    { title: labels.number, min: 9 },
    { title: labels.change, min: 12, grow: 1 },
  ];
}

function keyRows({ list }: RequestPage, stage: DeskStage): readonly ListRow[] {
  const { wanted, wasOnCard, comesOff } = stage.texts.desk.request;
  return list.map((certificate, i) => ({
    key: `${i}`,
    cells: [
      periodText(certificate, stage),
      stateCell(certificate, stage),
      numberText(certificate.serialNumber),
      certificate.isWanted ? (certificate.wasOnCard ? wasOnCard : wanted) : comesOff,
    ],
  }));
}
