import { Box } from 'ink';
import type { Glyphs } from '../theme.ts';
import { useLarge } from './large.tsx';
import { useReadAloud } from './read-aloud.tsx';
import { Text, useBorder } from './themed.tsx';

/** PIV allows no more. */
const CELLS = 8;

/** Where a PIN is typed: as many signs as it has digits, in cells that do not move. Never knows a digit. */
export function PinField({ length, glyphs }: { readonly length: number; readonly glyphs: Glyphs }) {
  const border = useBorder();
  const large = useLarge();
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{aloud.typed(length)}</Text>;
  const typed = Math.min(CELLS, Math.max(0, length));
  const [full, empty] = large
    ? [glyphs.full.repeat(2), glyphs.pinEmpty.repeat(2)]
    : [glyphs.pinDigit, glyphs.pinEmpty];
  return (
    <Box flexShrink={0} marginTop={1} alignSelf="flex-start" borderStyle="single" {...border} paddingX={2}>
      <Text look="emphasis">
        {Array.from({ length: CELLS }, (_, i) => (i < typed ? full : empty)).join(' ')}
      </Text>
    </Box>
  );
}
