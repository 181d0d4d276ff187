import { Box } from 'ink';
import type { CardPage } from '../../src/domain/desk-pages.ts';
import { OneLine } from '../parts/one-line.tsx';
import { Text } from '../parts/themed.tsx';
import { dayText, durationText } from '../texts/time.ts';
import { CardComparison } from './card-comparison.tsx';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { secondsSince, titleIn } from './desk-text.ts';
import { historyColumns, historyRows } from './history.ts';
import { Asked } from './parts/asked.tsx';
import { type Fact, FactsGrid, factLines } from './parts/facts-grid.tsx';
import { ListTable } from './parts/list-table.tsx';
import { PageFrame } from './parts/page-frame.tsx';

/** The comparison has so many lines at least; what is left over shows the history. */
const COMPARISON_LINES = 16;
const SHORTEST_HISTORY = 6;
/** Lines from which what is seldom asked for is shown. */
const ROOM_FOR_GUID = 24;

/** A card: what central says, and what is really on it, side by side (OP-01). */
export function Card({ page, stage }: DeskPageProps<'card'>) {
  const said = page.said ?? (page.page === null ? null : page.refused);
  return (
    <PageFrame stage={stage} said={said}>
      {(height) =>
        page.page === null ? (
          <Asked stage={stage} refused={page.refused} />
        ) : (
          <Loaded page={page} loaded={page.page} height={height} stage={stage} />
        )
      }
    </PageFrame>
  );
}

interface LoadedProps extends DeskPageProps<'card'> {
  readonly loaded: CardPage;
  readonly height: number;
}

function Loaded({ page, loaded, height, stage }: LoadedProps) {
  const facts = cardFacts(loaded, stage);
  const operation = operationText(loaded, stage);
  const above = factLines(facts, stage.width).length + (operation === null ? 0 : 1) + 1;
  const left = height - above - COMPARISON_LINES;
  const history = left > SHORTEST_HISTORY ? left - 1 : 0;
  return (
    <>
      <FactsGrid stage={stage} facts={facts} />
      {operation === null ? null : (
        <OneLine room={stage.width} glyphs={stage.glyphs} look="warn">
          {`! ${operation}`}
        </OneLine>
      )}
      <Box flexShrink={0} height={1} />
      <CardComparison
        page={page}
        loaded={loaded}
        height={height - above - (history > 0 ? left : 0)}
        stage={stage}
      />
      {history === 0 ? null : <History loaded={loaded} height={history} stage={stage} />}
    </>
  );
}

function History({ loaded, height, stage }: Omit<LoadedProps, 'page'>) {
  const { tabs, none } = stage.texts.desk.person;
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      <Text look="heading">{tabs.history}</Text>
      <ListTable
        stage={stage}
        columns={historyColumns(stage)}
        rows={historyRows(loaded.history, stage)}
        selected={null}
        height={height - 1}
        empty={none.history}
      />
    </Box>
  );
}

function cardFacts({ card, holder, may }: CardPage, stage: DeskStage): readonly Fact[] {
  const { texts, view } = stage;
  const { cardStates, labels, none, personStates } = texts.desk;
  const isOver = card.expiresAt <= view.now;
  const isGood = card.state === 'issued';
  const isActive = holder.state === 'active';
  const reason = [...may.cancel, ...may.disable].find((one) => one.reason.code === card.reason)?.reason;
  return [
    { label: labels.card, value: card.name },
    { label: labels.serial, value: card.serial ?? none },
    {
      label: labels.holder,
      value: isActive ? holder.displayName : `${holder.displayName} (! ${personStates[holder.state]})`,
      look: isActive ? 'emphasis' : 'warn',
      isWide: !isActive,
    },
    { label: labels.profile, value: card.profileTitle },
    {
      label: labels.state,
      value: isGood ? cardStates[card.state] : `! ${cardStates[card.state]}`,
      look: isGood ? 'emphasis' : 'warn',
    },
    {
      label: labels.validUntil,
      value: `${isOver ? '! ' : ''}${dayText(card.expiresAt, view.language)}`,
      look: isOver ? 'warn' : 'emphasis',
    },
    ...(stage.height < ROOM_FOR_GUID ? [] : [{ label: labels.guid, value: card.guid, isWide: true }]),
    ...(card.reason === null
      ? []
      : [{ label: labels.reason, value: titleIn(reason?.titles ?? null, card.reason, stage), isWide: true }]),
  ];
}

function operationText({ operation }: CardPage, stage: DeskStage): string | null {
  if (operation === null) return null;
  const { card, operationKinds } = stage.texts.desk;
  const age = durationText(secondsSince(operation.startedAt, stage), stage.texts);
  return card.operation(operationKinds[operation.kind], operation.kiosk, age);
}
