import { DIFFERENCE_CHANGES } from '../src/domain/difference.ts';
import { differenceRows } from './difference-rows.ts';
import { rowsToFill } from './parts/body.tsx';
import { RowTable } from './parts/row-table.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps, Stage } from './stage.ts';

/** Lines taken by everything but the rows. */
const OTHER_ROWS = 7;
/** Which key, what happens to it, where it was, where it will be. */
const WIDTHS = [33, 11, 15, 15] as const;

type State = ScreenProps<'difference'>['state'];

/** What is on the card and what will be, key by key, before → after (KR-05). */
export function Difference({ state, stage }: ScreenProps<'difference'>) {
  const { difference, chooseReason } = stage.texts;
  const { title, certificate, change, before, after } = difference;
  return (
    <>
      <Heading>{title}</Heading>
      <Paragraph above={0}>{sumText(state, stage)}</Paragraph>
      <RowTable
        widths={WIDTHS}
        head={[certificate, change, before, after]}
        rows={differenceRows(state.difference.entries, stage)}
        row={state.row}
        height={Math.max(3, rowsToFill(stage.height) - OTHER_ROWS)}
        moreAbove={chooseReason.moreAbove}
        moreBelow={chooseReason.moreBelow}
      />
      <Paragraph>{difference.others}</Paragraph>
    </>
  );
}

/** How many of each, the changes first. */
function sumText({ difference: { entries } }: State, { texts }: Stage): string {
  const sums = DIFFERENCE_CHANGES.flatMap((change) => {
    const count = entries.filter((entry) => entry.change === change).length;
    return count === 0 ? [] : [texts.difference.sums[change](count)];
  });
  return sums.length === 0 ? ' ' : `${sums.join(', ')}.`;
}
