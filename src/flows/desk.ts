import { answeredAtDesk } from './desk-answers.ts';
import type { CardInHand } from './desk-data.ts';
import { cardChangedInDialog } from './desk-dialog.ts';
import type { DeskEvent } from './desk-event.ts';
import { countsIdleAtDesk } from './desk-facts.ts';
import {
  atPage,
  away,
  type DeskMove,
  isSessionOver,
  opened,
  readerOf,
  reloaded,
  signedOut,
  unseen,
} from './desk-moves.ts';
import { commandedAtPage, withAnotherCard } from './desk-pages.ts';
import { claimedBy, settled } from './desk-settle.ts';
import { cardInsertedAtSignIn, commandedAtSignIn } from './desk-sign-in.ts';
import type { DeskPage, DeskState } from './desk-state.ts';
import { commandedAtStep } from './desk-steps.ts';
import { cardInsertedInDialog, cardRemovedInDialog } from './desk-witness.ts';

/**
 *   away ─O─▶ askCard ─▶ lookingAtOperator ─▶ enterOperatorPin ─▶ signingIn ─▶ open ◀─────────▶ handedOver
 *    ▲          │               ▼                   ▲  │              │        pages, a dialog    the walk-up's turn
 *    └── Esc ───┘        signInRefused ◀────────────┴──┴──────────────┘          │
 *    ▲                                                                           ▼
 *    └── the operator's card is taken out, idle time, X ──────── open, handedOver ─▶ signedOut (with what must be said)
 *
 * It lies over the walk-up, which goes on with all readers but those that the desk has claimed. Pure, as the walk-up is. What every
 * step leaves behind (a session, a claimed reader, a PIN, a question) is cleared in one place: desk-settle.ts.
 */
export interface Desk {
  readonly state: DeskState;
  /** Number of the last effect that has an answer. Each answer is for whatever waits for its number. */
  readonly attempt: number;
  /** With the operator's card, from the first look at it on. */
  readonly reader: number | null;
  /** The same, and after they have signed out as long as their card stays in. */
  readonly lastReader: number | null;
  /** Readers that have a card, in the order of insertion. */
  readonly occupied: readonly number[];
  /** What the walk-up has found in another reader. */
  readonly inHand: CardInHand;
}

/** Nobody is signed in. */
export const DESK_START: Desk = {
  state: { kind: 'away' },
  attempt: 0,
  reader: null,
  lastReader: null,
  occupied: [],
  inHand: { kind: 'none' },
};

/** One event in the life of a desk. An event that does not fit returns the same desk. */
export function stepDesk(desk: Desk, event: DeskEvent): DeskMove {
  const [moved, effects] = happened(desk, event);
  if (moved === desk) return [desk, effects];
  const after = moved.state.kind === 'open' ? { ...moved, lastReader: moved.reader } : moved;
  return [after, settled(desk, after, event, effects)];
}

function happened(desk: Desk, event: DeskEvent): DeskMove {
  switch (event.type) {
    case 'command':
      return commanded(desk, event.command);
    case 'cardInserted':
      return inserted(desk, event.reader);
    case 'cardRemoved':
      return removed(desk, event);
    case 'cardInHand':
      return inHand(desk, event.card);
    case 'idleExpired':
      return countsIdleAtDesk(desk.state) ? away(desk) : [desk, []];
    case 'pinTyped':
      return typed(desk, event);
    case 'handedBack':
      return handedBack(desk, event.code);
    case 'sessionEnded':
      return 'operator' in desk.state ? signedOut(desk, event.code) : [desk, []];
    default:
      return answeredAtDesk(desk, event);
  }
}

function commanded(desk: Desk, command: Extract<DeskEvent, { type: 'command' }>['command']): DeskMove {
  const { state } = desk;
  if (state.kind === 'handedOver') {
    return command.kind === 'openDesk' ? [desk, [{ run: 'takeBack' }]] : [desk, []];
  }
  if (state.kind !== 'open') return commandedAtSignIn(desk, command);
  return state.dialog
    ? commandedAtStep(desk, state, state.dialog, command)
    : commandedAtPage(desk, state, command);
}

