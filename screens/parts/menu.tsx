import { Box } from 'ink';
import { listWindow } from '../list-window.ts';
import type { Glyphs } from '../theme.ts';
import { useLarge } from './large.tsx';
import { useReadAloud } from './read-aloud.tsx';
import { SpokenList } from './spoken-list.tsx';
import { Text } from './themed.tsx';

interface MenuItem {
  readonly key: string;
  readonly text: string;
  /** It cannot be chosen now; the text says so as well. */
  readonly isOff?: boolean;
}

interface MenuProps {
  readonly items: readonly MenuItem[];
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
  const aloud = useReadAloud();
  const large = useLarge();
  if (aloud !== null) {
    const lines = items.map(({ text }, i) => (i < 9 ? `${i + 1}, ${text}` : text));
    return <SpokenList lines={lines} chosen={lines[selected]} />;
  }
  const { first, count } = listWindow(items.length, selected, height);
  const isWhole = count === items.length;
  // An empty line between them, where they fit with it.
  const isRoomy = (large?.isRoomy ?? false) && 2 * items.length <= height;
  const below = items.length - first - count;
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      {isWhole ? null : <Text look="label">{first > 0 ? `  ${moreAbove(first)}` : ' '}</Text>}
      {items.slice(first, first + count).map((item, i) => {
        const isSelected = first + i === selected;
        const number = first + i < 9 ? `${first + i + 1}` : ' ';
        return (
          <Box key={item.key} flexShrink={0} width={width} height={isRoomy ? 2 : 1}>
            <Text look={lookOf(item, isSelected)} wrap="truncate">
              {`${isSelected ? glyphs.selected : ' '} ${number}  ${item.text} `}
            </Text>
          </Box>
        );
      })}
      {isWhole ? null : <Text look="label">{below > 0 ? `  ${moreBelow(below)}` : ' '}</Text>}
    </Box>
  );
}

function lookOf({ isOff }: MenuItem, isSelected: boolean) {
  if (isSelected) return 'selected';
  return isOff ? 'off' : 'text';
}
