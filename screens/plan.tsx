import { rowsToFill } from './parts/body.tsx';
import { Notice } from './parts/notice.tsx';
import { RowTable } from './parts/row-table.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import { plainText } from './plain-text.ts';
import { planRows } from './plan-rows.ts';
import type { ScreenProps } from './stage.ts';
import type { PlanTexts } from './texts/plan-catalogue.ts';

/** Key for, what happens, until. */
const WIDTHS = [25, 31, 18] as const;

/** Lines taken by everything but the rows, and by what is said of a key that is lost: on this card, or with the one before it. */
const OTHER_ROWS = 8;
const LOST_ROWS = { warning: 1, issueWarning: 2 } as const;

/** Letters of a name that are shown. */
const LONGEST_NAME = 40;

/** What becomes of each key of the card, before its first write (RP-13). */
export function Plan({ state, stage }: ScreenProps<'plan'>) {
  const { plan, chooseReason } = stage.texts;
  const { warning } = state;
  const { changes } = warning;
  const count = (wanted: string) => changes.filter(({ change }) => change === wanted).length;
  const lost = count('lost');
  return (
    <>
      <Heading>
        {warning.kind === 'issueWarning'
          ? plan.issueTitle(plainText(warning.card.holderName).slice(0, LONGEST_NAME))
          : plan.title}
      </Heading>
      <Paragraph above={0}>{warning.isResume ? plan.resumeText : plan.text}</Paragraph>
      <RowTable
        widths={WIDTHS}
        head={[plan.keyFor, plan.change, plan.until]}
        rows={planRows(warning, stage)}
        row={state.row}
        height={Math.max(3, rowsToFill(stage.height) - OTHER_ROWS - (lost > 0 ? LOST_ROWS[warning.kind] : 0))}
        moreAbove={chooseReason.moreAbove}
        moreBelow={chooseReason.moreBelow}
      />
      {lost > 0 ? (
        <Notice tone="bad">
          {warning.kind === 'issueWarning' ? plan.lostWithOld(lost) : plan.lost(lost)}
        </Notice>
      ) : (
        <Paragraph>{restOf(changes, plan)}</Paragraph>
      )}
    </>
  );
}

/** Of what has no place on the card: central keeps it, and it can be had as a file (KR-07). */
function restOf(
  changes: ScreenProps<'plan'>['state']['warning']['changes'],
  { left, removed, nothingLost }: PlanTexts['plan'],
): string {
  if (changes.some(({ change }) => change === 'left')) return left;
  const isKept = changes.some(
    ({ change, certificate }) => change === 'removed' && certificate?.isArchived === true,
  );
  return isKept ? removed : nothingLost;
}
