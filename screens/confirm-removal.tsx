import { Box } from 'ink';
import { removalsOf } from '../src/flows/waiting-task.ts';
import { periodText } from './difference-rows.ts';
import { listWindow } from './list-window.ts';
import { rowsToFill } from './parts/body.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph, Point } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import type { ScreenProps } from './stage.ts';

/** Lines taken by everything but the list. */
const OTHER_ROWS = 10;

/** What is taken off the card, each by name: a confirmation of its own (KR-05). */
export function ConfirmRemoval({ state, stage }: ScreenProps<'confirmRemoval'>) {
  const { removal, chooseReason } = stage.texts;
  const removed = removalsOf(state.difference);
  const { first, count } = listWindow(
    removed.length,
    state.row,
    Math.max(3, rowsToFill(stage.height) - OTHER_ROWS),
  );
  const isWhole = count === removed.length;
  const below = removed.length - first - count;
  return (
    <>
      <Heading>{removal.title(removed.length)}</Heading>
      <Paragraph above={0}>{removal.text(removed.length)}</Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {isWhole ? null : <Text look="label">{first > 0 ? chooseReason.moreAbove(first) : ' '}</Text>}
        {removed.slice(first, first + count).map((certificate) => (
          <Point key={certificate.serialNumber} sign={stage.glyphs.bullet} isInList>
            {periodText(certificate, stage)}
          </Point>
        ))}
        {isWhole ? null : <Text look="label">{below > 0 ? chooseReason.moreBelow(below) : ' '}</Text>}
      </Box>
      <Notice tone="bad">{removal.confirm}</Notice>
    </>
  );
}
