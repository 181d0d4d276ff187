import { Box } from 'ink';
import { plainText } from '../plain-text.ts';
import { useReadAloud } from './read-aloud.tsx';
import { SpokenList } from './spoken-list.tsx';
import { Text } from './themed.tsx';

interface FactsTableProps {
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly width: number;
}

const LABEL_WIDTH = 16;

/** Label and value, one line each; a value that is too long is cut. */
export function FactsTable({ facts, width }: FactsTableProps) {
  const aloud = useReadAloud();
  if (aloud !== null) return <SpokenList lines={facts.map(({ label, value }) => `${label}: ${value}`)} />;
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      {facts.map(({ label, value }) => (
        <Box key={label} flexShrink={0} height={1}>
          <Box width={LABEL_WIDTH} flexShrink={0}>
            <Text look="label" wrap="truncate">
              {label}
            </Text>
          </Box>
          <Box width={width - LABEL_WIDTH} flexShrink={0}>
            <Text look="emphasis" wrap="truncate">
              {plainText(value)}
            </Text>
          </Box>
        </Box>
      ))}
    </Box>
  );
}
