import { Box, Text } from 'ink';
import { Notice } from './parts/notice.tsx';
import { Paragraph, Point } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import { refusalText } from './texts/texts.ts';
import { THEME } from './theme.ts';

/** What is wrong, why, what one can do next, and that nothing was changed. */
export function Refused({ state, stage }: ScreenProps<'refused'>) {
  const { texts, glyphs } = stage;
  const { title, why, next } = refusalText(texts, state.code);
  return (
    <>
      <Notice tone="bad" above={0}>
        {title}
      </Notice>
      <Paragraph>{why}</Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        <Text {...THEME.label}>{texts.refused.nextStep}</Text>
        <Point sign={glyphs.bullet}>{next}</Point>
      </Box>
      <Paragraph>{texts.refused.nothingChanged}</Paragraph>
    </>
  );
}
