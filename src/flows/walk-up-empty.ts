import type { Command } from './command.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import type { WalkUpEvent } from './walk-up-event.ts';
import { type At, at, refused, start } from './walk-up-moves.ts';
import type { CancelledView, CardView } from './walk-up-state.ts';

/**
 *   refused (cancelled) ─▶ emptyWarning ─▶ writing ─▶ done
 *                               ▲             │
 *                               └─ put in again ─ interrupted
 *
 * A cancelled card is made blank, so that its plastic can be issued again. Nobody proves who they are, and no PIN is asked for.
 */
export function cancelledFound(
  walkUp: WalkUp,
  { code, card }: Extract<WalkUpEvent, { type: 'cardRefused' }>,
): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'looking' || !card || card.cardId === null) return refused(walkUp, code, false, card);
  const cancelled = { cardId: card.cardId, serial: card.serial };
  const { reader, awaits } = state;
  if (awaits === null) {
    const [next, effects] = refused(walkUp, code, false, card);
    const no = { reader, code, isCardIn: true, canRetry: false, awaits, cancelled } as const;
    return [at(next, { kind: 'refused', ...no }), effects];
  }
  if (awaits.cardId !== card.cardId) return refused(walkUp, 'RP-17-other-card', false, card);
  if (awaits.work !== 'empty') return refused(walkUp, code, false, card);
  return [at(walkUp, { kind: 'emptyWarning', reader, card: cancelled, isResume: true }), []];
}

/** Wished for on the screen that says that the card is cancelled. */
export function askToEmpty(walkUp: WalkUp, reader: number, card: CancelledView): WalkUpStep {
  return [at(walkUp, { kind: 'emptyWarning', reader, card, isResume: false }), []];
}

/** Enter may bounce or be held down: only a yes empties a card. */
export function commandedAtEmptyWarning(
  walkUp: WalkUp,
  { reader, card }: At<'emptyWarning'>,
  command: Command,
): WalkUpStep {
  if (command.kind === 'back') return start(walkUp, reader);
  if (command.kind !== 'yes') return [walkUp, []];
  const attempt = walkUp.attempt + 1;
  const writing: At<'writing'> = {
    ...{ kind: 'writing', reader, card: nobodys(card), attempt, work: 'empty', stillWaiting: 0 },
    ...{ progress: null, hasBegunWriting: false, waitsForCentral: false, explainsLeaving: false },
  };
  return [{ ...walkUp, attempt, state: writing }, [{ run: 'empty', reader, attempt, cardId: card.cardId }]];
}

/** Whose it was is shown to nobody. */
function nobodys({ cardId, serial }: CancelledView): CardView {
  return {
    ...{ cardId, serial, holderName: '', profileTitle: '', expiresAt: '', certificates: [] },
    ...{ triesLeft: null, hasOpenOperation: false },
  };
}
