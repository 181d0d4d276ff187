import { Box } from 'ink';
import { TERMS_ROWS, termsLines } from '../src/flows/walk-up-terms.ts';
import { rowsToFill } from './parts/body.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import { plainText } from './plain-text.ts';
import type { ScreenProps } from './stage.ts';

/** Lines taken by everything but the text. */
const OTHER_ROWS = 5;

/** What is to be accepted before anything is written (RP-19). */
export function Terms({ state, stage }: ScreenProps<'terms'>) {
  const { terms } = stage.texts;
  const lines = termsLines(state.terms.text);
  const height = Math.max(TERMS_ROWS, rowsToFill(stage.height) - OTHER_ROWS);
  const first = Math.min(state.row, Math.max(0, lines.length - height));
  const below = lines.length - first - height;
  return (
    <>
      <Heading>{terms.title}</Heading>
      <Paragraph above={0}>{terms.text}</Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1} height={Math.min(lines.length, height)}>
        {lines.slice(first, first + height).map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
          <Box key={first + i} flexShrink={0} height={1}>
            <Text look="text" wrap="truncate">
              {plainText(line)}
            </Text>
          </Box>
        ))}
      </Box>
      {below > 0 ? <Paragraph above={0}>{terms.more(below)}</Paragraph> : null}
    </>
  );
}
