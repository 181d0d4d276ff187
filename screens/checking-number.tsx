import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** Central checks the number, and works out what comes onto the new card. */
export function CheckingNumber({ stage }: ScreenProps<'provingNumber' | 'planningIssue'>) {
  const { checkingNumber } = stage.texts;
  return (
    <>
      <Heading>{checkingNumber.title}</Heading>
      <Paragraph>{checkingNumber.text}</Paragraph>
    </>
  );
}
