import { Box } from 'ink';
import type { FrameNote } from '../card-line.ts';
import { plainText } from '../plain-text.ts';
import type { Glyphs } from '../theme.ts';
import { Text } from './themed.tsx';

interface RuleProps {
  readonly columns: number;
  readonly glyphs: Glyphs;
  /** What has to be said and leaves the screen itself alone. */
  readonly notes: readonly FrameNote[];
}

/** A line across, with what is said in it. Where there is too little room, the first note is cut. */
export function Rule({ columns, glyphs, notes }: RuleProps) {
  const said = notes.map(noteText);
  const over = lengthOf(said) - columns;
  const [first, ...rest] = said;
  const shown =
    first === undefined || over <= 0 ? said : [cutAt(first, first.length - over, glyphs.cut), ...rest];
  return (
    <Box flexShrink={0} height={1} width={columns}>
      <Text wrap="truncate">
        {shown.map((text, i) => (
          <Text key={text}>
            <Text look="rule">{LINE}</Text>
            <Text look={notes[i]!.look}>{` ${text} `}</Text>
          </Text>
        ))}
        <Text look="rule">{LINE.repeat(Math.max(0, columns - lengthOf(shown) + 1))}</Text>
      </Text>
    </Box>
  );
}

/** Whether all of it can be said whole in one line. */
export function hasRoom(columns: number, notes: readonly FrameNote[]): boolean {
  return lengthOf(notes.map(noteText)) <= columns;
}

const LINE = '─';

function noteText({ sign, text }: FrameNote): string {
  return `${sign} ${plainText(text)}`.trim();
}

/** With a blank on either side, a piece of the line before each, and one at the end. */
function lengthOf(said: readonly string[]): number {
  return said.reduce((sum, text) => sum + text.length + 3, 1);
}

function cutAt(text: string, room: number, cut: string): string {
  return `${[...text].slice(0, Math.max(0, room - 1)).join('')}${cut}`;
}
