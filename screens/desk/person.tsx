import { Box } from 'ink';
import type { PersonPage } from '../../src/domain/desk-pages.ts';
import { PERSON_TABS } from '../../src/flows/desk-state.ts';
import { OneLine } from '../parts/one-line.tsx';
import { Text } from '../parts/themed.tsx';
import { dayText } from '../texts/time.ts';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { noteText } from './history.ts';
import { Asked } from './parts/asked.tsx';
import { type Fact, FactsGrid, factLines } from './parts/facts-grid.tsx';
import { ListTable } from './parts/list-table.tsx';
import { PageFrame } from './parts/page-frame.tsx';
import { TabsLine } from './parts/tabs-line.tsx';
import { personList } from './person-lists.ts';
import { PersonPhoto } from './person-photo.tsx';

/** Name; tabs; free lines around them. */
const OTHER_LINES = 4;

/** A person with their cards, certificates, requests and history (OP-01). */
export function Person({ page, stage }: DeskPageProps<'person'>) {
  const said = page.said ?? (page.page === null ? null : page.refused);
  return (
    <PageFrame stage={stage} said={said}>
      {(height) =>
        page.page === null ? (
          <Asked stage={stage} refused={page.refused} />
        ) : page.photo !== null ? (
          <PersonPhoto photo={page.photo} facts={personFacts(page.page, stage)} height={height} stage={stage}>
            {page.page.person.displayName}
          </PersonPhoto>
        ) : (
          <Overview page={page} loaded={page.page} height={height} stage={stage} />
        )
      }
    </PageFrame>
  );
}

interface OverviewProps extends DeskPageProps<'person'> {
  readonly loaded: PersonPage;
  readonly height: number;
}

function Overview({ page, loaded, height, stage }: OverviewProps) {
  const facts = personFacts(loaded, stage);
  const { columns, rows, empty } = personList(loaded, page.tab, stage);
  const line = page.tab === 'history' ? loaded.history[page.selected] : undefined;
  const note = line === undefined ? null : noteText(line.note, stage);
  const total = totalOf(page.tab, loaded);
  const isPart = rows.length > 0 && rows.length < total;
  const linesBelow = (note === null ? 0 : 1) + (isPart ? 1 : 0);
  return (
    <>
      <OneLine room={stage.width} glyphs={stage.glyphs} look="heading">
        {loaded.person.displayName}
      </OneLine>
      <FactsGrid stage={stage} facts={facts} />
      <Box flexShrink={0} height={3} paddingY={1}>
        <TabsLine
          tabs={PERSON_TABS.map((tab) => tabText(tab, loaded, stage))}
          selected={PERSON_TABS.indexOf(page.tab)}
        />
      </Box>
      <ListTable
        stage={stage}
        columns={columns}
        rows={rows}
        selected={page.selected}
        height={height - OTHER_LINES - factLines(facts, stage.width).length - linesBelow}
        empty={empty}
      />
      <Box flexGrow={1} />
      {isPart ? <Text look="label">{stage.texts.desk.person.shown(rows.length, total)}</Text> : null}
      {note === null ? null : (
        <FactsGrid
          stage={stage}
          facts={[{ label: stage.texts.desk.labels.note, value: note, isWide: true }]}
        />
      )}
    </>
  );
}

function tabText(tab: (typeof PERSON_TABS)[number], loaded: PersonPage, { texts }: DeskStage): string {
  const { tabs } = texts.desk.person;
  return tab === 'history' ? tabs[tab] : `${tabs[tab]} ${totalOf(tab, loaded)}`;
}

/** Of a person's own cards none is left out. */
function totalOf(tab: (typeof PERSON_TABS)[number], loaded: PersonPage): number {
  return (tab === 'cards' ? undefined : loaded.totals?.[tab]) ?? loaded[tab].length;
}

function personFacts({ person }: PersonPage, { texts, view }: DeskStage): readonly Fact[] {
  const { labels, none, personStates } = texts.desk;
  const { login, approvedUntil } = person;
  const isOver = approvedUntil !== null && approvedUntil <= view.now;
  const account = { label: labels.account, value: personStates[person.state] };
  return [
    { label: labels.mail, value: person.mail, isWide: true },
    { label: labels.login, value: login ?? none },
    { label: labels.group, value: person.group },
    person.state === 'active' ? account : { ...account, value: `! ${account.value}`, look: 'warn' },
    {
      label: labels.approvedUntil,
      value: approvedUntil === null ? none : `${isOver ? '! ' : ''}${dayText(approvedUntil, view.language)}`,
      look: isOver ? 'warn' : 'emphasis',
    },
  ];
}
