import { Box } from 'ink';
import type { Glyphs } from '../theme.ts';
import { useReadAloud } from './read-aloud.tsx';
import { Text, useBorder } from './themed.tsx';

interface CodeFieldProps {
  /** How many digits each group has. */
  readonly groups: readonly number[];
  readonly length: number;
  readonly glyphs: Glyphs;
}

/** Where a code is typed: as many signs as it has digits, in groups. Never knows a digit. */
export function CodeField({ groups, length, glyphs }: CodeFieldProps) {
  const border = useBorder();
  const aloud = useReadAloud();
  if (aloud !== null) {
    const total = groups.reduce((sum, one) => sum + one, 0);
    return <Text>{aloud.typedOf(Math.min(length, total), total)}</Text>;
  }
  const sign = (cell: number) => (cell < length ? glyphs.pinDigit : glyphs.pinEmpty);
  const shown = groups.map((count, group) => {
    const before = groups.slice(0, group).reduce((sum, one) => sum + one, 0);
    return Array.from({ length: count }, (_, i) => sign(before + i)).join(' ');
  });
  return (
    <Box flexShrink={0} marginTop={1} alignSelf="flex-start" borderStyle="single" {...border} paddingX={2}>
      <Text look="emphasis">{shown.join('   ')}</Text>
    </Box>
  );
}
