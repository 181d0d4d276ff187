import type { DeskState } from '../../src/flows/desk-state.ts';
import type { FrameNote } from '../card-line.ts';
import type { DeskStage } from './desk-stage.ts';

/** While a card is read, or signs, it stays in (UX-03); null: the desk is not at work with a card. */
export function deskCardLine({ desk, texts }: DeskStage): FrameNote | null {
  return usesCard(desk.state) ? { look: 'warn', sign: '!', text: texts.cardLine.leaveIn } : null;
}

/** The operator's card, or that of a witness. */
function usesCard(state: DeskState): boolean {
  if (state.kind === 'lookingAtOperator' || state.kind === 'signingIn') return true;
  const step = state.kind === 'open' ? state.dialog?.step.kind : undefined;
  return step === 'lookingAtWitness' || step === 'signing';
}
