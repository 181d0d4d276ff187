import { Box } from 'ink';
import type { KeyHint } from '../key-help.ts';
import { languageKey } from '../language-key.ts';
import type { Stage } from '../stage.ts';
import { clockText } from '../texts/time.ts';
import { themeKey } from '../theme-key.ts';
import { OneLine } from './one-line.tsx';
import { Text, useTheme } from './themed.tsx';

const SEPARATOR = '   ';
/** At both ends, and between. */
const GAPS = 4;
/** Columns in which all of it has room. */
const ROOMY = 100;

interface TitleBarProps {
  readonly stage: Stage;
  /** Who is signed in; null: nobody. */
  readonly who: string | null;
}

/** At the desk the name of whoever is signed in comes first. */
function themeHint({ view }: Stage, who: string | null): KeyHint | null {
  return who === null || view.size.columns >= ROOMY ? themeKey(view) : null;
}

/** Which kiosk this is, who is signed in, how to have another language, the time. */
export function TitleBar({ stage, who }: TitleBarProps) {
  const theme = useTheme();
  const { kioskName, now, size } = stage.view;
  const other = languageKey(stage.view);
  const keys = [themeHint(stage, who), other].filter((hint) => hint !== null);
  const right = [...keys.map(({ key, text }) => `${key} ${text}`), clockText(now)].join(SEPARATOR);
  return (
    <Box
      flexShrink={0}
      height={1}
      width={size.columns}
      paddingX={1}
      justifyContent="space-between"
      backgroundColor={theme.titleBackground}
    >
      <Box flexShrink={1}>
        <OneLine room={size.columns - right.length - GAPS} glyphs={stage.glyphs} look="title">
          {['Recard', ...(who === null ? [] : [who]), kioskName].join(SEPARATOR)}
        </OneLine>
      </Box>
      <Box flexShrink={0} marginLeft={2}>
        <Text look="title">{right}</Text>
      </Box>
    </Box>
  );
}
