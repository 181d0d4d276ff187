import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** The card, or the one-time code, proves whose it is (ID-01, ID-02). */
export function Proving({ state, stage }: ScreenProps<'proving'>) {
  const { proving, provingCode, provingOperator } = stage.texts;
  const { title, text } = { pin: proving, code: provingCode, operator: provingOperator }[state.by];
  return (
    <>
      <Heading>{title}</Heading>
      <Paragraph>{text}</Paragraph>
    </>
  );
}
