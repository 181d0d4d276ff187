import { judgePassword, type PasswordVerdict } from '../domain/password-policy.ts';
import type { Command } from './command.ts';
import type {
  ChoosingSoft,
  ChosenSoft,
  MediumView,
  PasswordField,
  SavedFile,
  SoftPhase,
  SoftState,
} from './soft-state.ts';
import { obstacleTo, stillWaiting, type WaitingTask } from './waiting-task.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import type { WalkUpEffect, WalkUpEvent } from './walk-up-event.ts';
import { type At, askTerms, at, atTasks, ended, look, RELEASE, start, WIPE_ALL } from './walk-up-moves.ts';
import { askToken, commandedAtToken } from './walk-up-token.ts';

/**
 *   chooseTask ─▶ chooseMedium ─▶ softEncryption ─▶ softPassword ─▶ savingSoft ─▶ softDone
 *                      ▲               │                │               │
 *                      └── the stick is taken out ──────┘               └──▶ softStopped ─▶ looking
 *
 * Recovered keys as a file on a stick (KR-08, KR-09). What is plugged in is watched until the file is made; only then central gives
 * the keys out. Nothing on the card is changed; taking it out stops what is not being written yet.
 */
export function commandedAtSoft(walkUp: WalkUp, state: SoftState, command: Command): WalkUpStep {
  switch (state.kind) {
    case 'askingToken':
    case 'softToken':
      return commandedAtToken(walkUp, state, command);
    case 'chooseMedium':
      return commandedAtMedia(walkUp, state, command);
    case 'softEncryption':
      return commandedAtEncryption(walkUp, state, command);
    case 'softPassword':
      return commandedAtPassword(walkUp, state, command);
    case 'savingSoft': {
      if (command.kind !== 'back' || state.phase === 'save') return [walkUp, []];
      return [walkUp, [{ run: 'cancel', attempt: state.attempt }]];
    }
    case 'softStopped':
      if (command.kind === 'back') return start(walkUp, state.reader);
      return again(walkUp, state, command);
    case 'softDone':
      if (state.reader === null && command.kind === 'back') return start(walkUp, null);
      return state.stillWaiting > 0 || state.reader === null ? again(walkUp, state, command) : [walkUp, []];
    case 'offeringSoft': {
      if (command.kind !== 'back') return [walkUp, []];
      const [next, effects] = start(walkUp, null);
      return [next, [{ run: 'cancel', attempt: state.attempt }, ...effects]];
    }
  }
}

/** The card is proved anew: nothing of the PIN, nor of the password, is left. */
function again(
  walkUp: WalkUp,
  { isCardIn, reader }: At<'softStopped'> | At<'softDone'>,
  command: Command,
): WalkUpStep {
  if (reader === null) return command.kind === 'confirm' ? start(walkUp, null) : [walkUp, []];
  return command.kind === 'confirm' && isCardIn ? look(walkUp, reader, null) : [walkUp, []];
}

/** An operator hands it over: whoever's card is in a reader, it is not needed. */
export function offerSoft(walkUp: WalkUp, requestId: string, proofId: string): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  return [
    { ...walkUp, attempt, state: { kind: 'offeringSoft', reader: null, attempt, proofId } },
    [WIPE_ALL, RELEASE, { run: 'offerSoft', attempt, requestId }],
  ];
}

/** Central's answer: where it is to go is asked next. */
export function softOffered(
  walkUp: WalkUp,
  { task, ownerName }: Extract<WalkUpEvent, { type: 'softOffered' }>,
): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'offeringSoft') return [walkUp, []];
  const obstacle = obstacleTo(task, 'pin', []);
  if (obstacle !== null) return softStopped(walkUp, obstacle);
  const card = {
    ...{ cardId: '', serial: null, holderName: ownerName, profileTitle: '', expiresAt: '' },
    ...{ certificates: [], triesLeft: null, hasOpenOperation: false },
  };
  const { proofId } = state;
  return askSoft(walkUp, { reader: null, proofId, card, task, tasks: [], reasons: [], acceptsTerms: null });
}

