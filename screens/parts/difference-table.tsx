import { Box, Text } from 'ink';
import { listWindow } from '../list-window.ts';
import { plainText } from '../plain-text.ts';
import { THEME } from '../theme.ts';

/** One key in words. */
export interface DifferenceRow {
  readonly key: string;
  readonly certificate: string;
  readonly change: string;
  readonly before: string;
  readonly after: string;
  /** It does not just stay. */
  readonly isChange: boolean;
}

interface DifferenceTableProps {
  readonly head: DifferenceRow;
  readonly rows: readonly DifferenceRow[];
  /** The one in sight where not all fit. */
  readonly row: number;
  /** Lines for the rows, with the two that say that there is more. */
  readonly height: number;
  readonly moreAbove: (count: number) => string;
  readonly moreBelow: (count: number) => string;
}

const WIDTHS = { certificate: 33, change: 11, before: 15, after: 15 } as const;

/** Keys before → after, one line each. Where they are too many, a part around one of them is shown. */
export function DifferenceTable({ head, rows, row, height, moreAbove, moreBelow }: DifferenceTableProps) {
  const { first, count } = listWindow(rows.length, row, height);
  const isWhole = count === rows.length;
  const below = rows.length - first - count;
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      <Row row={head} look={THEME.label} />
      {isWhole ? null : <Text {...THEME.label}>{first > 0 ? moreAbove(first) : ' '}</Text>}
      {rows.slice(first, first + count).map((one, i) => (
        <Row
          key={one.key}
          row={one}
          look={!isWhole && first + i === row ? THEME.selected : one.isChange ? THEME.emphasis : THEME.text}
        />
      ))}
      {isWhole ? null : <Text {...THEME.label}>{below > 0 ? moreBelow(below) : ' '}</Text>}
    </Box>
  );
}

function Row({ row, look }: { readonly row: DifferenceRow; readonly look: object }) {
  return (
    <Box flexShrink={0} height={1}>
      {(Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]).map((column) => (
        <Box key={column} width={WIDTHS[column]} flexShrink={0} paddingRight={1}>
          <Text {...look} wrap="truncate">
            {plainText(row[column])}
          </Text>
        </Box>
      ))}
    </Box>
  );
}
