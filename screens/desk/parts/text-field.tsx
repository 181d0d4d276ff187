import { Box } from 'ink';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { Text } from '../../parts/themed.tsx';
import { plainText } from '../../plain-text.ts';

interface TextFieldProps {
  readonly label: string;
  readonly text: string;
  readonly width: number;
}

/** Cells that the cursor takes. */
const CURSOR = 1;

/** Where something is typed that everybody may read: its end is always in sight, and the cursor behind it. */
export function TextField({ label, text, width }: TextFieldProps) {
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{`${label}: ${plainText(text)}`}</Text>;
  const room = Math.max(1, width - label.length - 2 - CURSOR);
  return (
    <Box flexShrink={0} height={1} width={width}>
      <Box flexShrink={0} marginRight={2}>
        <Text look="label">{label}</Text>
      </Box>
      <Box flexShrink={1} overflow="hidden">
        <Text look="emphasis" wrap="truncate-start">
          {typed(text, room)}
        </Text>
      </Box>
      <Box flexShrink={0} width={CURSOR}>
        <Text look="cursor">_</Text>
      </Box>
    </Box>
  );
}

/** A blank at the end was typed as well, and is seen. What cannot be seen anyway is not laid out. */
function typed(text: string, room: number): string {
  const characters = [...text].slice(-room * 2).join('');
  const plain = plainText(characters);
  return /\s$/.test(characters) && plain !== '' ? `${plain} ` : plain;
}
