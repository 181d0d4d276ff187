import { Notice } from './parts/notice.tsx';
import { Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import { durationText } from './texts/time.ts';
import { waitedFor } from './waited.ts';

/** Everything is on the card; central has yet to make it valid, and does so without the card (operation.md D). */
export function Written({ state, stage }: ScreenProps<'written'>) {
  const { written, writing } = stage.texts;
  const waited = waitedFor(stage.view);
  return (
    <>
      <Notice tone="good" above={0}>
        {written.title}
      </Notice>
      <Paragraph>{state.isCardIn ? written.mayTake : written.isOut}</Paragraph>
      <Paragraph>{untilOf(state, stage)}</Paragraph>
      <Paragraph>{waited < 1 ? ' ' : writing.waited(durationText(waited, stage.texts))}</Paragraph>
    </>
  );
}

function untilOf(
  { work }: ScreenProps<'written'>['state'],
  { texts }: ScreenProps<'written'>['stage'],
): string {
  if (work === 'empty') return texts.emptied.written;
  return work === 'pinReset' ? texts.pinSet.written : texts.written.until;
}
