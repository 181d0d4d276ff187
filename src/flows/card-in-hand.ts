import type { CardInHand } from './desk-data.ts';
import type { SightedCard } from './walk-up-event.ts';
import type { WalkUpState } from './walk-up-state.ts';

/**
 * What the walk-up has found, as the operator's desk is told of it.
 * @param seen the card that was refused last, as the `record` of it named it; null: it is not known
 */
export function cardInHandOf(state: WalkUpState, seen: SightedCard | null): CardInHand {
  switch (state.kind) {
    case 'insertCard':
      return { kind: 'none' };
    case 'looking':
      return { kind: 'looking', reader: state.reader };
    case 'found':
    case 'enterPin':
    case 'enterCode': {
      const { reader, card } = state;
      const { cardId, holderName, serial } = card;
      return { kind: 'known', reader, cardId, holderName, serial };
    }
    case 'blank':
    case 'enterNumber': {
      const { cardId, serial } = state.card;
      return { kind: 'blank', reader: state.reader, cardId, serial };
    }
    case 'refused': {
      if (!state.isCardIn) return { kind: 'none' };
      const { reader, code, cancelled } = state;
      const { cardId, serial } = cancelled ?? seen ?? { cardId: null, serial: null };
      return { kind: 'refused', reader, code, cardId, serial };
    }
    case 'interrupted':
    case 'written':
    case 'done':
    case 'softDone':
    case 'softStopped':
      return state.isCardIn ? busy(state.reader) : { kind: 'none' };
    default:
      return busy(state.reader);
  }
}

/** Null: what is done needs no card. */
function busy(reader: number | null): CardInHand {
  return reader === null ? { kind: 'none' } : { kind: 'busy', reader };
}
