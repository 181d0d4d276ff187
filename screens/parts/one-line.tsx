import { plainText } from '../plain-text.ts';
import type { Glyphs } from '../theme.ts';
import { Text, type TextProps } from './themed.tsx';

interface OneLineProps extends Omit<TextProps, 'wrap' | 'children'> {
  /** In cells. */
  readonly room: number;
  readonly glyphs: Glyphs;
  readonly children: string;
}

/** Text from wherever, in one line: what is too long ends in a sign that says so. */
export function OneLine({ room, glyphs, children, ...look }: OneLineProps) {
  return (
    <Text {...look} wrap="truncate">
      {cutAt(plainText(children), room, glyphs.cut)}
    </Text>
  );
}

/** Where a terminal has not got the sign that Ink cuts with. Such a terminal has no wide characters either. */
function cutAt(text: string, room: number, cut: string): string {
  const characters = [...text];
  if (cut === INKS_OWN || characters.length <= room) return text;
  return `${characters.slice(0, Math.max(0, room - 1)).join('')}${cut}`;
}

const INKS_OWN = '…';
