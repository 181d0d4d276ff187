import { turnTitle } from './assist-words.ts';
import { CodeField } from './parts/code-field.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** Two make a short code. */
const GROUPS = [4, 4, 4] as const;

/** A one-time code of the helpdesk for whoever has no PIN (ID-02), and whom to ask without either. */
export function EnterCode({ state, stage }: ScreenProps<'enterCode'>) {
  const { enterCode } = stage.texts;
  const isBlocked = state.card.triesLeft === 0;
  if (state.explainsHelp) {
    return (
      <>
        <Heading>{enterCode.helpTitle}</Heading>
        <Paragraph>{enterCode.help}</Paragraph>
        <Paragraph>{enterCode.helpOperator}</Paragraph>
        <Paragraph>{enterCode.helpNext}</Paragraph>
      </>
    );
  }
  return (
    <>
      <Heading>{turnTitle(state.card, enterCode.title, stage)}</Heading>
      <Paragraph above={0}>{isBlocked ? enterCode.blocked : enterCode.text}</Paragraph>
      <CodeField groups={GROUPS} length={state.length} glyphs={stage.glyphs} />
      {state.triesLeft === null ? null : (
        <Paragraph above={0}>{stage.texts.enterPin.triesLeft(state.triesLeft)}</Paragraph>
      )}
      {state.error === null ? null : (
        <Notice tone={state.error === 'wrong' ? 'bad' : 'warn'}>
          {state.error === 'wrong' ? enterCode.wrong : enterCode.length}
        </Notice>
      )}
    </>
  );
}