function inserted(desk: Desk, reader: number): DeskMove {
  if (desk.occupied.includes(reader)) return [desk, []];
  const next = seen({ ...desk, occupied: [...desk.occupied, reader] }, reader, true);
  const { state } = next;
  if (state.kind === 'open' && state.dialog) return cardInsertedInDialog(next, state, state.dialog, reader);
  return cardInsertedAtSignIn(next, reader);
}

/** Roles belong to cards: whatever comes into that reader next is a cardholder's (operation.md E). */
function removed(desk: Desk, { reader, trouble }: Extract<DeskEvent, { type: 'cardRemoved' }>): DeskMove {
  if (!desk.occupied.includes(reader)) return [desk, []];
  const occupied = desk.occupied.filter((other) => other !== reader);
  const isInHand = 'reader' in desk.inHand && desk.inHand.reader === reader;
  const lastReader = desk.lastReader === reader ? null : desk.lastReader;
  const next = seen({ ...desk, occupied, lastReader }, reader, false);
  if (reader === desk.reader) return trouble ? signedOut(next, trouble) : away(next);
  if (isInHand) return inHand(next, { kind: 'none' });
  const { state } = next;
  if (state.kind === 'open' && state.dialog) return cardRemovedInDialog(next, state, state.dialog, reader);
  return [next, []];
}

/** The reader test tells what came and went (OP-04). */
const LONGEST_LIST = 12;

function seen(desk: Desk, reader: number, isIn: boolean): Desk {
  const { state } = desk;
  if (state.kind !== 'open') return desk;
  const page = state.pages.at(-1)!;
  if (page.kind !== 'kiosk' || page.test?.kind !== 'reader') return desk;
  const test = { ...page.test, seen: [...page.test.seen, { reader, isIn }].slice(-LONGEST_LIST) };
  return atPage(desk, state, { ...page, test });
}

function inHand(desk: Desk, card: CardInHand): DeskMove {
  // What the desk has claimed is not a cardholder's.
  if ('reader' in card && claimedBy(desk).includes(card.reader)) return [desk, []];
  if (isSame(card, desk.inHand)) return [desk, []];
  const { state: before } = desk;
  const next = before.kind === 'open' ? withAnotherCard(desk, before, card) : { ...desk, inHand: card };
  if (next.state.kind !== 'open') return [next, []];
  if (next.state.dialog === null) return opened(next, next.state);
  const state = { ...next.state, pages: next.state.pages.map((page) => readStill(page, card)) };
  return cardChangedInDialog({ ...next, state }, state, next.state.dialog);
}

/** What was read from a card that is out is not what is on the next one. */
function readStill(page: DeskPage, card: CardInHand): DeskPage {
  return page.kind === 'card' && readerOf(card, page.cardId) === null ? unseen(page) : page;
}

function isSame(one: CardInHand, other: CardInHand): boolean {
  const keys = Object.keys({ ...one, ...other }) as (keyof CardInHand)[];
  return keys.every((key) => one[key] === other[key]);
}

function typed(desk: Desk, { field, length }: Extract<DeskEvent, { type: 'pinTyped' }>): DeskMove {
  const { state } = desk;
  const fresh = { length, error: null, asksForLastTry: false };
  if (state.kind === 'enterOperatorPin' && field === 'operator') {
    return [{ ...desk, state: { ...state, ...fresh } }, []];
  }
  if (state.kind !== 'open' || state.dialog?.step.kind !== 'sign') return [desk, []];
  const { dialog } = state;
  const { step } = state.dialog;
  if (step.kind !== 'sign' || step.who !== field) return [desk, []];
  return [{ ...desk, state: { ...state, dialog: { ...dialog, step: { ...step, ...fresh } } } }, []];
}

/** The page is there again, with what the cardholder's turn has changed. */
function handedBack(desk: Desk, code: string | null): DeskMove {
  const { state } = desk;
  if (state.kind !== 'handedOver') return [desk, []];
  if (code !== null && isSessionOver(code)) return signedOut(desk, code);
  const { action, subject, ...session } = state;
  const dialog = code === null ? null : { action, subject, code };
  return reloaded(desk, { ...session, kind: 'open', dialog: null }, dialog);
}
