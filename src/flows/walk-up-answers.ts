import type { WalkUp, WalkUpStep } from './walk-up.ts';
import type { WalkUpEvent } from './walk-up-event.ts';
import { askPin, at, ended, RELEASE, refused, WIPE_ALL, warn } from './walk-up-moves.ts';

type Answer = Extract<WalkUpEvent, { attempt: number }>;

/** What an answer to the last effect leads to. */
export function answered(walkUp: WalkUp, event: Answer): WalkUpStep {
  const { state } = walkUp;
  switch (event.type) {
    case 'cardFound':
      if (state.kind !== 'looking') return [walkUp, []];
      return [at(walkUp, { kind: 'found', reader: state.reader, card: event.card }), []];
    case 'cardRefused':
      if (state.kind === 'writing') return [walkUp, []];
      return refused(walkUp, event.code, event.canRetry);
    case 'wrongPin':
      return wrongPin(walkUp, event.triesLeft);
    case 'proved':
      return proved(walkUp, event);
    case 'checked':
      if (state.kind !== 'checking') return [walkUp, []];
      return [at(walkUp, warn(state, event.losesKey, false)), []];
    case 'progressed':
      if (state.kind !== 'writing') return [walkUp, []];
      return [
        at(walkUp, {
          ...state,
          progress: event.progress,
          hasBegunWriting: state.hasBegunWriting || event.hasBegunWriting,
        }),
        [],
      ];
    case 'waitsForCentral':
      if (state.kind !== 'writing' || state.waitsForCentral === event.waits) return [walkUp, []];
      return [at(walkUp, { ...state, waitsForCentral: event.waits }), []];
    case 'completed':
      if (state.kind !== 'writing') return [walkUp, []];
      return [
        ended(walkUp, { kind: 'done', reader: state.reader, result: event.result }),
        [WIPE_ALL, RELEASE],
      ];
    case 'stopped':
      if (state.kind !== 'writing') return [walkUp, []];
      if (!event.hasBegunWriting && !state.hasBegunWriting) return refused(walkUp, event.code, true);
      return [
        ended(walkUp, { kind: 'interrupted', reader: state.reader, code: event.code, isCardIn: true }),
        [WIPE_ALL, RELEASE],
      ];
  }
}

function wrongPin(walkUp: WalkUp, triesLeft: number): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'proving') return [walkUp, []];
  if (triesLeft === 0) return refused(walkUp, 'ID-04-pin-blocked', false);
  const card = { ...state.card, triesLeft };
  return [at(walkUp, { ...askPin(state.reader, card), error: 'wrong' }), [WIPE_ALL]];
}

function proved(walkUp: WalkUp, event: Extract<WalkUpEvent, { type: 'proved' }>): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'proving') return [walkUp, []];
  const { reader, card } = state;
  const { reasons } = event;
  const open = reasons.findIndex((reason) => reason.code === event.openReason);
  if (open >= 0) return [at(walkUp, warn({ reader, card, reasons, selected: open }, false, true)), []];
  return [at(walkUp, { kind: 'chooseReason', reader, card, reasons, selected: 0 }), []];
}
