import { turnTitle } from './assist-words.ts';
import { Notice } from './parts/notice.tsx';
import { PinField } from './parts/pin-field.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** The PIN of the card as it is, with the tries that are left; the last one needs a yes (ID-04). */
export function EnterPin({ state, stage }: ScreenProps<'enterPin'>) {
  const { enterPin } = stage.texts;
  const { triesLeft } = state.card;
  const isLastTry = triesLeft === 1;
  return (
    <>
      <Heading>{turnTitle(state.card, enterPin.title, stage)}</Heading>
      <Paragraph above={0}>{state.card.hasOpenOperation ? enterPin.unfinished : enterPin.text}</Paragraph>
      <PinField length={state.length} glyphs={stage.glyphs} />
      {triesLeft === null ? null : <Paragraph above={0}>{enterPin.triesLeft(triesLeft)}</Paragraph>}
      {state.error === null ? null : (
        <Notice tone={state.error === 'wrong' ? 'bad' : 'warn'}>
          {state.error === 'wrong' ? enterPin.wrong : enterPin.tooShort}
        </Notice>
      )}
      {isLastTry ? (
        <Notice tone="bad" above={state.error === null ? 1 : 0}>
          {state.asksForLastTry ? enterPin.confirmLastTry : enterPin.lastTry}
        </Notice>
      ) : null}
    </>
  );
}
