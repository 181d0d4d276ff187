import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Stage } from '../stage.ts';

/** Rows that the fullest screen takes: what is beyond is shared out above and below. */
const FULLEST = 16;

/** Rows left free above the heading. @param height of the room */
export function rowsAbove(height: number): number {
  return Math.max(height > FULLEST ? 1 : 0, Math.floor((height - FULLEST) / 3));
}

/**
 * Rows for a list and all that stands around it: the taller the room, the more of it stays free above. One such row is among
 * those that every screen counts for itself.
 */
export function rowsToFill(height: number): number {
  return Math.min(height, height - rowsAbove(height) + 1);
}

/** The room of one screen. The heading is at the same place in all of them; what is too much is cut off below. */
export function Body({ stage, children }: { readonly stage: Stage; readonly children: ReactNode }) {
  const above = rowsAbove(stage.height);
  return (
    <Box
      flexDirection="column"
      flexShrink={0}
      alignSelf="center"
      width={stage.width}
      height={stage.height + stage.letterRows}
      paddingTop={above}
      overflow="hidden"
    >
      {children}
    </Box>
  );
}
