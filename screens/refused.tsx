import { Box } from 'ink';
import { Notice } from './parts/notice.tsx';
import { Paragraph, Point } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import type { ScreenProps } from './stage.ts';
import { refusalText } from './texts/texts.ts';

/** What is wrong, why, what one can do next, and that nothing was changed. */
export function Refused({ state, stage }: ScreenProps<'refused'>) {
  const { texts, glyphs } = stage;
  const { title, why, next } = refusalText(texts, state.code);
  const { nothingChanged, takeOut } = texts.refused;
  return (
    <>
      <Notice tone="bad" above={0}>
        {title}
      </Notice>
      <Paragraph>{why}</Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        <Text look="label">{texts.refused.nextStep}</Text>
        <Point sign={glyphs.bullet}>{next}</Point>
      </Box>
      <Paragraph>{state.isCardIn ? `${nothingChanged} ${takeOut}` : nothingChanged}</Paragraph>
    </>
  );
}
