import { Box } from 'ink';
import type { KeyHint } from '../key-help.ts';
import type { Stage } from '../stage.ts';
import { Text } from './themed.tsx';

interface KeyHelpProps {
  readonly stage: Stage;
  readonly hints: readonly KeyHint[];
  readonly idle: (seconds: number) => string;
}

/** Cells left free at each end of the line. */
const PADDING = 1;
/** At least so many between the keys and the time. */
const BEFORE_TIME = 2;

/** Which keys do what now, and the idle time counted down (UX-04). Where it gets narrow, the time says less, and the keys move together. */
export function KeyHelp({ stage, hints, idle }: KeyHelpProps) {
  const { columns } = stage.view.size;
  const { gap, time } = fitted(hints, times(stage, idle), columns - 2 * PADDING);
  return (
    <Box flexShrink={0} height={1} width={columns} paddingX={PADDING} justifyContent="space-between">
      <Box flexShrink={1} height={1}>
        <Text wrap="truncate">
          {hints.map(({ key, text }, i) => (
            <Text key={`${key} ${text}`}>
              {i === 0 ? '' : ' '.repeat(gap)}
              {key === null ? null : <Text look="key">{key} </Text>}
              <Text look="text">{text}</Text>
            </Text>
          ))}
        </Text>
      </Box>
      {time === '' ? null : (
        <Box flexShrink={0} marginLeft={BEFORE_TIME}>
          <Text look="text">{time}</Text>
        </Box>
      )}
    </Box>
  );
}

/** What may be said of the time that is left, the longest first; nothing where it is not counted. */
function times({ view, texts: { keys } }: Stage, idle: KeyHelpProps['idle']): readonly string[] {
  if (view.idleSecondsLeft === null) return [''];
  const seconds = Math.max(0, Math.ceil(view.idleSecondsLeft));
  return [idle(seconds), keys.idleBrief(seconds), `${seconds} s`];
}

/** The roomiest way that fits. */
function fitted(hints: readonly KeyHint[], longToShort: readonly string[], width: number) {
  const cells = hints.reduce(
    (sum, { key, text }) => sum + (key === null ? 0 : key.length + 1) + text.length,
    0,
  );
  const ways = longToShort.flatMap((time) => [3, 2].map((gap) => ({ gap, time })));
  const isFit = ({ gap, time }: (typeof ways)[number]) =>
    cells + gap * Math.max(0, hints.length - 1) + (time === '' ? 0 : BEFORE_TIME + time.length) <= width;
  return ways.find(isFit) ?? ways.at(-1)!;
}
