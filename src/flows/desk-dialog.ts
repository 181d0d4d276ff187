/** The way through a dialog: from step to step by its script, back by Esc, and its end. */
import type { NamedReason } from '../domain/desk-pages.ts';
import type { Desk } from './desk.ts';
import { reasonsOf } from './desk-actions.ts';
import { endOf } from './desk-end.ts';
import { at, type DeskMove, type Open, opened, reloaded, STAY, topOf, unseen } from './desk-moves.ts';
import {
  blankChosen,
  codeOptions,
  demandsNote,
  isCardIn,
  isWanted,
  nameOfStep,
  proofsOf,
  type StepName,
  scriptOf,
  subjectOf,
  vouched,
  wantedCard,
  witnessed,
} from './desk-scripts.ts';
import type {
  DeskActionName,
  DeskChosen,
  DeskDialog,
  DeskOption,
  DeskOutcome,
  DeskPinField,
  DeskStep,
} from './desk-state.ts';
import { removalsOf } from './waiting-task.ts';

/** The card that an action needs was taken out of its reader, or another one was put in. */
const CARD_OUT = 'OP-02-card-out';
/** Begins an action of the page in sight. */
export function beginDialog(desk: Desk, state: Open, action: DeskActionName): DeskMove {
  const page = topOf(state);
  const dialog: DeskDialog = {
    ...{ action, subject: subjectOf(page), chosen: blankChosen(), past: [] },
    // Stands for the place before the first step.
    step: { kind: 'confirm' },
  };
  return goOn(desk, state, dialog, null);
}

/** The same dialog at another step of its own. */
export function atStep(desk: Desk, state: Open, dialog: DeskDialog, step: DeskStep): Desk {
  return at(desk, { ...state, dialog: { ...dialog, step } });
}

/** A step is done: the next that is wanted, or the end. @param chosen what it has brought */
export function advance(
  desk: Desk,
  state: Open,
  dialog: DeskDialog,
  chosen: Partial<DeskChosen> = {},
): DeskMove {
  const next = { ...dialog, chosen: { ...dialog.chosen, ...chosen }, past: pastOf(dialog) };
  return goOn(desk, state, next, nameOfStep(dialog.step));
}

/** What Esc comes back to: not to what was a wait or a signature. */
function pastOf({ past, step }: DeskDialog): readonly DeskStep[] {
  const isPlace = ['choose', 'pick', 'difference', 'removal', 'write', 'confirm'].includes(step.kind);
  return isPlace ? [...past, step] : past;
}

function goOn(desk: Desk, state: Open, dialog: DeskDialog, after: StepName | null): DeskMove {
  const script = scriptOf(dialog.action);
  const rest = after === null ? script : script.slice(script.indexOf(after) + 1);
  const next = rest.find((name) => isWanted(name, dialog, topOf(state), desk.inHand));
  return next === undefined ? finish(desk, state, dialog) : enter(desk, state, dialog, next);
}

function enter(desk: Desk, state: Open, dialog: DeskDialog, name: StepName): DeskMove {
  const page = topOf(state);
  const to = (step: DeskStep): DeskMove => [atStep(desk, state, dialog, step), STAY];
  const attempt = desk.attempt + 1;
  switch (name) {
    case 'reason':
    case 'profile':
    case 'code':
    case 'proof':
      return to({
        kind: 'choose',
        what: name,
        options: optionsOf(state, dialog, name),
        selected: 0,
        said: null,
      });
    case 'keys': {
      const { personId } = dialog.subject;
      if (personId === null) return refusedInDialog(desk, state, dialog, 'OP-01-loading');
      const step = { kind: 'asking', what: 'recoverable', attempt } as const;
      return [atStep({ ...desk, attempt }, state, dialog, step), [{ run: 'recoverable', attempt, personId }]];
    }
    case 'difference': {
      const { certificates, without } = dialog.chosen;
      const { cardId } = dialog.subject;
      if (cardId === null) return refusedInDialog(desk, state, dialog, 'OP-01-loading');
      const step = { kind: 'asking', what: 'difference', attempt } as const;
      return [
        atStep({ ...desk, attempt }, state, dialog, step),
        [{ run: 'compare', attempt, cardId, certificates, without }],
      ];
    }
    case 'removal': {
      const { difference } = dialog.chosen;
      const certificates = difference ? removalsOf(difference) : [];
      return to({ kind: 'removal', certificates, row: 0 });
    }
    case 'note':
      return to({ kind: 'write', text: '', isDemanded: demandsNote(dialog.action), error: null });
    case 'confirm':
      return to({ kind: 'confirm' });
    case 'vouch': {
      const { cardId, operator, triesLeft } = state;
      if (desk.reader === null || vouched(dialog, page) === null) return finish(desk, state, dialog);
      return to(
        askSignature('operator', desk.reader, { cardId, holderName: operator.displayName, triesLeft }),
      );
    }
    case 'witness':
      return to({ kind: 'witnessCard', said: null });
    case 'cardBack': {
      const wants = wantedCard(dialog, page);
      return wants === null ? finish(desk, state, dialog) : to({ kind: 'cardBack', wants });
    }
  }
}

