import { Box } from 'ink';
import type { DeskStep } from '../../../src/flows/desk-state.ts';
import { periodText } from '../../difference-rows.ts';
import { Notice } from '../../parts/notice.tsx';
import { Heading } from '../../parts/text.tsx';
import { changeColumns, changeRows } from '../change-rows.ts';
import type { DeskStage } from '../desk-stage.ts';
import { numberText } from '../desk-text.ts';
import { ListTable } from '../parts/list-table.tsx';
import { Said } from '../parts/page-frame.tsx';
import { stateCell } from '../person-lists.ts';

interface StepProps<K extends DeskStep['kind']> {
  readonly step: Extract<DeskStep, { kind: K }>;
  readonly stage: DeskStage;
}

/** Heading, free lines, what stands against it. */
const DIFFERENCE_LINES = 5;
/** Heading, free lines, the question in its box. */
const REMOVAL_LINES = 7;

/** What a request would do to the card, before it is made (KR-05). */
export function StepDifference({ step, stage }: StepProps<'difference'>) {
  const { difference } = stage.texts.deskDialog;
  const { entries, problem } = step.difference;
  return (
    <>
      <Heading>{difference.title}</Heading>
      <Box flexShrink={0} height={1} />
      <ListTable
        stage={stage}
        columns={changeColumns(stage)}
        rows={changeRows(entries, stage)}
        selected={step.row}
        height={stage.height - DIFFERENCE_LINES}
        empty={difference.none}
      />
      <Box flexShrink={0} height={1} />
      {problem === null ? null : <Said stage={stage} code={problem} />}
    </>
  );
}

/** What is taken off the card, each by name: a confirmation of its own. */
export function Removal({ step, stage }: StepProps<'removal'>) {
  const { removal } = stage.texts.deskDialog;
  const { labels } = stage.texts.desk;
  return (
    <>
      <Heading>{removal.title(step.certificates.length)}</Heading>
      <Box flexShrink={0} height={1} />
      <ListTable
        stage={stage}
        columns={[
          { title: labels.certificate, min: 31 },
          { title: labels.state, min: 13 },
          { title: labels.number, min: 9, grow: 1 },
        ]}
        rows={step.certificates.map((one, i) => ({
          key: `${i}`,
          cells: [periodText(one, stage), stateCell(one, stage), numberText(one.serialNumber)],
        }))}
        selected={step.row}
        height={stage.height - REMOVAL_LINES}
        empty=""
      />
      <Notice tone="bad">{removal.confirm(step.certificates.length)}</Notice>
    </>
  );
}
