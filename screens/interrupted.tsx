import { Notice } from './parts/notice.tsx';
import { Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import { refusalText } from './texts/texts.ts';

/** The writing was cut off: how the card gets finished (RP-17). */
export function Interrupted({ state, stage }: ScreenProps<'interrupted'>) {
  const { interrupted } = stage.texts;
  const { title, why } = refusalText(stage.texts, state.code);
  return (
    <>
      <Notice tone="warn" above={0}>
        {interrupted.title}
      </Notice>
      <Paragraph>{state.isCardIn ? interrupted.takeOutAndIn : interrupted.putInAgain}</Paragraph>
      <Paragraph>{interrupted.notLost}</Paragraph>
      <Paragraph>{`${title} ${why}`}</Paragraph>
    </>
  );
}
