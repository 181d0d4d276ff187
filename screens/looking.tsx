import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import { refusalText } from './texts/texts.ts';

/** The card is being looked at, or will be as soon as its reader is free. */
export function Looking({ state, stage }: ScreenProps<'looking'>) {
  if (state.trouble !== null) {
    const { title, why } = refusalText(stage.texts, state.trouble);
    return (
      <>
        <Notice tone="warn" above={0}>
          {title}
        </Notice>
        <Paragraph>{why}</Paragraph>
        <Paragraph>{stage.texts.looking.goesOn}</Paragraph>
        {state.awaits === null ? null : <Paragraph>{stage.texts.interrupted.notLost}</Paragraph>}
      </>
    );
  }
  return (
    <>
      <Heading>{stage.texts.looking.title}</Heading>
      <Paragraph>{stage.texts.looking.text}</Paragraph>
    </>
  );
}
