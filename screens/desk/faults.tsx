import { Box } from 'ink';
import type { MachineFinding } from '../../src/flows/desk-data.ts';
import type { KioskTest } from '../../src/flows/desk-state.ts';
import { Paragraph } from '../parts/text.tsx';
import { Text } from '../parts/themed.tsx';
import { plainText } from '../plain-text.ts';
import type { DeskStage } from './desk-stage.ts';
import { type ListCell, type ListRow, ListTable } from './parts/list-table.tsx';
import { Said } from './parts/page-frame.tsx';

interface FaultsProps {
  readonly test: Extract<KioskTest, { kind: 'faults' }>;
  readonly stage: DeskStage;
}

/** Heading, two lines how, free lines, the sum. */
const ABOVE = 5;
/** A free line, and the chosen one with its remedy. */
const BELOW = 6;

/** What is wrong with this machine, and what to do about it (OP-04). */
export function Faults({ test, stage }: FaultsProps) {
  const { faults } = stage.texts.desk.kiosk;
  const { findings, selected, refused, attempt } = test;
  if (refused !== null) return <Said stage={stage} code={refused} />;
  if (findings === null) return <Text look="text">{faults.looking}</Text>;
  const chosen = findings[selected];
  const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length;
  return (
    <>
      <Text look="emphasis">{attempt === null ? faults.sum(wrong) : faults.looking}</Text>
      <ListTable
        stage={stage}
        columns={[
          { title: '', min: 10 },
          { title: '', min: 22 },
          { title: '', min: 20, grow: 1 },
        ]}
        rows={findings.map((finding, i) => rowOf(finding, i, stage))}
        selected={selected}
        height={stage.height - ABOVE - BELOW}
        empty={faults.nothing}
      />
      {chosen === undefined ? null : (
        <Box flexDirection="column" flexShrink={0} height={BELOW} width={stage.width} overflow="hidden">
          <Paragraph>{plainText(chosen.says)}</Paragraph>
          {chosen.remedy === null ? null : (
            <Paragraph above={0}>{faults.remedy(plainText(chosen.remedy))}</Paragraph>
          )}
        </Box>
      )}
    </>
  );
}

function rowOf({ subject, verdict, says }: MachineFinding, i: number, stage: DeskStage): ListRow {
  const sign = stage.texts.desk.kiosk.faults.verdicts[verdict];
  const cell: ListCell = verdict === 'wrong' ? { text: sign, look: 'warn' } : sign;
  return { key: `${i}`, cells: [cell, subject, plainText(says)] };
}
