import { choicesOf, tooManyIn } from '../src/flows/waiting-task.ts';
import { LeaveOut } from './parts/leave-out.tsx';
import type { ScreenProps } from './stage.ts';

/** Too little room: the person marks what is left for another time (KR-07). */
export function ChooseLeft({ state, stage }: ScreenProps<'chooseLeft'>) {
  const { difference, leavesOut, row, isStillTooFew, hasChosenNone } = state;
  // Those that are marked already were not enough.
  const wanted = tooManyIn(difference) + (isStillTooFew ? leavesOut.length : 0);
  return (
    <LeaveOut
      stage={stage}
      certificates={choicesOf(difference).map(({ certificate }) => certificate)}
      leavesOut={leavesOut}
      row={row}
      wanted={Math.max(1, wanted)}
      isStillTooFew={isStillTooFew}
      hasChosenNone={hasChosenNone}
    />
  );
}
