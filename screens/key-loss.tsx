import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { Stage } from './stage.ts';

/** An encryption key that exists nowhere else is to be lost: a confirmation of its own (RP-20). */
export function KeyLoss({ stage }: { readonly stage: Stage }) {
  const { keyLoss } = stage.texts;
  return (
    <>
      <Heading>{keyLoss.title}</Heading>
      <Paragraph>{keyLoss.text}</Paragraph>
      <Paragraph>{keyLoss.consequence}</Paragraph>
      <Notice tone="bad">{keyLoss.confirm}</Notice>
    </>
  );
}
