import { Box } from 'ink';
import type { NamedReason } from '../../../src/domain/desk-pages.ts';
import { reasonsOf } from '../../../src/flows/desk-actions.ts';
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
  const { confirm } = deskDialog;
  const { reason, note, certificates } = dialog.chosen;
  const lines = [...consequencesOf(dialog.action, stage), ...fatesOf(dialog, stage)];
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

/** What an action leads to, for whoever has to tell the cardholder. */
export function consequencesOf(action: DeskDialog['action'], { texts }: DeskStage): readonly string[] {
  const { consequences } = texts.deskDialog;
  return Object.hasOwn(consequences, action) ? consequences[action as DialogAction] : [];
}

/** Actions whose reason decides what becomes of certificates. */
const BY_REASON: readonly DeskDialog['action'][] = ['reprovision', 'disable', 'cancelCard'];

function fatesOf({ action, chosen }: DeskDialog, { desk, texts }: DeskStage): readonly string[] {
  if (!BY_REASON.includes(action)) return [];
  const { fates } = texts.deskDialog;
  const { oldCertificates, oldEncryptionCertificate } = reasonOf(action, chosen.reason?.value, desk) ?? {};
  const encryption = fates.encryption[oldEncryptionCertificate ?? 'unknown'];
  return [
    fates.certificates[oldCertificates ?? 'unknown'],
    ...(encryption === null ? [] : [encryption]),
    fates.account,
  ];
}

function reasonOf(
  action: DeskDialog['action'],
  code: string | undefined,
  { state }: DeskStage['desk'],
): NamedReason | undefined {
  const page = state.kind === 'open' ? state.pages.at(-1) : undefined;
  const choices = reasonsOf(page?.kind === 'card' ? page.page : null, action);
  return choices.find(({ reason }) => reason.code === code)?.reason;
}
