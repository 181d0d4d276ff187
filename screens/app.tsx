import type { Command } from '../src/flows/command.ts';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import { Blank } from './blank.tsx';
import { CardFound } from './card-found.tsx';
import { cardLine } from './card-line.ts';
import { Checking } from './checking.tsx';
import { CheckingNumber } from './checking-number.tsx';
import { ChooseLeft } from './choose-left.tsx';
import { ChooseMedium } from './choose-medium.tsx';
import { ChooseReason } from './choose-reason.tsx';
import { ChooseTask } from './choose-task.tsx';
import { CollectWarning } from './collect-warning.tsx';
import { Comparing } from './comparing.tsx';
import { ConfirmRemoval } from './confirm-removal.tsx';
import { DeskScreen } from './desk/desk-screen.tsx';
import { deskInSight, deskStageFor, helperOf } from './desk/desk-stage.ts';
import { Difference } from './difference.tsx';
import { Done } from './done.tsx';
import { EmptyWarning } from './empty-warning.tsx';
import { EnterCode } from './enter-code.tsx';
import { EnterNumber } from './enter-number.tsx';
import { EnterPin } from './enter-pin.tsx';
import { ForHelpdesk } from './for-helpdesk.tsx';
import { InsertCard } from './insert-card.tsx';
import { Interrupted } from './interrupted.tsx';
import { IssueChoice } from './issue-choice.tsx';
import { IssueWarning } from './issue-warning.tsx';
import { keyModeOf, questionOf } from './key-mode.ts';
import { largeRoom } from './large-room.ts';
import { Looking } from './looking.tsx';
import { NewPin } from './new-pin.tsx';
import { OnMyCard } from './on-my-card.tsx';
import { Body } from './parts/body.tsx';
import { Frame } from './parts/frame.tsx';
import { KeyInput } from './parts/key-input.tsx';
import { LargeProvider } from './parts/large.tsx';
import { ReadAloudProvider } from './parts/read-aloud.tsx';
import { StepsLine } from './parts/steps-line.tsx';
import { ThemeProvider } from './parts/themed.tsx';
import { PinWarning } from './pin-warning.tsx';
import { Plan } from './plan.tsx';
import { Proving } from './proving.tsx';
import { Refused } from './refused.tsx';
import { SavingSoft } from './saving-soft.tsx';
import { SoftDone } from './soft-done.tsx';
import { SoftEncryption } from './soft-encryption.tsx';
import { SoftPassword } from './soft-password.tsx';
import { SoftStopped } from './soft-stopped.tsx';
import { AskingToken, SoftToken } from './soft-token.tsx';
import { SMALLEST, type Stage, stageFor } from './stage.ts';
import { Terms } from './terms.tsx';
import { TEXTS } from './texts/texts.ts';
import { THEMES } from './theme.ts';
import { TooSmall } from './too-small.tsx';
import { codeOfView } from './view-code.ts';
import { walkUpHints } from './walk-up-hints.ts';
import { Warning } from './warning.tsx';
import { Writing } from './writing.tsx';
import { Written } from './written.tsx';

export interface AppProps {
  readonly view: KioskView;
  readonly onCommand: (command: Command) => void;
  /** Control keys before the key map, by name (`ctrl+n`); returns true when it has taken the key. */
  readonly onRawKey?: (name: string) => boolean;
}

/**
 * The whole screen for a view. While the terminal is too small, keys do nothing: nobody shall confirm what cannot
 * be read.
 */
export function App({ view, onCommand, onRawKey }: AppProps) {
  const shown = { ...view, size: { columns: cells(view.size.columns), rows: cells(view.size.rows) } };
  const isLarge = shown.size.columns >= SMALLEST.columns && shown.size.rows >= SMALLEST.rows;
  // Lines that are read aloud need no room.
  const fits = isLarge || view.isReadAloud === true;
  return (
    <>
      <KeyInput
        onCommand={fits ? onCommand : ignore}
        onRawKey={onRawKey}
        mode={fits ? keyModeOf(view) : 'keys'}
        yesKey={TEXTS[view.language].keys.yesKey}
        question={questionOf(view)}
      />
      <ThemeProvider value={THEMES[view.theme ?? 'standard']}>
        <ReadAloudProvider value={view.isReadAloud ? TEXTS[view.language].seeing.aloud : null}>
          {fits ? <Shown view={shown} /> : <TooSmall view={shown} />}
        </ReadAloudProvider>
      </ThemeProvider>
    </>
  );
}

