import { CodeField } from './parts/code-field.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** As the helpdesk writes it: which request, and the code in two or three groups. */
const GROUPS = [6, 4, 4, 4] as const;

/** The number with which a new card is collected (ID-02). */
export function EnterNumber({ state, stage }: ScreenProps<'enterNumber'>) {
  const { enterNumber } = stage.texts;
  return (
    <>
      <Heading>{enterNumber.title}</Heading>
      <Paragraph above={0}>{enterNumber.text}</Paragraph>
      <CodeField groups={GROUPS} length={state.length} glyphs={stage.glyphs} />
      {state.triesLeft === null ? null : (
        <Paragraph above={0}>{stage.texts.enterPin.triesLeft(state.triesLeft)}</Paragraph>
      )}
      {state.error === null ? null : (
        <Notice tone={state.error === 'wrong' ? 'bad' : 'warn'}>
          {state.error === 'wrong' ? enterNumber.wrong : enterNumber.length}
        </Notice>
      )}
    </>
  );
}
