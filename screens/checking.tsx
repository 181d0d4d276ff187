import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** Central looks at the wish before a warning is shown. */
export function Checking({ stage }: Pick<ScreenProps<'checking'>, 'stage'>) {
  return (
    <>
      <Heading>{stage.texts.checking.title}</Heading>
      <Paragraph>{stage.texts.checking.text}</Paragraph>
    </>
  );
}
