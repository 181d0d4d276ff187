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
  const { triesLeft, length, error, asksForLastTry } = asked;
  return (
    <>
      <Heading>{title}</Heading>
      <Paragraph above={0}>{text}</Paragraph>
      <PinField length={length} glyphs={stage.glyphs} />
      {triesLeft === null ? null : <Paragraph above={0}>{enterPin.triesLeft(triesLeft)}</Paragraph>}
      {error === null ? null : (
        <Notice tone={error === 'wrong' ? 'bad' : 'warn'}>
          {error === 'wrong' ? enterPin.wrong : enterPin.tooShort}
        </Notice>
      )}
      {triesLeft === 1 ? (
        <Notice tone="bad" above={error === null ? 1 : 0}>
          {asksForLastTry ? enterPin.confirmLastTry : stage.texts.deskSignIn.lastTry}
        </Notice>
      ) : null}
    </>
  );
}
