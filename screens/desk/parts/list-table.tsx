import { Box } from 'ink';
import { listWindow } from '../../list-window.ts';
import { OneLine } from '../../parts/one-line.tsx';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { SpokenList, spokenRow } from '../../parts/spoken-list.tsx';
import { Text, useTheme } from '../../parts/themed.tsx';
import type { Stage } from '../../stage.ts';
import type { LookName } from '../../theme.ts';
import { type ColumnRoom, columnWidths } from '../column-widths.ts';

export interface ListColumn extends ColumnRoom {
  readonly title: string;
}

/** What stands in one place of a list; with a look of its own where it says more than the others. */
export type ListCell = string | { readonly text: string; readonly look: LookName };

export interface ListRow {
  readonly key: string;
  /** As many as there are columns. */
  readonly cells: readonly ListCell[];
}

interface ListTableProps {
  readonly stage: Stage;
  readonly columns: readonly ListColumn[];
  readonly rows: readonly ListRow[];
  /** Which row is chosen; null: none can be. */
  readonly selected: number | null;
  /** Lines for all of it, the head included; at least 4. */
  readonly height: number;
  /** Said where there is no row. */
  readonly empty: string;
}

/** For the sign of the chosen row. */
const SIGN_WIDTH = 2;

/** A list in columns, one line a row, the chosen one always in sight. */
export function ListTable({ stage, columns, rows, selected, height, empty }: ListTableProps) {
  const aloud = useReadAloud();
  const { texts, width } = stage;
  if (aloud !== null) return <SpokenList {...spokenTable(columns, rows, selected, empty)} />;
  const widths = columnWidths(columns, width - SIGN_WIDTH);
  const { first, count } = listWindow(rows.length, selected ?? 0, Math.max(3, height - 1));
  const isWhole = count === rows.length;
  const below = rows.length - first - count;
  const { moreAbove, moreBelow } = texts.chooseReason;
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <Box flexDirection="column" flexShrink={0} width={width}>
      {columns.every(({ title }) => title === '') ? null : (
        <Row stage={stage} cells={columns.map(({ title }) => title)} widths={widths} look="label" />
      )}
      {isWhole ? null : <Text look="label">{first > 0 ? `  ${moreAbove(first)}` : ' '}</Text>}
      {rows.slice(first, first + count).map(({ key, cells }, i) => (
        <Row key={key} stage={stage} cells={cells} widths={widths} isSelected={first + i === selected} />
      ))}
      {isWhole ? null : <Text look="label">{below > 0 ? `  ${moreBelow(below)}` : ' '}</Text>}
    </Box>
  );
}

/** Each row behind its number, and before them what the columns are. */
function spokenTable(
  columns: readonly ListColumn[],
  rows: readonly ListRow[],
  selected: number | null,
  empty: string,
) {
  if (rows.length === 0) return { lines: [empty] };
  const head = spokenRow(columns.map(({ title }) => title));
  const lines = rows.map(({ cells }) =>
    spokenRow(cells.map((cell) => (typeof cell === 'string' ? cell : cell.text))),
  );
  const chosen = selected === null ? undefined : lines[selected];
  return { lines: head === '' ? lines : [head, ...lines], chosen };
}

function Empty({ children }: { readonly children: string }) {
  return (
    <Box flexShrink={0} paddingLeft={SIGN_WIDTH}>
      <Text look="text">{children}</Text>
    </Box>
  );
}

interface RowProps {
  readonly stage: Stage;
  readonly cells: readonly ListCell[];
  readonly widths: readonly number[];
  readonly look?: LookName;
  readonly isSelected?: boolean;
}

function Row({ stage: { glyphs, width }, cells, widths, look = 'text', isSelected = false }: RowProps) {
  const theme = useTheme();
  const lookOf = (cell: ListCell) =>
    isSelected ? 'selectedRow' : typeof cell === 'string' ? look : cell.look;
  return (
    <Box
      flexShrink={0}
      height={1}
      width={width}
      backgroundColor={isSelected ? theme.selectedBackground : undefined}
    >
      <Box width={SIGN_WIDTH} flexShrink={0}>
        <Text look="selectedRow">{isSelected ? glyphs.selected : ' '}</Text>
      </Box>
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity than their place
        <Box key={column} width={widths[column]} flexShrink={0} paddingRight={1}>
          <OneLine room={widths[column]! - 1} glyphs={glyphs} look={lookOf(cell)}>
            {typeof cell === 'string' ? cell : cell.text}
          </OneLine>
        </Box>
      ))}
    </Box>
  );
}
