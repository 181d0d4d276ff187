import type { Desk } from './desk.ts';
import { type DeskMove, type Open, pushed } from './desk-moves.ts';

const FRESH = { page: null, attempt: null, refused: null, selected: 0, said: null } as const;

/** The page of somebody. */
export function openPerson(desk: Desk, state: Open, personId: string): DeskMove {
  return pushed(desk, state, { kind: 'person', personId, tab: 'cards', photo: null, ...FRESH });
}

/** The page of a card. */
export function openCard(desk: Desk, state: Open, cardId: string): DeskMove {
  return pushed(desk, state, { kind: 'card', cardId, onCard: null, ...FRESH });
}

/** The page of a request. */
export function openRequest(desk: Desk, state: Open, requestId: string): DeskMove {
  return pushed(desk, state, { kind: 'request', requestId, ...FRESH });
}
