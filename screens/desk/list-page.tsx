import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { DeskStage } from './desk-stage.ts';
import { Asked } from './parts/asked.tsx';
import { type ListColumn, type ListRow, ListTable } from './parts/list-table.tsx';
import { PageFrame } from './parts/page-frame.tsx';

interface ListPageProps {
  readonly stage: DeskStage;
  readonly columns: readonly ListColumn[];
  /** Null: not there yet. */
  readonly rows: readonly ListRow[] | null;
  readonly selected: number;
  readonly empty: string;
  readonly refused: string | null;
  readonly said: string | null;
  /** Above the list, in so many lines. */
  readonly above?: ReactNode;
  readonly linesAbove?: number;
  /** Of the chosen row, or of the whole list, in so many lines. */
  readonly below?: ReactNode;
  readonly linesBelow?: number;
}

/** A page that is one list. */
export function ListPage({ stage, rows, refused, said, ...list }: ListPageProps) {
  const { columns, selected, empty, above, linesAbove = 0, below, linesBelow = 0 } = list;
  return (
    // What could not be asked anew is told beside what was there before.
    <PageFrame stage={stage} said={said ?? (rows === null ? null : refused)}>
      {(height) => (
        <>
          {above}
          {rows === null ? (
            <Asked stage={stage} refused={refused} />
          ) : (
            <ListTable
              stage={stage}
              columns={columns}
              rows={rows}
              selected={selected}
              height={height - linesAbove - linesBelow}
              empty={empty}
            />
          )}
          <Box flexGrow={1} />
          {below}
        </>
      )}
    </PageFrame>
  );
}