/** The operator's desk where it lies over all, else the cardholder's walk-up. */
function Shown({ view }: { readonly view: KioskView }) {
  const desk = deskInSight(view);
  return desk === null ? <WalkUp stage={stageFor(view)} /> : <DeskScreen stage={deskStageFor(view, desk)} />;
}

function WalkUp({ stage }: { readonly stage: Stage }) {
  const { view, texts } = stage;
  const helper = helperOf(view);
  return (
    <Frame
      stage={stage}
      code={codeOfView(view)}
      hints={walkUpHints(stage)}
      idle={texts.keys.idle}
      card={cardLine(stage)}
      helped={helper === null ? null : texts.desk.helpedBy(helper)}
      steps={<StepsLine stage={stage} />}
    >
      <LargeProvider value={largeRoom(stage)}>
        <Body stage={stage}>
          <ForHelpdesk stage={stage}>
            <Screen stage={stage} />
          </ForHelpdesk>
        </Body>
      </LargeProvider>
    </Frame>
  );
}

/** State to screen. */
function Screen({ stage }: { readonly stage: Stage }) {
  const state = stage.view.walkUp;
  switch (state.kind) {
    case 'insertCard':
      return <InsertCard state={state} stage={stage} />;
    case 'looking':
      return <Looking state={state} stage={stage} />;
    case 'refused':
      return <Refused state={state} stage={stage} />;
    case 'found':
      return <CardFound state={state} stage={stage} />;
    case 'onMyCard':
      return <OnMyCard state={state} stage={stage} />;
    case 'enterPin':
      return <EnterPin state={state} stage={stage} />;
    case 'enterCode':
      return <EnterCode state={state} stage={stage} />;
    case 'proving':
      return <Proving state={state} stage={stage} />;
    case 'blank':
      return <Blank state={state} stage={stage} />;
    case 'enterNumber':
      return <EnterNumber state={state} stage={stage} />;
    case 'provingNumber':
    case 'planningIssue':
      return <CheckingNumber state={state} stage={stage} />;
    case 'issueChoice':
      return <IssueChoice state={state} stage={stage} />;
    case 'issueWarning':
      return <IssueWarning state={state} stage={stage} />;
    case 'emptyWarning':
      return <EmptyWarning state={state} stage={stage} />;
    case 'chooseTask':
      return <ChooseTask state={state} stage={stage} />;
    case 'comparing':
      return <Comparing state={state} stage={stage} />;
    case 'difference':
      return <Difference state={state} stage={stage} />;
    case 'chooseLeft':
      return <ChooseLeft state={state} stage={stage} />;
    case 'confirmRemoval':
      return <ConfirmRemoval state={state} stage={stage} />;
    case 'collectWarning':
      return <CollectWarning state={state} stage={stage} />;
    case 'offeringSoft':
      return <Checking stage={stage} />;
    case 'askingToken':
      return <AskingToken state={state} stage={stage} />;
    case 'softToken':
      return <SoftToken state={state} stage={stage} />;
    case 'chooseMedium':
      return <ChooseMedium state={state} stage={stage} />;
    case 'softEncryption':
      return <SoftEncryption state={state} stage={stage} />;
    case 'softPassword':
      return <SoftPassword state={state} stage={stage} />;
    case 'savingSoft':
      return <SavingSoft state={state} stage={stage} />;
    case 'softStopped':
      return <SoftStopped state={state} stage={stage} />;
    case 'softDone':
      return <SoftDone state={state} stage={stage} />;
    case 'chooseReason':
      return <ChooseReason state={state} stage={stage} />;
    case 'checking':
      return <Checking stage={stage} />;
    case 'terms':
      return <Terms state={state} stage={stage} />;
    case 'pinWarning':
      return <PinWarning state={state} stage={stage} />;
    case 'plan':
      return <Plan state={state} stage={stage} />;
    case 'warning':
      return <Warning state={state} stage={stage} />;
    case 'newPin':
      return <NewPin state={state} stage={stage} />;
    case 'writing':
      return <Writing state={state} stage={stage} />;
    case 'written':
      return <Written state={state} stage={stage} />;
    case 'done':
      return <Done state={state} stage={stage} />;
    case 'interrupted':
      return <Interrupted state={state} stage={stage} />;
  }
}

/** A terminal may report 0 or nothing. */
function cells(count: number): number {
  return Number.isFinite(count) ? Math.max(1, Math.floor(count)) : 1;
}

function ignore(): void {}
