/** A second operator confirms with their own card (OP-02): it is looked at, and may be another than was hoped for. */
import type { Desk } from './desk.ts';
import { askSignature, atStep } from './desk-dialog.ts';
import { type DeskMove, type Open, STAY } from './desk-moves.ts';
import type { DeskDialog } from './desk-state.ts';

/** The witness has taken their card out before they have signed. */
const WITNESS_OUT = 'OP-02-witness-out';
/** Nobody is their own witness. As central has it. */
const OWN_WITNESS = 'OP-02-witness-is-operator';

/** The card of the witness is looked at: none that is in another's hand. */
export function lookAtWitness(desk: Desk, state: Open, dialog: DeskDialog, reader: number): DeskMove {
  const attempt = desk.attempt + 1;
  const isInHand = 'reader' in desk.inHand && desk.inHand.reader === reader;
  const inHand = isInHand ? ({ kind: 'none' } as const) : desk.inHand;
  return [
    atStep({ ...desk, attempt, inHand }, state, dialog, { kind: 'lookingAtWitness', reader, attempt }),
    [{ run: 'lookAtCard', attempt, reader, who: 'witness' }],
  ];
}

/** Whose card this is who is to be the witness. */
export function witnessSeen(
  desk: Desk,
  state: Open,
  dialog: DeskDialog,
  card: { readonly cardId: string; readonly holderName: string; readonly triesLeft: number | null },
): DeskMove {
  const { step } = dialog;
  if (step.kind !== 'lookingAtWitness') return [desk, STAY];
  if (card.cardId === state.cardId) return noWitness(desk, state, dialog, OWN_WITNESS);
  if (card.triesLeft === 0) return noWitness(desk, state, dialog, 'ID-04-pin-blocked');
  return [atStep(desk, state, dialog, askSignature('witness', step.reader, card)), STAY];
}

/** This one cannot be it: another card is asked for. */
export function noWitness(desk: Desk, state: Open, dialog: DeskDialog, said: string): DeskMove {
  return [atStep(desk, state, dialog, { kind: 'witnessCard', said }), STAY];
}

/** While a witness is asked for, a card that comes in is theirs. */
export function cardInsertedInDialog(desk: Desk, state: Open, dialog: DeskDialog, reader: number): DeskMove {
  return dialog.step.kind === 'witnessCard' ? lookAtWitness(desk, state, dialog, reader) : [desk, STAY];
}

/** A card that is neither the operator's nor in hand was taken out. */
export function cardRemovedInDialog(desk: Desk, state: Open, dialog: DeskDialog, reader: number): DeskMove {
  const { step } = dialog;
  const isWitness = step.kind === 'lookingAtWitness' || ('who' in step && step.who === 'witness');
  if (!isWitness || !('reader' in step) || step.reader !== reader) return [desk, STAY];
  return noWitness(desk, state, dialog, WITNESS_OUT);
}
