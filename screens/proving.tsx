import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** The card proves whose it is (ID-01). */
export function Proving({ stage }: ScreenProps<'proving'>) {
  return (
    <>
      <Heading>{stage.texts.proving.title}</Heading>
      <Paragraph>{stage.texts.proving.text}</Paragraph>
    </>
  );
}
