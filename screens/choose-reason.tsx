import { rowsToFill } from './parts/body.tsx';
import { Menu } from './parts/menu.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import { reasonTitle } from './texts/texts.ts';

/** Lines taken by everything but the list. */
const OTHER_ROWS = 4;

/** Why the card is rewritten (RP-12). */
export function ChooseReason({ state, stage }: ScreenProps<'chooseReason'>) {
  const { chooseReason } = stage.texts;
  return (
    <>
      <Heading>{chooseReason.title}</Heading>
      {state.reasons.length === 0 ? (
        <Notice tone="warn">{chooseReason.none}</Notice>
      ) : (
        <>
          <Paragraph above={0}>{chooseReason.text}</Paragraph>
          <Menu
            items={state.reasons.map((reason, i) => ({
              key: `${i} ${reason.code}`,
              text: reasonTitle(reason, stage.view.language),
            }))}
            selected={state.selected}
            height={rowsToFill(stage.height) - OTHER_ROWS}
            width={stage.width}
            glyphs={stage.glyphs}
            moreAbove={chooseReason.moreAbove}
            moreBelow={chooseReason.moreBelow}
          />
        </>
      )}
    </>
  );
}
