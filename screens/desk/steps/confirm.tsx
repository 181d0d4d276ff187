import { Box } from 'ink';
import type { DeskDialog } from '../../../src/flows/desk-state.ts';
import { Heading, Paragraph, Point } from '../../parts/text.tsx';
import { plainText } from '../../plain-text.ts';
import type { DialogAction } from '../../texts/desk-dialog-catalogue.ts';
import type { DeskStage } from '../desk-stage.ts';
import { titleIn } from '../desk-text.ts';

interface ConfirmProps {
  readonly dialog: DeskDialog;
  readonly stage: DeskStage;
}

/** Letters of a note that are shown again: two lines. */
const LONGEST_NOTE = 140;

/** What will be done, to whom, and what becomes of certificates and account (RP-13). */
export function Confirm({ dialog, stage }: ConfirmProps) {
  const { deskDialog } = stage.texts;
  const { confirm, consequences } = deskDialog;
  const { reason, note, certificates } = dialog.chosen;
  const lines = Object.hasOwn(consequences, dialog.action) ? consequences[dialog.action as DialogAction] : [];
  return (
    <>
      <Heading>{confirm.title}</Heading>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {lines.map((line) => (
          <Point key={line} sign={stage.glyphs.bullet}>
            {line}
          </Point>
        ))}
      </Box>
      {reason === null ? null : (
        <Paragraph>{confirm.reason(titleIn(reason.titles, reason.value, stage))}</Paragraph>
      )}
      {certificates.length === 0 ? null : (
        <Paragraph above={0}>{confirm.keys(certificates.length)}</Paragraph>
      )}
      {note === null ? null : (
        <Paragraph above={reason === null ? 1 : 0}>
          {confirm.note(plainText(note).slice(0, LONGEST_NOTE))}
        </Paragraph>
      )}
    </>
  );
}