/** Terms come before anything else (RP-19). */
export function askSoft(walkUp: WalkUp, chosen: ChosenSoft): WalkUpStep {
  const { terms } = chosen.task;
  if (!terms) return beginSoft(walkUp, chosen);
  return [ended(walkUp, askTerms(terms, { kind: 'softCertificate', ...chosen })), []];
}

/** What collects the keys on the person's own computer, or the stick. */
export function beginSoft(walkUp: WalkUp, chosen: ChosenSoft): WalkUpStep {
  return chosen.task.soft?.rules.where === 'nss' ? askToken(walkUp, chosen) : chooseMedium(walkUp, chosen);
}

/** Begins with the stick. */
function chooseMedium(walkUp: WalkUp, chosen: ChosenSoft): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const state: SoftState = {
    ...{ ...choosing({ ...chosen, media: null }), kind: 'chooseMedium' },
    ...{ selected: 0, isGone: false },
  };
  return [{ ...walkUp, attempt, state }, [WIPE_PASSWORDS, { run: 'watchMedia', attempt }]];
}

/** What is plugged in has changed. Where the profile says so, the only one is taken by itself. */
export function seenMedia(walkUp: WalkUp, seen: readonly MediumView[]): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'chooseMedium' && state.kind !== 'softEncryption' && state.kind !== 'softPassword')
    return [walkUp, []];
  const media = isByItself(state) ? onlyOne(seen) : seen;
  const next = { ...state, media };
  if (next.kind === 'chooseMedium') return withMedia(walkUp, next);
  const medium = media.find(({ name, obstacle }) => name === next.medium.name && obstacle === null);
  if (medium) return [at(walkUp, { ...next, medium }), []];
  return [at(walkUp, { ...atMedia(next), isGone: true }), [WIPE_PASSWORDS]];
}

/** The cursor stays on what it was on. */
function withMedia(walkUp: WalkUp, state: At<'chooseMedium'>): WalkUpStep {
  const media = state.media ?? [];
  const [only] = media;
  if (isByItself(state) && media.length === 1 && only?.obstacle === null)
    return [at(walkUp, withMedium(state, only)), []];
  const before = walkUp.state.kind === 'chooseMedium' ? walkUp.state : state;
  const name = before.media?.[before.selected]?.name;
  const selected = Math.max(
    0,
    media.findIndex((one) => one.name === name),
  );
  return [at(walkUp, { ...state, selected }), []];
}

function isByItself({ task }: ChoosingSoft): boolean {
  return task.soft?.rules.where === 'medium';
}

/** None is taken where it would not be clear on which the file is. */
function onlyOne(media: readonly MediumView[]): readonly MediumView[] {
  const usable = media.filter(({ obstacle }) => obstacle === null);
  if (usable.length < 2) return media;
  return media.map((one) => (one.obstacle === null ? { ...one, obstacle: 'KR-08-several-media' } : one));
}

function commandedAtMedia(walkUp: WalkUp, state: At<'chooseMedium'>, command: Command): WalkUpStep {
  if (command.kind === 'back') return toTasks(walkUp, state);
  const media = state.media ?? [];
  if (command.kind === 'confirm') {
    const medium = media[state.selected];
    return medium?.obstacle === null ? [at(walkUp, withMedium(state, medium)), []] : [walkUp, []];
  }
  const selected = positionAfter(state.selected, command, media.length);
  if (selected === state.selected || selected < 0 || selected >= media.length) return [walkUp, []];
  return [at(walkUp, { ...state, selected, isGone: false }), []];
}

/** The usual encryption is what the cursor is on; where there is no choice, nobody is asked. */
function withMedium(state: ChoosingSoft, medium: MediumView): SoftState {
  const chosen = { ...choosing(state), medium, isOld: false };
  if (state.task.soft?.rules.allowsOldEncryption) return { ...chosen, kind: 'softEncryption' };
  return askPassword({ ...chosen });
}

