/** Keys in the steps of a dialog. */
import type { Command } from './command.ts';
import type { Desk } from './desk.ts';
import { advance, atStep, back } from './desk-dialog.ts';
import { type DeskMove, type Open, STAY, topOf } from './desk-moves.ts';
import { mayBeWithoutKeys, vouched, witnessed } from './desk-scripts.ts';
import { atPin } from './desk-sign-in.ts';
import type { DeskDialog, DeskStep } from './desk-state.ts';
import { edited, isSpace, movedIn } from './desk-typing.ts';
import { lookAtWitness } from './desk-witness.ts';
import { obstacleIn } from './waiting-task.ts';

type Step<K extends DeskStep['kind']> = Extract<DeskStep, { kind: K }>;
type Typed = 'choose' | 'pick' | 'difference' | 'removal' | 'write' | 'sign';

/** As long as central takes it. */
const LONGEST_NOTE = 500;

/** What a key press leads to while a dialog is there. */
export function commandedAtStep(desk: Desk, state: Open, dialog: DeskDialog, command: Command): DeskMove {
  const { step } = dialog;
  if (command.kind === 'back') return back(desk, state, dialog);
  const to = (changed: DeskStep | null): DeskMove =>
    changed === null ? [desk, STAY] : [atStep(desk, state, dialog, changed), STAY];
  switch (step.kind) {
    case 'choose':
      return atChoice(desk, state, dialog, step, command);
    case 'pick':
      return atPick(desk, state, dialog, step, command);
    case 'difference':
      if (command.kind !== 'confirm') return to(rowed(step, command, step.difference.entries.length));
      // What central would not take is not asked for; the room is the person's own choice, later (KR-07).
      if (obstacleIn(step.difference) !== null) return [desk, STAY];
      return advance(desk, state, dialog, { difference: step.difference });
    case 'removal':
      if (command.kind !== 'yes') return to(rowed(step, command, step.certificates.length));
      return advance(desk, state, dialog, {
        without: step.certificates.map(({ serialNumber }) => serialNumber),
      });
    case 'write':
      return atText(desk, state, dialog, step, command);
    case 'confirm':
      return command.kind === 'confirm' ? advance(desk, state, dialog) : [desk, STAY];
    case 'witnessCard': {
      if (command.kind !== 'confirm') return [desk, STAY];
      const reader = freeReader(desk, dialog);
      if (reader === undefined) return to({ ...step, said: 'OP-02-witness-no-card' });
      return lookAtWitness(desk, state, dialog, reader);
    }
    case 'sign':
      return atSignature(desk, state, dialog, step, command);
    case 'said':
      return command.kind === 'confirm' ? back(desk, state, dialog) : [desk, STAY];
    default:
      return [desk, STAY];
  }
}

/** A digit chooses at once. What cannot be chosen says why (OP-03). */
function atChoice(
  desk: Desk,
  state: Open,
  dialog: DeskDialog,
  step: Step<'choose'>,
  command: Command,
): DeskMove {
  const { options } = step;
  const byDigit = command.kind === 'digit' ? command.digit - 1 : null;
  if (byDigit !== null && options[byDigit] === undefined) return [desk, STAY];
  const selected = byDigit ?? step.selected;
  if (byDigit === null && command.kind !== 'confirm') {
    const moved = movedIn(step.selected, command, options.length);
    if (moved === step.selected) return [desk, STAY];
    return [atStep(desk, state, dialog, { ...step, selected: moved, said: null }), STAY];
  }
  const option = options[selected];
  if (option === undefined) return [desk, STAY];
  const chosen = { ...step, selected, said: option.refusal };
  if (option.refusal !== null) return [atStep(desk, state, dialog, chosen), STAY];
  const isNamed = step.what === 'reason' || step.what === 'profile';
  return advance(desk, state, { ...dialog, step: chosen }, { [step.what]: isNamed ? option : option.value });
}

