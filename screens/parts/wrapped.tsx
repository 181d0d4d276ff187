import { Transform } from 'ink';
import { Text, type TextProps } from './themed.tsx';

/** Text over several lines. Ink leaves the space of a break at the start of the next line when a word just fits. */
export function Wrapped({ children, ...look }: TextProps) {
  return (
    <Transform transform={withoutLeadingSpace}>
      <Text {...look}>{children}</Text>
    </Transform>
  );
}

/** The line may begin with colours (SGR). */
function withoutLeadingSpace(line: string): string {
  return line.replace(SPACE_AFTER_COLOURS, '$1');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an SGR sequence begins with ESC
const SPACE_AFTER_COLOURS = /^((?:\x1b\[[0-9;]*m)*) +/;
