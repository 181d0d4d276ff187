import { Box, Text } from 'ink';
import { LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { canChangeLanguage, type KeyHint, keyHints } from '../key-help.ts';
import type { Stage } from '../stage.ts';
import { TEXTS } from '../texts/texts.ts';
import { THEME } from '../theme.ts';

/** Which keys do what now, and the idle time counted down (UX-04). */
export function KeyHelp({ stage }: { readonly stage: Stage }) {
  const { view, texts } = stage;
  return (
    <Box flexShrink={0} height={1} width={view.size.columns} paddingX={1} justifyContent="space-between">
      <Box flexShrink={1} height={1}>
        <Text wrap="truncate">
          {allHints(stage).map(({ key, text }, i) => (
            <Text key={text}>
              {i === 0 ? '' : '   '}
              {key === null ? null : <Text {...THEME.key}>{key} </Text>}
              <Text {...THEME.text}>{text}</Text>
            </Text>
          ))}
        </Text>
      </Box>
      {view.idleSecondsLeft === null ? null : (
        <Box flexShrink={0} marginLeft={2}>
          <Text {...THEME.text}>{texts.keys.idle(Math.max(0, Math.ceil(view.idleSecondsLeft)))}</Text>
        </Box>
      )}
    </Box>
  );
}

function allHints({ view, texts }: Stage): readonly KeyHint[] {
  const hints = keyHints(view.walkUp, texts);
  if (!canChangeLanguage(view.walkUp)) return hints;
  const next = LANGUAGES[(LANGUAGES.indexOf(view.language) + 1) % LANGUAGES.length]!;
  return [...hints, { key: 'Tab', text: TEXTS[next].languageName }];
}
