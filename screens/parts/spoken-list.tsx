import { Box } from 'ink';
import { plainText } from '../plain-text.ts';
import { useReadAloud } from './read-aloud.tsx';
import { Text } from './themed.tsx';

interface SpokenListProps {
  readonly lines: readonly string[];
  /** The line that is chosen. It is said once more, below: so nothing else changes with it. */
  readonly chosen?: string;
}

/** A list or a table line by line, all of it. Only where the screen is read aloud. */
export function SpokenList({ lines, chosen }: SpokenListProps) {
  const aloud = useReadAloud();
  return (
    <Box flexDirection="column">
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
        <Text key={i}>{plainText(line)}</Text>
      ))}
      {aloud === null || chosen === undefined ? null : <Text>{plainText(aloud.chosen(chosen))}</Text>}
    </Box>
  );
}

/** What stands in the columns of a row, as one line. */
export function spokenRow(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(', ');
}
