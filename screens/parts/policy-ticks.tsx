import { Box } from 'ink';
import type { Glyphs } from '../theme.ts';
import { useReadAloud } from './read-aloud.tsx';
import { SpokenList } from './spoken-list.tsx';
import { Text } from './themed.tsx';

interface PolicyTicksProps {
  readonly rules: readonly { readonly text: string; readonly satisfied: boolean }[];
  readonly glyphs: Glyphs;
}

/** What a PIN must be, ticked off as it is typed. */
export function PolicyTicks({ rules, glyphs }: PolicyTicksProps) {
  const aloud = useReadAloud();
  if (aloud !== null) {
    const said = rules.map(({ text, satisfied }) =>
      satisfied ? aloud.fulfilled(text) : aloud.notFulfilled(text),
    );
    return <SpokenList lines={said} />;
  }
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      {rules.map(({ text, satisfied }) => (
        <Box key={text} flexShrink={0}>
          <Box width={2} flexShrink={0}>
            <Text look={satisfied ? 'good' : 'text'}>{satisfied ? glyphs.tick : glyphs.open}</Text>
          </Box>
          <Text look={satisfied ? 'good' : 'text'}>{text}</Text>
        </Box>
      ))}
    </Box>
  );
}
