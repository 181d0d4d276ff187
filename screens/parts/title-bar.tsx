import { Box, Text } from 'ink';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { clockText } from '../texts/time.ts';
import { THEME } from '../theme.ts';

interface TitleBarProps {
  readonly stage: Stage;
  /** Who is signed in; null: nobody. */
  readonly who: string | null;
}

/** Which kiosk this is, who is signed in, the language, the time. */
export function TitleBar({ stage, who }: TitleBarProps) {
  const { kioskName, language, now, size } = stage.view;
  return (
    <Box
      flexShrink={0}
      height={1}
      width={size.columns}
      paddingX={1}
      justifyContent="space-between"
      backgroundColor={THEME.titleBackground}
    >
      <Box flexShrink={1}>
        <Text {...THEME.title} wrap="truncate">
          {['Recard', ...(who === null ? [] : [who]), plainText(kioskName)].join('   ')}
        </Text>
      </Box>
      <Box flexShrink={0} marginLeft={2}>
        <Text {...THEME.title}>{`${stage.texts.languageName}   ${clockText(now, language)}`}</Text>
      </Box>
    </Box>
  );
}
