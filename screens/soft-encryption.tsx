import { Menu } from './parts/menu.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** Today's encryption, or the older one for this file alone: that is taken on purpose, after a plain warning (KR-09). */
export function SoftEncryption({ state, stage }: ScreenProps<'softEncryption'>) {
  const { softEncryption: words, chooseReason } = stage.texts;
  return (
    <>
      <Heading>{words.title}</Heading>
      <Paragraph above={0}>{words.text}</Paragraph>
      <Menu
        items={[
          { key: 'usual', text: words.usual },
          { key: 'old', text: words.old },
        ]}
        selected={state.isOld ? 1 : 0}
        height={3}
        width={stage.width}
        glyphs={stage.glyphs}
        moreAbove={chooseReason.moreAbove}
        moreBelow={chooseReason.moreBelow}
      />
      {state.isOld ? (
        <Notice tone="warn">{words.oldWarning}</Notice>
      ) : (
        <Paragraph>{words.usualText}</Paragraph>
      )}
    </>
  );
}
