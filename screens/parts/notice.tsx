import { Box } from 'ink';
import type { Tone } from '../theme.ts';
import { useReadAloud } from './read-aloud.tsx';
import { Text, useTheme } from './themed.tsx';
import { Wrapped } from './wrapped.tsx';

interface NoticeProps {
  readonly tone: Tone;
  readonly children: string;
  readonly above?: number;
  readonly isCentred?: boolean;
}

/** Said before the text, so that the colour is not all there is. */
const SIGNS: Readonly<Record<Tone, string>> = { good: '', warn: '!', bad: '!' };

/** Something that must not be overlooked, in a box. */
export function Notice({ tone, children, above = 1, isCentred = false }: NoticeProps) {
  const theme = useTheme();
  const sign = SIGNS[tone];
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{tone === 'good' ? children : aloud.attention(children)}</Text>;
  return (
    <Box flexShrink={0} marginTop={above} justifyContent={isCentred ? 'center' : 'flex-start'}>
      <Box
        borderStyle="single"
        borderColor={theme.looks[tone].color}
        borderBackgroundColor={theme.background ?? undefined}
        paddingX={1}
        flexShrink={1}
      >
        {sign === '' ? null : (
          <Box flexShrink={0} width={2}>
            <Text look={tone}>{sign}</Text>
          </Box>
        )}
        <Wrapped look={tone}>{children}</Wrapped>
      </Box>
    </Box>
  );
}
