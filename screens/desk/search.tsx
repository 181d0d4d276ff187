import { Box } from 'ink';
import type { FoundLine } from '../../src/flows/desk-data.ts';
import { Paragraph } from '../parts/text.tsx';
import { Text } from '../parts/themed.tsx';
import { durationText } from '../texts/time.ts';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { type ListCell, ListTable } from './parts/list-table.tsx';
import { PageFrame, Said } from './parts/page-frame.tsx';
import { TextField } from './parts/text-field.tsx';

/** The field, a free line, and below the list what is to be said of it. */
const OTHER_LINES = 4;

/** Finds people and cards in the copy while somebody types (OP-01). */
export function Search({ page, stage }: DeskPageProps<'search'>) {
  const { search } = stage.texts.desk;
  return (
    <PageFrame stage={stage} said={null}>
      {(height) => (
        <>
          <TextField label={search.label} text={page.query} width={stage.width} />
          <Box flexShrink={0} height={1} />
          {page.query.trim() === '' || page.result === null ? (
            <Paragraph above={0}>{page.query.trim() === '' ? search.how : ' '}</Paragraph>
          ) : (
            <ListTable
              stage={stage}
              columns={columnsOf(stage)}
              rows={page.result.lines.map((line, i) => ({ key: `${i}`, cells: cellsOf(line, stage) }))}
              selected={page.selected}
              height={height - OTHER_LINES}
              empty={search.nothing}
            />
          )}
          <Box flexGrow={1} />
          <Below page={page} stage={stage} />
        </>
      )}
    </PageFrame>
  );
}

function Below({ page, stage }: DeskPageProps<'search'>) {
  const { view, texts } = stage;
  const { search } = texts.desk;
  if (page.refused !== null) return <Said stage={stage} code={page.refused} />;
  const isOld = !view.isCentralReached && view.dataAgeSeconds !== null;
  return (
    <Box flexDirection="column" flexShrink={0} height={2}>
      <Text look="label">{page.result?.hasMore ? search.more : ' '}</Text>
      <Text look="warn">
        {isOld ? `! ${search.offline(durationText(view.dataAgeSeconds!, texts))}` : ' '}
      </Text>
    </Box>
  );
}

function columnsOf({ texts }: DeskStage) {
  const { labels } = texts.desk;
  return [
    { title: labels.name, min: 28, grow: 2 },
    { title: labels.mail, min: 25, grow: 2 },
    { title: labels.login, min: 12, grow: 1 },
    { title: labels.state, min: 11 },
  ];
}

function cellsOf(line: FoundLine, { texts }: DeskStage): readonly ListCell[] {
  const { search, cardStates, personStates } = texts.desk;
  const state = (text: string, isGood: boolean): ListCell => (isGood ? text : { text, look: 'warn' });
  if (line.kind === 'person') {
    const isActive = line.state === 'active';
    return [line.displayName, line.mail ?? '', line.login ?? '', state(personStates[line.state], isActive)];
  }
  const isIssued = line.state === 'issued';
  const name = `${search.card} ${line.name}`;
  const holder = texts.labelled(texts.desk.labels.holder, line.holder.displayName);
  return [name, holder, line.serial ?? '', state(cardStates[line.state], isIssued)];
}