function atPick(desk: Desk, state: Open, dialog: DeskDialog, step: Step<'pick'>, command: Command): DeskMove {
  const to = (changed: Step<'pick'>): DeskMove => [atStep(desk, state, dialog, changed), STAY];
  if (command.kind === 'confirm') {
    const { wanted, without } = step;
    const isNothing = wanted.length === 0 && without.length === 0;
    if (isNothing && !mayBeWithoutKeys(dialog.action)) return to({ ...step, said: 'KR-01-no-certificate' });
    return advance(desk, state, dialog, { certificates: wanted, without });
  }
  if (isSpace(command)) return to(toggled(step, step.row));
  if (command.kind === 'digit' && step.certificates[command.digit - 1]) {
    return to(toggled({ ...step, row: command.digit - 1 }, command.digit - 1));
  }
  const row = movedIn(step.row, command, step.certificates.length);
  return row === step.row ? [desk, STAY] : to({ ...step, row, said: null });
}

/** What is on the card is taken off, or kept; what is not is wanted, or not. */
function toggled(step: Step<'pick'>, row: number): Step<'pick'> {
  const certificate = step.certificates[row];
  if (certificate === undefined) return step;
  const { serialNumber, isArchived, isOn } = certificate;
  if (step.cardId !== null && isOn.some(({ id }) => id === step.cardId)) {
    return { ...step, without: switched(step.without, serialNumber), said: null };
  }
  if (!isArchived) return { ...step, said: 'KR-11-not-archived' };
  return { ...step, wanted: switched(step.wanted, serialNumber), said: null };
}

function switched(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

function rowed<S extends Step<Typed> & { readonly row: number }>(
  step: S,
  command: Command,
  count: number,
): S | null {
  const row = movedIn(step.row, command, count);
  return row === step.row ? null : { ...step, row };
}

function atText(
  desk: Desk,
  state: Open,
  dialog: DeskDialog,
  step: Step<'write'>,
  command: Command,
): DeskMove {
  if (command.kind === 'confirm') {
    const note = step.text.trim();
    if (note === '' && step.isDemanded) {
      return [atStep(desk, state, dialog, { ...step, error: 'empty' }), STAY];
    }
    return advance(desk, state, dialog, { note: note === '' ? null : note });
  }
  const text = edited(step.text, command, LONGEST_NOTE);
  if (text === step.text) return [desk, STAY];
  return [atStep(desk, state, dialog, { ...step, text, error: null }), STAY];
}

function atSignature(
  desk: Desk,
  state: Open,
  dialog: DeskDialog,
  step: Step<'sign'>,
  command: Command,
): DeskMove {
  const { who, reader, cardId, holderName } = step;
  const said = atPin(step, command);
  if (said === null) return [desk, STAY];
  if (said !== 'go') return [atStep(desk, state, dialog, { ...step, ...said }), STAY];
  const page = topOf(state);
  const action = who === 'operator' ? vouched(dialog, page) : witnessed(dialog, page);
  if (action === null) return [desk, STAY];
  const attempt = desk.attempt + 1;
  return [
    atStep({ ...desk, attempt }, state, dialog, {
      ...{ kind: 'signing', who, reader, cardId, holderName, attempt },
    }),
    [{ run: 'sign', attempt, who, reader, signerCardId: cardId, action }],
  ];
}

/** With a card that is neither the operator's nor the one in work: nobody shall type the PIN of a witness into the cardholder's. */
function freeReader({ occupied, reader, inHand }: Desk, { subject }: DeskDialog): number | undefined {
  const worked = 'reader' in inHand && inHand.kind !== 'refused' ? inHand.reader : null;
  const others = occupied.filter((one) => one !== reader);
  // With two readers only, the card in hand may be the witness's own.
  const isOthers = inHand.kind === 'known' && inHand.cardId !== subject.cardId;
  const mayBeTheirs = isOthers || inHand.kind === 'refused';
  return others.find((one) => one !== worked) ?? (mayBeTheirs ? others[0] : undefined);
}
