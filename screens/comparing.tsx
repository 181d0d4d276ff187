import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** Central works out what an update does to this card. */
export function Comparing({ stage }: ScreenProps<'comparing'>) {
  return (
    <>
      <Heading>{stage.texts.comparing.title}</Heading>
      <Paragraph>{stage.texts.comparing.text}</Paragraph>
    </>
  );
}
