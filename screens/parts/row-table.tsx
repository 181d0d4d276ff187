import { Box } from 'ink';
import { listWindow } from '../list-window.ts';
import { plainText } from '../plain-text.ts';
import type { LookName } from '../theme.ts';
import { useReadAloud } from './read-aloud.tsx';
import { SpokenList, spokenRow } from './spoken-list.tsx';
import { Text } from './themed.tsx';

/** One line of a table in words. */
export interface TableRow {
  readonly key: string;
  /** As many as there are columns. */
  readonly cells: readonly string[];
  /** It does not just stay. */
  readonly isChange: boolean;
  /** It is lost: to be seen first, and said in words as well. */
  readonly isBad?: boolean;
}

interface RowTableProps {
  /** Of the columns, in cells. */
  readonly widths: readonly number[];
  readonly head: readonly string[];
  readonly rows: readonly TableRow[];
  /** The one in sight where not all fit. */
  readonly row: number;
  /** Lines for the rows, with the two that say that there is more. */
  readonly height: number;
  readonly moreAbove: (count: number) => string;
  readonly moreBelow: (count: number) => string;
}

/** What becomes of each key, one line each. Where they are too many, a part around one of them is shown. */
export function RowTable({ widths, head, rows, row, height, moreAbove, moreBelow }: RowTableProps) {
  const aloud = useReadAloud();
  if (aloud !== null) return <SpokenList lines={[head, ...rows.map(({ cells }) => cells)].map(spokenRow)} />;
  const { first, count } = listWindow(rows.length, row, height);
  const isWhole = count === rows.length;
  const below = rows.length - first - count;
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      <Row cells={head} widths={widths} look="label" />
      {isWhole ? null : <Text look="label">{first > 0 ? moreAbove(first) : ' '}</Text>}
      {rows.slice(first, first + count).map((one, i) => (
        <Row
          key={one.key}
          cells={one.cells}
          widths={widths}
          look={!isWhole && first + i === row ? 'selected' : lookOf(one)}
        />
      ))}
      {isWhole ? null : <Text look="label">{below > 0 ? moreBelow(below) : ' '}</Text>}
    </Box>
  );
}

function lookOf({ isChange, isBad = false }: TableRow) {
  if (isBad) return 'bad';
  return isChange ? 'emphasis' : 'text';
}

interface RowProps {
  readonly cells: readonly string[];
  readonly widths: readonly number[];
  readonly look: LookName;
}

function Row({ cells, widths, look }: RowProps) {
  return (
    <Box flexShrink={0} height={1}>
      {widths.map((width, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity than their place
        <Box key={column} width={width} flexShrink={0} paddingRight={1}>
          <Text look={look} wrap="truncate">
            {plainText(cells[column] ?? '')}
          </Text>
        </Box>
      ))}
    </Box>
  );
}
