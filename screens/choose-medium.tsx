import type { MediumView } from '../src/flows/soft-state.ts';
import { sizeText } from './medium-text.ts';
import { rowsToFill } from './parts/body.tsx';
import { Menu } from './parts/menu.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import { plainText } from './plain-text.ts';
import type { ScreenProps, Stage } from './stage.ts';
import { refusalText } from './texts/texts.ts';

/** Lines taken by everything but the list. */
const OTHER_ROWS = 9;

/** What is plugged in, as it comes and goes; with how much room there is, or why it cannot be used (KR-08). */
export function ChooseMedium({ state, stage }: ScreenProps<'chooseMedium'>) {
  const { chooseMedium: words, chooseReason } = stage.texts;
  const media = state.media ?? [];
  const obstacle = media[state.selected]?.obstacle ?? null;
  return (
    <>
      <Heading>{words.title}</Heading>
      <Paragraph above={0}>{words.text(state.task.soft?.certificates.length ?? 0)}</Paragraph>
      {state.isGone ? <Notice tone="warn">{words.gone}</Notice> : null}
      {media.length === 0 ? (
        <Paragraph>{state.media === null ? words.looking : words.none}</Paragraph>
      ) : (
        <>
          <Menu
            items={media.map((medium) => itemOf(medium, stage))}
            selected={state.selected}
            height={Math.max(3, rowsToFill(stage.height) - OTHER_ROWS)}
            width={stage.width}
            glyphs={stage.glyphs}
            moreAbove={chooseReason.moreAbove}
            moreBelow={chooseReason.moreBelow}
          />
          <Paragraph>{obstacle === null ? words.choose : obstacleText(obstacle, stage)}</Paragraph>
        </>
      )}
    </>
  );
}

function itemOf({ name, label, freeBytes, obstacle }: MediumView, { texts, view }: Stage) {
  const { noName, free } = texts.chooseMedium;
  const title = plainText(label ?? '') || `${noName} (${plainText(name)})`;
  const isOff = obstacle !== null;
  const room = obstacle === 'KR-08-not-a-file-system' ? '' : `, ${free(sizeText(freeBytes, view.language))}`;
  return { key: name, text: `${title}${room}${isOff ? ` ${texts.tasks.notNow}` : ''}`, isOff };
}

function obstacleText(obstacle: string, { texts }: Stage): string {
  const { title, why, next } = refusalText(texts, obstacle);
  return `${title} ${why} ${next}`;
}
