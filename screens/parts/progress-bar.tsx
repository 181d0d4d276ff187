import { Box } from 'ink';
import type { Glyphs } from '../theme.ts';
import { useReadAloud } from './read-aloud.tsx';
import { Text } from './themed.tsx';

interface ProgressBarProps {
  readonly done: number;
  readonly total: number;
  readonly width: number;
  readonly glyphs: Glyphs;
}

/** How far: a bar, and the same in per cent. */
export function ProgressBar({ done, total, width, glyphs }: ProgressBarProps) {
  const share = total > 0 && done > 0 ? Math.min(1, done / total) : 0;
  const aloud = useReadAloud();
  // In tens, or it would be said anew all the time.
  if (aloud !== null) return <Text>{aloud.percent(Math.floor(share * 10) * 10)}</Text>;
  const cells = Math.max(1, width - 6);
  const filled = Math.floor(cells * share);
  return (
    <Box flexShrink={0} marginTop={1} height={1}>
      <Text look="good">{glyphs.full.repeat(filled)}</Text>
      <Text look="text">{glyphs.rest.repeat(cells - filled)}</Text>
      <Text look="emphasis">{`${Math.floor(share * 100)} %`.padStart(6)}</Text>
    </Box>
  );
}
