import { Box, Text } from 'ink';
import { type Glyphs, THEME } from '../theme.ts';

interface MenuProps {
  readonly items: readonly { readonly key: string; readonly text: string }[];
  readonly selected: number;
  /** Lines for the list, with the two that say that there is more. */
  readonly height: number;
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly moreAbove: (count: number) => string;
  readonly moreBelow: (count: number) => string;
}

/** A numbered list of which one is chosen. Where it is too long, a part around the chosen one is shown. */
export function Menu({ items, selected, height, width, glyphs, moreAbove, moreBelow }: MenuProps) {
  const { first, count } = menuWindow(items.length, selected, height);
  const isWhole = count === items.length;
  const below = items.length - first - count;
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      {isWhole ? null : <Text {...THEME.label}>{first > 0 ? `  ${moreAbove(first)}` : ' '}</Text>}
      {items.slice(first, first + count).map(({ key, text }, i) => {
        const isSelected = first + i === selected;
        const number = first + i < 9 ? `${first + i + 1}` : ' ';
        return (
          <Box key={key} flexShrink={0} width={width} height={1}>
            <Text {...(isSelected ? THEME.selected : THEME.text)} wrap="truncate">
              {`${isSelected ? glyphs.selected : ' '} ${number}  ${text} `}
            </Text>
          </Box>
        );
      })}
      {isWhole ? null : <Text {...THEME.label}>{below > 0 ? `  ${moreBelow(below)}` : ' '}</Text>}
    </Box>
  );
}

/** Which part of a list is shown in so many lines, the chosen one in the middle of it. */
function menuWindow(length: number, selected: number, height: number) {
  if (length <= height) return { first: 0, count: length };
  const count = Math.max(1, height - 2);
  const first = Math.min(Math.max(0, selected - Math.floor(count / 2)), length - count);
  return { first, count };
}
