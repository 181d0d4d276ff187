import type { Command } from './command.ts';
import type { MyCardState, RecordedCard } from './my-card-state.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import type { WalkUpEvent } from './walk-up-event.ts';
import { type At, at, ended } from './walk-up-moves.ts';
import type { WalkUpState } from './walk-up-state.ts';

/**
 *   found, refused (on record) ── showCard ─▶ onMyCard ── back ─▶ found, refused
 *
 * What is really on the card, in plain words, for whoever has put it in: no more than the card says by itself, and how the copy has it.
 */

/** The card that can be looked into where somebody is; null: there is none. */
export function cardToShow(state: WalkUpState): RecordedCard | null {
  if (state.kind === 'found') return { cardId: state.card.cardId, serial: state.card.serial };
  // What was on a cancelled card is never used again, and emptying it is what its screen offers.
  return state.kind === 'refused' && state.isCardIn ? (state.onRecord ?? null) : null;
}

/** Reads the card; nothing but a look. */
export function askContents(walkUp: WalkUp, from: MyCardState['from']): WalkUpStep {
  const card = cardToShow(from);
  if (card === null) return [walkUp, []];
  const attempt = walkUp.attempt + 1;
  const { reader } = from;
  const state: MyCardState = { kind: 'onMyCard', reader, attempt, card, contents: null, row: 0, from };
  return [{ ...walkUp, attempt, state }, [{ run: 'readContents', reader, attempt, cardId: card.cardId }]];
}

/** What was read. */
export function contentsRead(
  walkUp: WalkUp,
  { contents }: Extract<WalkUpEvent, { type: 'contentsRead' }>,
): WalkUpStep {
  const { state } = walkUp;
  return state.kind === 'onMyCard' && state.contents === null
    ? [at(walkUp, { ...state, contents }), []]
    : [walkUp, []];
}

/** Read through; what is listed there cannot be chosen. */
export function commandedAtMyCard(walkUp: WalkUp, state: At<'onMyCard'>, command: Command): WalkUpStep {
  const { attempt, contents, from } = state;
  if (command.kind === 'back')
    return [ended(walkUp, from), contents === null ? [{ run: 'cancel', attempt }] : []];
  const step = command.kind === 'up' ? -1 : command.kind === 'down' ? 1 : 0;
  const row = state.row + step;
  if (step === 0 || row < 0 || row >= (contents?.certificates.length ?? 0)) return [walkUp, []];
  return [at(walkUp, { ...state, row }), []];
}
