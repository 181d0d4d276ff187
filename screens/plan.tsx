import { Notice } from './parts/notice.tsx';
import { RowTable } from './parts/row-table.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import { planRows } from './plan-rows.ts';
import type { ScreenProps } from './stage.ts';

/** Key for, what happens, until. */
const WIDTHS = [25, 31, 18] as const;

/** Lines taken by everything but the rows, and by what is said of a key that is lost. */
const OTHER_ROWS = 7;
const LOST_ROWS = 2;

/** What becomes of each key of the card, before its first write (RP-13). */
export function Plan({ state, stage }: ScreenProps<'plan'>) {
  const { plan, chooseReason } = stage.texts;
  const { changes } = state.warning;
  const count = (wanted: string) => changes.filter(({ change }) => change === wanted).length;
  const lost = count('lost');
  return (
    <>
      <Heading>{plan.title}</Heading>
      <Paragraph above={0}>{plan.text}</Paragraph>
      <RowTable
        widths={WIDTHS}
        head={[plan.keyFor, plan.change, plan.until]}
        rows={planRows(changes, stage)}
        row={state.row}
        height={Math.max(3, stage.height - OTHER_ROWS - (lost > 0 ? LOST_ROWS : 0))}
        moreAbove={chooseReason.moreAbove}
        moreBelow={chooseReason.moreBelow}
      />
      {lost > 0 ? (
        <Notice tone="bad">{plan.lost(lost)}</Notice>
      ) : (
        <Paragraph>{removesEncryption(changes) ? plan.removed : plan.nothingLost}</Paragraph>
      )}
    </>
  );
}

/** A key goes off the card that old messages need: central keeps it. */
function removesEncryption(changes: ScreenProps<'plan'>['state']['warning']['changes']): boolean {
  return changes.some(({ change, certificate }) => change === 'removed' && certificate?.isArchived === true);
}
