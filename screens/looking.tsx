import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** The card is being looked at. */
export function Looking({ stage }: ScreenProps<'looking'>) {
  return (
    <>
      <Heading>{stage.texts.looking.title}</Heading>
      <Paragraph>{stage.texts.looking.text}</Paragraph>
    </>
  );
}