function commandedAtEncryption(walkUp: WalkUp, state: At<'softEncryption'>, command: Command): WalkUpStep {
  switch (command.kind) {
    case 'back':
      return beforeEncryption(walkUp, state);
    case 'up':
    case 'down':
      return [at(walkUp, { ...state, isOld: !state.isOld }), []];
    case 'digit':
      if (command.digit !== 1 && command.digit !== 2) return [walkUp, []];
      return [at(walkUp, { ...state, isOld: command.digit === 2 }), []];
    case 'confirm':
      return state.isOld ? [walkUp, []] : [at(walkUp, askPassword(state)), [WIPE_PASSWORDS]];
    // The weaker one is taken on purpose: an Enter that bounced is no yes (KR-09).
    case 'yes':
      return state.isOld ? [at(walkUp, askPassword(state)), [WIPE_PASSWORDS]] : [walkUp, []];
    default:
      return [walkUp, []];
  }
}

/** A stick that was taken by itself would be taken again at once. */
function beforeEncryption(walkUp: WalkUp, state: At<'softEncryption'> | At<'softPassword'>): WalkUpStep {
  return isByItself(state) ? toTasks(walkUp, state) : [at(walkUp, atMedia(state)), [WIPE_PASSWORDS]];
}

/** Nobody looks for sticks any more. */
function toTasks(walkUp: WalkUp, chosen: ChoosingSoft): WalkUpStep {
  const { attempt } = walkUp;
  const [next, effects] = leaveSoft(walkUp, chosen);
  return [next, [WIPE_PASSWORDS, { run: 'cancel', attempt }, ...effects]];
}

/** Back to where it was chosen, or handed over. */
export function leaveSoft(walkUp: WalkUp, { reader, card, task, tasks, reasons }: ChosenSoft): WalkUpStep {
  if (reader === null) return start(walkUp, null);
  return [ended(walkUp, atTasks({ reader, card, tasks, reasons, by: 'pin' }, task.requestId)), []];
}

/** Typed twice, and good by the policy. */
function commandedAtPassword(walkUp: WalkUp, state: At<'softPassword'>, command: Command): WalkUpStep {
  if (command.kind === 'back') {
    if (state.field === 'repeat') return [at(walkUp, askPassword(state)), [WIPE_PASSWORDS]];
    if (!state.task.soft?.rules.allowsOldEncryption) return beforeEncryption(walkUp, state);
    const { medium, isOld } = state;
    const before: SoftState = { ...choosing(state), kind: 'softEncryption', medium, isOld };
    return [at(walkUp, before), [WIPE_PASSWORDS]];
  }
  if (command.kind !== 'confirm' || state.length === 0) return [walkUp, []];
  if (state.field === 'new') {
    if (!state.verdicts.every(({ satisfied }) => satisfied))
      return [at(walkUp, { ...state, error: 'policy' }), []];
    return [at(walkUp, { ...state, field: 'repeat', length: 0, error: null, matches: false }), []];
  }
  if (!state.matches) return [at(walkUp, { ...askPassword(state), error: 'mismatch' }), [WIPE_PASSWORDS]];
  return save(walkUp, state);
}

function save(
  walkUp: WalkUp,
  { reader, proofId, card, task, tasks, reasons, medium, isOld, acceptsTerms }: At<'softPassword'>,
): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const { requestId } = task;
  const state: SoftState = {
    ...{ kind: 'savingSoft', reader, card, attempt, phase: 'fetch', isCardIn: reader !== null },
    certificates: task.soft?.certificates ?? [],
    stillWaiting: stillWaiting(tasks, reasons, (one: WaitingTask) => one.requestId === requestId),
  };
  return [
    { ...walkUp, attempt, state },
    [
      {
        run: 'saveSoft',
        ...{ attempt, requestId, medium: medium.name, isOld, acceptsTerms, proofId: proofId ?? null },
        cardId: reader === null ? null : card.cardId,
      },
    ],
  ];
}

