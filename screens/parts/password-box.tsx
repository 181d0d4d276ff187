import { Box } from 'ink';
import type { Glyphs } from '../theme.ts';
import { useReadAloud } from './read-aloud.tsx';
import { Text, useBorder } from './themed.tsx';

interface PasswordBoxProps {
  /** In characters. */
  readonly length: number;
  /** The same in words. */
  readonly count: string;
  readonly width: number;
  readonly glyphs: Glyphs;
}

/** Border, padding. */
const FRAME = 6;

/** Where a password is typed: a sign for each character, as many as there is room for, and the count. Never knows a character. */
export function PasswordBox({ length, count, width, glyphs }: PasswordBoxProps) {
  const border = useBorder();
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{count}</Text>;
  const cells = Math.max(1, width - FRAME);
  const typed = Math.min(cells, Math.max(0, length));
  return (
    <Box flexShrink={0} marginTop={1} flexDirection="column">
      <Box flexShrink={0} alignSelf="flex-start" borderStyle="single" {...border} paddingX={2}>
        <Text look="emphasis">{glyphs.pinDigit.repeat(typed).padEnd(cells)}</Text>
      </Box>
      <Text look="text">{count}</Text>
    </Box>
  );
}
