import { Box, Text } from 'ink';
import type { KeyHint } from '../key-help.ts';
import type { Stage } from '../stage.ts';
import { THEME } from '../theme.ts';

interface KeyHelpProps {
  readonly stage: Stage;
  readonly hints: readonly KeyHint[];
  readonly idle: (seconds: number) => string;
}

/** Which keys do what now, and the idle time counted down (UX-04). */
export function KeyHelp({ stage: { view }, hints, idle }: KeyHelpProps) {
  return (
    <Box flexShrink={0} height={1} width={view.size.columns} paddingX={1} justifyContent="space-between">
      <Box flexShrink={1} height={1}>
        <Text wrap="truncate">
          {hints.map(({ key, text }, i) => (
            <Text key={`${key} ${text}`}>
              {i === 0 ? '' : '   '}
              {key === null ? null : <Text {...THEME.key}>{key} </Text>}
              <Text {...THEME.text}>{text}</Text>
            </Text>
          ))}
        </Text>
      </Box>
      {view.idleSecondsLeft === null ? null : (
        <Box flexShrink={0} marginLeft={2}>
          <Text {...THEME.text}>{idle(Math.max(0, Math.ceil(view.idleSecondsLeft)))}</Text>
        </Box>
      )}
    </Box>
  );
}
