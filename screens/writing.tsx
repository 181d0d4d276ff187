import { Box } from 'ink';
import type { WritingView } from '../src/flows/walk-up-state.ts';
import { Notice } from './parts/notice.tsx';
import { ProgressBar } from './parts/progress-bar.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import type { ScreenProps, Stage } from './stage.ts';
import type { Texts } from './texts/catalogue.ts';
import { keyUse } from './texts/texts.ts';
import { durationText, remainingText } from './texts/time.ts';
import { waitedFor } from './waited.ts';

/** What is being done, how far, how long still; and that the card must stay in (UX-03). */
export function Writing({ state, stage }: ScreenProps<'writing'>) {
  const { writing } = stage.texts;
  const { progress } = state;
  return (
    <>
      <Heading>{titleOf(state, stage)}</Heading>
      <Box flexShrink={0} marginTop={1}>
        <Text look="emphasis" wrap="truncate">
          {progress === null ? writing.begin : phaseText(progress, stage.texts)}
        </Text>
      </Box>
      <ProgressBar
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
        width={stage.width}
        glyphs={stage.glyphs}
      />
      <Paragraph above={0}>{progress === null ? ' ' : farText(progress, stage)}</Paragraph>
      {state.explainsLeaving ? (
        <Notice tone="good">{writing.leaving}</Notice>
      ) : (
        <Notice tone="warn">{state.waitsForCentral ? writing.mayLeave : writing.leaveCardIn}</Notice>
      )}
      {state.waitsForCentral ? (
        <Notice tone="warn" above={0}>
          {waitingText(stage)}
        </Notice>
      ) : null}
    </>
  );
}

function waitingText({ texts, view }: Stage): string {
  const { writing } = texts;
  const waited = writing.waited(durationText(waitedFor(view), texts));
  return `${writing.waitingForCentral} ${waited}`;
}

/** The phase in plain words. The encoder's phases are known; another one gets general words. */
function phaseText({ phase, subject }: WritingView, { writing, uses }: Texts): string {
  const { phases } = writing;
  return Object.hasOwn(phases, phase)
    ? phases[phase as keyof typeof phases](uses[keyUse(subject)])
    : writing.otherPhase;
}

function farText({ done, total, remainingMs }: WritingView, { texts, view }: Stage): string {
  if (view.isReadAloud) return remainingText(remainingMs, texts);
  const step = Math.max(0, Math.min(total, done + 1));
  return `${texts.writing.soFar(step, total)}, ${remainingText(remainingMs, texts)}`;
}

function titleOf(
  { work }: ScreenProps<'writing'>['state'],
  { texts }: ScreenProps<'writing'>['stage'],
): string {
  if (work === 'empty') return texts.emptied.writing;
  return work === 'pinReset' ? texts.pinSet.writing : texts.writing.title;
}
