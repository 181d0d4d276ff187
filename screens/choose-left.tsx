import { choicesOf, tooManyIn } from '../src/flows/waiting-task.ts';
import { periodText } from './difference-rows.ts';
import { Menu } from './parts/menu.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** Lines taken by everything but the list. */
const OTHER_ROWS = 9;

/** Too little room: the person marks what is left for another time (KR-07). */
export function ChooseLeft({ state, stage }: ScreenProps<'chooseLeft'>) {
  const { chooseLeft, chooseReason } = stage.texts;
  const { difference, leavesOut, isStillTooFew, hasChosenNone } = state;
  const items = choicesOf(difference).map(({ certificate }, i) => ({
    key: `${i} ${certificate.serialNumber}`,
    text: `[${leavesOut.includes(certificate.serialNumber) ? 'x' : ' '}] ${periodText(certificate, stage)}`,
  }));
  const said = hasChosenNone ? chooseLeft.none : isStillTooFew ? chooseLeft.stillTooFew : null;
  // Those that are marked already were not enough.
  const wanted = tooManyIn(difference) + (isStillTooFew ? leavesOut.length : 0);
  return (
    <>
      <Heading>{chooseLeft.title}</Heading>
      <Paragraph above={0}>{chooseLeft.text(Math.max(1, wanted))}</Paragraph>
      <Menu
        items={items}
        selected={state.row}
        height={Math.max(3, stage.height - OTHER_ROWS)}
        width={stage.width}
        glyphs={stage.glyphs}
        moreAbove={chooseReason.moreAbove}
        moreBelow={chooseReason.moreBelow}
      />
      {said === null ? null : <Notice tone="warn">{said}</Notice>}
    </>
  );
}
