import { Box } from 'ink';
import { Notice } from './parts/notice.tsx';
import { Paragraph, Point } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import type { ScreenProps } from './stage.ts';
import { refusalText } from './texts/texts.ts';

/** The request is over: nothing waits any more. */
const OVER = [
  'KR-01-no-such-request',
  'KR-02-cancelled',
  'KR-02-collected',
  'KR-02-expired',
  'KR-02-failed',
  'KR-04-rejected',
];

/** Nothing was saved: why, what one can do, and that the keys still wait. */
export function SoftStopped({ state, stage }: ScreenProps<'softStopped'>) {
  const { texts, glyphs } = stage;
  const { softStopped, refused } = texts;
  const { title, why, next } = refusalText(texts, state.code);
  return (
    <>
      <Notice tone="bad" above={0}>{`${softStopped.title} ${title}`}</Notice>
      <Paragraph>{why}</Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        <Text look="label">{refused.nextStep}</Text>
        <Point sign={glyphs.bullet}>{next}</Point>
      </Box>
      {OVER.includes(state.code) ? null : <Paragraph>{waitsOn(state, texts)}</Paragraph>}
    </>
  );
}

function waitsOn(
  { reader, isCardIn }: ScreenProps<'softStopped'>['state'],
  { softHanded, softStopped }: ScreenProps<'softStopped'>['stage']['texts'],
): string {
  if (reader === null) return softHanded.stopped;
  return isCardIn ? softStopped.again : softStopped.putCardIn;
}
