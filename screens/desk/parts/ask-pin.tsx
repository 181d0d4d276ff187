import { Notice } from '../../parts/notice.tsx';
import { PinField } from '../../parts/pin-field.tsx';
import { Heading, Paragraph } from '../../parts/text.tsx';
import type { DeskStage } from '../desk-stage.ts';

interface AskPinProps {
  readonly stage: DeskStage;
  readonly title: string;
  readonly text: string;
  readonly asked: {
    readonly triesLeft: number | null;
    readonly length: number;
    readonly error: null | 'wrong' | 'length';
    readonly asksForLastTry: boolean;
  };
}

/** The PIN of an operator's card, with the tries that are left; the last one needs a yes (ID-04). */
export function AskPin({ stage, title, text, asked }: AskPinProps) {
  const { enterPin } = stage.texts;
  const { triesLeft, length, error } = asked;
  const said = saidOf(asked, stage);
  return (
    <>
      <Heading>{title}</Heading>
      <Paragraph above={0}>{text}</Paragraph>
      <PinField length={length} glyphs={stage.glyphs} />
      {triesLeft === null ? null : <Paragraph above={0}>{enterPin.triesLeft(triesLeft)}</Paragraph>}
      {said === null ? null : (
        <Notice tone={triesLeft === 1 || error === 'wrong' ? 'bad' : 'warn'}>{said}</Notice>
      )}
    </>
  );
}

/** What must not be overlooked: in one box, since there is no room for two in every dialog. */
function saidOf(
  { triesLeft, error, asksForLastTry }: AskPinProps['asked'],
  { texts }: DeskStage,
): string | null {
  const { enterPin, deskSignIn } = texts;
  if (asksForLastTry) return enterPin.confirmLastTry;
  const wrong = error === null ? [] : [error === 'wrong' ? enterPin.wrong : enterPin.tooShort];
  const said = [...wrong, ...(triesLeft === 1 ? [deskSignIn.lastTry] : [])];
  return said.length === 0 ? null : said.join(' ');
}
