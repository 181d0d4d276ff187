import { Box } from 'ink';
import { cardName, isHelped, shortName } from './assist-words.ts';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph, Point } from './parts/text.tsx';
import type { ScreenProps, Stage } from './stage.ts';

/** A new PIN and nothing else; to be confirmed before it is chosen (ID-02, RP-13). */
export function PinWarning({ state, stage }: ScreenProps<'pinWarning'>) {
  const { pinWarning, warning } = stage.texts;
  return (
    <>
      <Heading>{state.isResume ? pinWarning.resumeTitle : pinWarning.title}</Heading>
      {state.isResume ? <Paragraph above={0}>{pinWarning.resume}</Paragraph> : null}
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {consequences(state, stage).map((text) => (
          <Point key={text} sign={stage.glyphs.bullet}>
            {text}
          </Point>
        ))}
      </Box>
      <Notice tone="warn">{warning.leaveCardIn}</Notice>
    </>
  );
}

function consequences({ card, keepsPin }: ScreenProps<'pinWarning'>['state'], { texts, view }: Stage) {
  const { of, keepsPin: kept, newPin, nothingElse, told } = texts.pinWarning;
  const whose = isHelped(view) ? [of(shortName(card.holderName), cardName(card))] : [];
  return [...whose, keepsPin ? kept : newPin, nothingElse, texts.warning.account, told];
}
