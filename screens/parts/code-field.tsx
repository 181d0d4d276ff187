import { Box, Text } from 'ink';
import { type Glyphs, THEME } from '../theme.ts';

/** Three groups of four: two make a short code. */
const GROUPS = 3;
const GROUP = 4;

/** Where a one-time code is typed: as many signs as it has digits, in groups of four. Never knows a digit. */
export function CodeField({ length, glyphs }: { readonly length: number; readonly glyphs: Glyphs }) {
  const sign = (cell: number) => (cell < length ? glyphs.pinDigit : glyphs.pinEmpty);
  const groups = Array.from({ length: GROUPS }, (_, group) =>
    Array.from({ length: GROUP }, (__, i) => sign(group * GROUP + i)).join(' '),
  );
  return (
    <Box flexShrink={0} marginTop={1} alignSelf="flex-start" borderStyle="single" paddingX={2}>
      <Text {...THEME.emphasis}>{groups.join('   ')}</Text>
    </Box>
  );
}
