import { leavable } from '../src/flows/walk-up-issue.ts';
import { LeaveOut } from './parts/leave-out.tsx';
import type { ScreenProps } from './stage.ts';

/** Too little room on the new card: the person marks what is left for another time (KR-07). */
export function IssueChoice({ state, stage }: ScreenProps<'issueChoice'>) {
  const { changes, leavesOut, row, isStillTooFew, hasChosenNone } = state;
  const tooMany = changes.filter(({ change, to }) => change === 'left' && to === null).length;
  // Those that are marked already were not enough.
  const wanted = isStillTooFew ? Math.max(tooMany, leavesOut.length + 1) : tooMany;
  return (
    <LeaveOut
      stage={stage}
      certificates={leavable(changes)}
      leavesOut={leavesOut}
      row={row}
      wanted={Math.max(1, wanted)}
      isStillTooFew={isStillTooFew}
      hasChosenNone={hasChosenNone}
    />
  );
}
