import { Box } from 'ink';
import type { RecoverableLine } from '../../../src/flows/desk-data.ts';
import type { DeskStep } from '../../../src/flows/desk-state.ts';
import { periodText } from '../../difference-rows.ts';
import { markText } from '../../mark-text.ts';
import { Heading, Paragraph } from '../../parts/text.tsx';
import { Text } from '../../parts/themed.tsx';
import type { DeskStage } from '../desk-stage.ts';
import { numberText, slotText } from '../desk-text.ts';
import { type ListColumn, type ListRow, ListTable } from '../parts/list-table.tsx';
import { Said } from '../parts/page-frame.tsx';
import { stateCell } from '../person-lists.ts';

type PickStep = Extract<DeskStep, { kind: 'pick' }>;

interface PickProps {
  readonly step: PickStep;
  readonly stage: DeskStage;
}

/** Heading, two lines how, free lines, sum, why not. */
const OTHER_LINES = 8;

/** Which keys: those that are marked are on the card afterwards, or in the file (KR-05). */
export function Pick({ step, stage }: PickProps) {
  const { pick } = stage.texts.deskDialog;
  const { wanted, without, certificates, said } = step;
  return (
    <>
      <Heading>{pick.title}</Heading>
      {step.cardId === null ? null : <Paragraph above={0}>{pick.how}</Paragraph>}
      <Box flexShrink={0} height={1} />
      <ListTable
        stage={stage}
        columns={columnsOf(stage)}
        rows={certificates.map((one, i) => rowOf(one, i, step, stage))}
        selected={step.row}
        height={stage.height - OTHER_LINES}
        empty={pick.none}
      />
      <Box flexShrink={0} height={1} />
      <Text look="emphasis">{pick.sum(wanted.length, without.length)}</Text>
      {said === null ? null : <Said stage={stage} code={said} />}
    </>
  );
}

function columnsOf({ texts }: DeskStage): readonly ListColumn[] {
  const { labels } = texts.desk;
  return [
    { title: '', min: 4 },
    { title: labels.certificate, min: 30 },
    { title: labels.state, min: 11 },
    { title: labels.archived, min: 11 },
    { title: labels.number, min: 7 },
    { title: texts.deskDialog.pick.where, min: 13, grow: 1 },
  ];
}

function rowOf(line: RecoverableLine, i: number, step: PickStep, stage: DeskStage): ListRow {
  const { desk, deskDialog } = stage.texts;
  const where = line.isOn.map(({ id, name, slot }) => (id === step.cardId ? slotText(slot, stage) : name));
  return {
    key: `${i}`,
    cells: [
      markText(isMarked(line, step), stage),
      periodText(line, stage),
      stateCell(line, stage),
      line.isArchived ? desk.yes : { text: `! ${desk.no}`, look: 'warn' },
      numberText(line.serialNumber),
      where.length === 0 ? deskDialog.pick.nowhere : where.join(', '),
    ],
  };
}

/** Wanted, or on the card and to stay there. */
function isMarked({ serialNumber, isOn }: RecoverableLine, { cardId, wanted, without }: PickStep): boolean {
  if (wanted.includes(serialNumber)) return true;
  return cardId !== null && isOn.some(({ id }) => id === cardId) && !without.includes(serialNumber);
}
