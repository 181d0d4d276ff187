import { isHelped } from './assist-words.ts';
import { Notice } from './parts/notice.tsx';
import { Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import { refusalText } from './texts/texts.ts';

/** The writing was cut off: how the card gets finished (RP-17); or central refused what was written (operation.md D). */
export function Interrupted({ state, stage }: ScreenProps<'interrupted'>) {
  const { interrupted } = stage.texts;
  const { title, why, next } = refusalText(stage.texts, state.code);
  if (state.isWritten) {
    return (
      <>
        <Notice tone="bad" above={0}>
          {interrupted.notValidTitle}
        </Notice>
        <Paragraph>{`${title} ${why}`}</Paragraph>
        <Paragraph>{interrupted.notValid}</Paragraph>
        <Paragraph>{next}</Paragraph>
      </>
    );
  }
  return (
    <>
      <Notice tone="warn" above={0}>
        {interrupted.title}
      </Notice>
      <Paragraph>{howToFinish(state, stage)}</Paragraph>
      <Paragraph>{interrupted.notLost}</Paragraph>
      <Paragraph>{`${title} ${why}`}</Paragraph>
    </>
  );
}

/** A new card is finished by its number, where no operator is there who has signed for its owner: nobody else proves whose it is. */
function howToFinish(
  { work, isCardIn }: ScreenProps<'interrupted'>['state'],
  { texts: { emptied, interrupted, issued, pinSet }, view }: ScreenProps<'interrupted'>['stage'],
): string {
  if (isCardIn) return interrupted.takeOutAndIn;
  if (work === 'empty') return emptied.putInAgain;
  if (work === 'pinReset') return pinSet.putInAgain;
  return work === 'issue' && !isHelped(view) ? issued.putInAgain : interrupted.putInAgain;
}