/** What may be known of the password has changed. */
export function passwordTyped(
  walkUp: WalkUp,
  typed: {
    readonly field: PasswordField;
    readonly length: number;
    readonly verdicts: readonly PasswordVerdict[];
    readonly matches: boolean;
  },
): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'softPassword' || state.field !== typed.field) return [walkUp, []];
  const verdicts = state.field === 'new' ? typed.verdicts : state.verdicts;
  const { length, matches } = typed;
  return [at(walkUp, { ...state, length, verdicts, matches, error: null }), []];
}

export function softProgressed(walkUp: WalkUp, phase: SoftPhase): WalkUpStep {
  const { state } = walkUp;
  return state.kind === 'savingSoft' ? [at(walkUp, { ...state, phase }), []] : [walkUp, []];
}

export function softSaved(walkUp: WalkUp, file: SavedFile): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'savingSoft') return [walkUp, []];
  const { reader, isCardIn, certificates, stillWaiting: left } = state;
  const done: SoftState = { kind: 'softDone', reader, isCardIn, file, certificates, stillWaiting: left };
  return [ended(walkUp, done), [WIPE_ALL, RELEASE]];
}

export function softStopped(walkUp: WalkUp, code: string): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'savingSoft' && state.kind !== 'askingToken' && state.kind !== 'offeringSoft')
    return [walkUp, []];
  const { reader } = state;
  const isCardIn = reader !== null && (state.kind !== 'savingSoft' || state.isCardIn);
  return [ended(walkUp, { kind: 'softStopped', reader, code, isCardIn }), [WIPE_ALL, RELEASE]];
}

/** Whoever takes the card out while the file is written gets the file; before that, it stops what was begun; at the end they have read it. */
export function cardOutAtSoft(
  walkUp: WalkUp,
  state: At<'savingSoft'> | At<'softStopped'> | At<'softDone'>,
): WalkUpStep {
  if (state.kind === 'softDone') return start(walkUp, null);
  if (state.kind !== 'savingSoft' || state.phase === 'save')
    return [at(walkUp, { ...state, isCardIn: false }), []];
  const { reader } = state;
  const stopped: SoftState = { kind: 'softStopped', reader, code: 'KR-08-card-removed', isCardIn: false };
  return [ended(walkUp, stopped), [WIPE_ALL, RELEASE]];
}

/** What was typed of the password is wiped. */
const WIPE_PASSWORDS: WalkUpEffect = { run: 'wipePasswords' };
const NOTHING = new Uint8Array();

/** The password from the beginning, with the rules as they are before the first character. */
function askPassword(
  state: ChoosingSoft & { readonly medium: MediumView; readonly isOld: boolean },
): At<'softPassword'> {
  const policy = state.task.soft?.rules.password;
  return {
    ...choosing(state),
    ...{ kind: 'softPassword', medium: state.medium, isOld: state.isOld, field: 'new', length: 0 },
    ...{ verdicts: policy ? judgePassword(policy, NOTHING) : [], matches: false, error: null },
  };
}

function atMedia(state: ChoosingSoft & { readonly medium: MediumView }): At<'chooseMedium'> {
  const position = (state.media ?? []).findIndex(({ name }) => name === state.medium.name);
  return { ...choosing(state), kind: 'chooseMedium', selected: Math.max(0, position), isGone: false };
}

function choosing({ proofId, ...chosen }: ChoosingSoft): ChoosingSoft {
  const { reader, card, task, acceptsTerms, tasks, reasons, media } = chosen;
  const vouched = proofId === undefined ? {} : { proofId };
  return { reader, ...vouched, card, task, acceptsTerms, tasks, reasons, media };
}

function positionAfter(selected: number, command: Command, count: number): number {
  if (count === 0) return selected;
  if (command.kind === 'up') return (selected + count - 1) % count;
  if (command.kind === 'down') return (selected + 1) % count;
  return command.kind === 'digit' ? command.digit - 1 : selected;
}
