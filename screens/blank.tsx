import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** An empty card, or a new one that was not finished: whoever has a number goes on, everybody else is told whom to ask (KR-01). */
export function Blank({ state, stage }: ScreenProps<'blank'>) {
  const { blank } = stage.texts;
  if (state.explainsHelp) {
    return (
      <>
        <Heading>{blank.helpTitle}</Heading>
        <Paragraph>{blank.help}</Paragraph>
        <Paragraph>{blank.helpNext}</Paragraph>
      </>
    );
  }
  const { isUnfinished } = state.card;
  return (
    <>
      <Heading>{isUnfinished ? blank.unfinishedTitle : blank.title}</Heading>
      <Paragraph>{isUnfinished ? blank.unfinished : blank.text}</Paragraph>
      <Paragraph>{blank.otherwise}</Paragraph>
    </>
  );
}
