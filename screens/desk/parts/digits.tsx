import { Box } from 'ink';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { Text } from '../../parts/themed.tsx';
import type { Glyphs } from '../../theme.ts';
import { bigDigits, digitGroups } from '../big-digits.ts';

interface DigitsProps {
  readonly digits: string;
  readonly width: number;
  readonly glyphs: Glyphs;
}

/** A one-time code that is read out or written down: large where there is room, and in groups. */
export function Digits({ digits, width, glyphs }: DigitsProps) {
  const groups = digitGroups(digits);
  const lines = bigDigits(groups, glyphs.full);
  const isLarge = useReadAloud() === null && (lines[0]?.length ?? 0) <= width;
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      {isLarge
        ? lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a picture have no other identity than their place
            <Text key={i} look="emphasis" wrap="truncate">
              {line}
            </Text>
          ))
        : null}
      <Box flexShrink={0} marginTop={isLarge ? 1 : 0}>
        <Text look="emphasis">{groups.join('  ')}</Text>
      </Box>
    </Box>
  );
}
