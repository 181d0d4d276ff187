import { Box } from 'ink';
import { givesCode } from '../../src/flows/desk-scripts.ts';
import type { DeskDialog, DeskStep } from '../../src/flows/desk-state.ts';
import { OneLine } from '../parts/one-line.tsx';
import { Heading, Paragraph } from '../parts/text.tsx';
import { plainText } from '../plain-text.ts';
import type { DeskStage } from './desk-stage.ts';
import { titleIn } from './desk-text.ts';
import { AskPin } from './parts/ask-pin.tsx';
import { Said } from './parts/page-frame.tsx';
import { Waiting } from './sign-in.tsx';
import { Choose } from './steps/choose.tsx';
import { Confirm } from './steps/confirm.tsx';
import { Removal, StepDifference } from './steps/difference.tsx';
import { Outcome } from './steps/outcome.tsx';
import { Pick } from './steps/pick.tsx';
import { Write } from './steps/write.tsx';

interface DialogProps {
  readonly dialog: DeskDialog;
  readonly stage: DeskStage;
}

/** What is done, and to whom or what. */
const HEAD_LINES = 2;

/** One action on its way: what it is about stands above every step. */
export function Dialog({ dialog, stage }: DialogProps) {
  const { action, subject } = dialog;
  const about = [subject.personName, subject.cardName].filter((name) => name !== null).join(', ');
  const name = stage.texts.desk.actions[action];
  const title = about === '' ? name : stage.texts.labelled(name, about);
  const reason = isForWitness(dialog.step) ? reasonIn(dialog, stage) : null;
  return (
    <>
      <Box flexDirection="column" flexShrink={0} height={HEAD_LINES}>
        <OneLine room={stage.width} glyphs={stage.glyphs} look="label">
          {title}
        </OneLine>
        {reason === null ? null : (
          <OneLine room={stage.width} glyphs={stage.glyphs} look="label">
            {reason}
          </OneLine>
        )}
      </Box>
      <Step dialog={dialog} step={dialog.step} stage={{ ...stage, height: stage.height - HEAD_LINES }} />
    </>
  );
}

interface StepProps extends DialogProps {
  readonly step: DeskStep;
}

function Step({ dialog, step, stage }: StepProps) {
  const { deskDialog } = stage.texts;
  switch (step.kind) {
    case 'choose':
      return <Choose step={step} stage={stage} />;
    case 'asking':
      return <Waiting title={deskDialog.asking[step.what]} stage={stage} />;
    case 'pick':
      return <Pick step={step} stage={stage} />;
    case 'difference':
      return <StepDifference step={step} stage={stage} />;
    case 'removal':
      return <Removal step={step} stage={stage} />;
    case 'write':
      return <Write step={step} stage={stage} />;
    case 'confirm':
      return <Confirm dialog={dialog} stage={stage} />;
    case 'witnessCard':
      return <WitnessCard said={step.said} stage={stage} />;
    case 'lookingAtWitness':
      return <Waiting title={deskDialog.witness.looking} stage={stage} />;
    case 'sign':
      return (
        <AskPin
          stage={stage}
          title={deskDialog.witness.signTitle(plainText(step.holderName))}
          text={whatIsSigned(step, dialog, stage)}
          asked={step}
        />
      );
    case 'signing':
      return <Waiting title={deskDialog.witness.signing} stage={stage} />;
    case 'cardBack':
      return (
        <>
          <Heading>{deskDialog.cardBack.title}</Heading>
          <Paragraph>{deskDialog.cardBack[step.wants.kind]}</Paragraph>
        </>
      );
    case 'working':
      return <Waiting title={deskDialog.working} stage={stage} />;
    case 'said':
      return <Outcome outcome={step.outcome} action={dialog.action} stage={stage} />;
  }
}

/** In words, above the PIN of the card that signs it. */
function whatIsSigned(
  { who }: Extract<DeskStep, { kind: 'sign' }>,
  dialog: DeskDialog,
  { texts: { deskDialog } }: DeskStage,
): string {
  const { witness, choose } = deskDialog;
  if (who === 'witness') return witness.sign;
  const { code } = dialog.chosen;
  const codes: Readonly<Record<string, string>> = choose.codes;
  return givesCode(dialog) && code !== null ? witness.ownSignCode(codes[code] ?? code) : witness.ownSign;
}

/** A second operator reads all that they sign. */
function isForWitness(step: DeskStep): boolean {
  if (step.kind === 'witnessCard' || step.kind === 'lookingAtWitness') return true;
  return (step.kind === 'sign' || step.kind === 'signing') && step.who === 'witness';
}

/** Why it is done: the one that was chosen, or that of the card update which is carried out. */
function reasonIn({ action, chosen }: DeskDialog, stage: DeskStage): string | null {
  const said = stage.texts.deskDialog.confirm.reason;
  if (chosen.reason !== null) return said(titleIn(chosen.reason.titles, chosen.reason.value, stage));
  const { state } = stage.desk;
  const page = action === 'collect' && state.kind === 'open' ? state.pages.at(-1) : undefined;
  const request = page?.kind === 'request' ? page.page : null;
  if (request?.kind !== 'cardUpdate' || request.reason === null) return null;
  return said(titleIn(request.reasonTitles ?? null, request.reason, stage));
}

function WitnessCard({ said, stage }: { readonly said: string | null; readonly stage: DeskStage }) {
  const { witness } = stage.texts.deskDialog;
  return (
    <>
      <Heading>{witness.title}</Heading>
      <Paragraph>{witness.text}</Paragraph>
      <Box flexShrink={0} height={1} />
      {said === null ? null : <Said stage={stage} code={said} />}
    </>
  );
}