/** The PIN of a card that is to sign, nothing typed yet. */
export function askSignature(
  who: DeskPinField,
  reader: number,
  {
    cardId,
    holderName,
    triesLeft = null,
  }: { cardId: string; holderName: string; triesLeft?: number | null | undefined },
): Extract<DeskStep, { kind: 'sign' }> {
  return {
    ...{ kind: 'sign', who, reader, cardId, holderName, triesLeft, length: 0, error: null },
    asksForLastTry: false,
  };
}

function optionsOf(state: Open, dialog: DeskDialog, what: 'reason' | 'profile' | 'code' | 'proof') {
  const page = topOf(state);
  switch (what) {
    case 'reason': {
      const choices = reasonsOf(page.kind === 'card' ? page.page : null, dialog.action);
      return choices.map(({ reason, refusal }) => named(reason, refusal));
    }
    case 'profile': {
      const profiles = page.kind === 'person' ? (page.page?.profiles ?? []) : [];
      return profiles.map(({ name, title }) => option(name, { en: title, de: title }));
    }
    case 'code':
      return codeOptions(page);
    case 'proof':
      return proofsOf(dialog, page);
  }
}

function named({ code, titles }: NamedReason, refusal: string | null): DeskOption {
  return { value: code, titles, refusal };
}

function option(value: string, titles: DeskOption['titles']): DeskOption {
  return { value, titles, refusal: null };
}

/** Everything is said: it is done, or the cardholder's turn has come. */
function finish(desk: Desk, state: Open, dialog: DeskDialog): DeskMove {
  const end = endOf(dialog, topOf(state));
  if (end === null) return refusedInDialog(desk, state, dialog, 'OP-01-loading');
  if ('act' in end) {
    const attempt = desk.attempt + 1;
    return [
      atStep({ ...desk, attempt }, state, dialog, { kind: 'working', attempt }),
      [{ run: 'act', attempt, act: end.act }],
    ];
  }
  const { action, subject } = dialog;
  const { dialog: _, ...session } = state;
  const pages = state.pages.map(unseen);
  return [
    at(desk, { ...session, kind: 'handedOver', pages, action, subject }),
    [{ run: 'handOver', wish: end.wish }],
  ];
}

/** Ends the dialog with what must be said. */
export function saidInDialog(desk: Desk, state: Open, dialog: DeskDialog, outcome: DeskOutcome): DeskMove {
  return [at(desk, { ...state, dialog: { ...dialog, past: [], step: { kind: 'said', outcome } } }), STAY];
}

/** Ends it with a no. */
export function refusedInDialog(desk: Desk, state: Open, dialog: DeskDialog, code: string): DeskMove {
  return saidInDialog(desk, state, dialog, { kind: 'refused', code });
}

/** A step back; before the first one the dialog is gone. What was typed in the step that is left is, too. */
export function back(desk: Desk, state: Open, dialog: DeskDialog): DeskMove {
  const { step } = dialog;
  const isEnd = step.kind === 'working' || step.kind === 'said';
  const last = dialog.past.at(-1);
  if (isEnd) return reloaded(desk, { ...state, dialog: null }, null);
  if (last === undefined) return opened(desk, { ...state, dialog: null });
  return [at(desk, { ...state, dialog: { ...dialog, past: dialog.past.slice(0, -1), step: last } }), STAY];
}

/** A second operator is wanted, whatever was known before. */
export function askWitness(desk: Desk, state: Open, dialog: DeskDialog): DeskMove {
  const next = { ...dialog, chosen: { ...dialog.chosen, witnessId: null } };
  if (witnessed(next, topOf(state)) === null) {
    return refusedInDialog(desk, state, dialog, 'OP-02-witness-wanted');
  }
  return [atStep(desk, state, next, { kind: 'witnessCard', said: null }), STAY];
}

/** The operator's own card signs it, whatever was known before. */
export function askOwnSignature(desk: Desk, state: Open, dialog: DeskDialog): DeskMove {
  return enter(desk, state, dialog, 'vouch');
}

/** What needs the card in hand ends without it, but while the witness has its reader. */
export function cardChangedInDialog(desk: Desk, state: Open, dialog: DeskDialog): DeskMove {
  const { step } = dialog;
  const wanted = wantedCard(dialog, topOf(state));
  if (wanted === null || desk.inHand.kind === 'looking' || desk.inHand.kind === 'busy') return [desk, STAY];
  const isIn = isCardIn(desk.inHand, wanted);
  if (step.kind === 'cardBack') return isIn ? advance(desk, state, dialog) : [desk, STAY];
  if (isIn || step.kind === 'said' || nameOfStep(step) === 'witness') return [desk, STAY];
  return saidInDialog(desk, state, dialog, { kind: 'cardOut', code: CARD_OUT });
}
