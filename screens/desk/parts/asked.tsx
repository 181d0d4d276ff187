import { Paragraph } from '../../parts/text.tsx';
import type { DeskStage } from '../desk-stage.ts';
import { Said } from './page-frame.tsx';

interface AskedProps {
  readonly stage: DeskStage;
  /** Why there is no answer; null: it is waited for. */
  readonly refused: string | null;
}

/** In the place of what has not come yet. */
export function Asked({ stage, refused }: AskedProps) {
  if (refused !== null) return <Said stage={stage} code={refused} />;
  return <Paragraph above={0}>{stage.texts.desk.loading}</Paragraph>;
}
