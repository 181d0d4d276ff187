import type { Desk } from './desk.ts';
import type { CardInHand, PageKey } from './desk-data.ts';
import type { DeskEffect } from './desk-event.ts';
import { blankChosen } from './desk-scripts.ts';
import type { DeskActionName, DeskPage, DeskState, DeskSubject } from './desk-state.ts';

/** What an event leads to, and what is asked for. */
export type DeskMove = readonly [Desk, readonly DeskEffect[]];

/** Somebody is signed in, and has the screen. */
export type Open = Extract<DeskState, { kind: 'open' }>;
/** The page of one kind. */
export type Page<K extends DeskPage['kind']> = Extract<DeskPage, { kind: K }>;

/** Nothing happens. */
export const STAY: readonly DeskEffect[] = [];

/** The same desk in another state. */
export function at(desk: Desk, state: DeskState): Desk {
  return { ...desk, state };
}

/** The same, the page in sight changed. */
export function atPage(desk: Desk, state: Open, page: DeskPage): Desk {
  return at(desk, { ...state, pages: [...state.pages.slice(0, -1), page] });
}

/** The page in sight. */
export function topOf({ pages }: Pick<Open, 'pages'>): DeskPage {
  return pages.at(-1)!;
}

/** Nobody is signed in any more: the walk-up has the screen. */
export function away(desk: Desk): DeskMove {
  if (desk.state.kind === 'away') return [desk, STAY];
  return [{ ...desk, state: { kind: 'away' }, reader: null }, STAY];
}

/** The same, and it is said why, to whoever was there. */
export function signedOut(desk: Desk, code: string): DeskMove {
  if (desk.state.kind === 'away') return [desk, STAY];
  return [{ ...desk, state: { kind: 'signedOut', code }, reader: null }, STAY];
}

/** Central does not take this session, or this operator, any more (ID-05). */
export function isSessionOver(code: string): boolean {
  return code.startsWith('ID-05-');
}

/** Steps from home that pages lie on one another: what is further back is forgotten. */
const DEEPEST = 3;

/** Opens a page on top; one that is further down comes up again. */
export function pushed(desk: Desk, state: Open, page: DeskPage): DeskMove {
  const open = state.pages.findIndex((other) => nameOf(other) === nameOf(page));
  if (open >= 0) return returned(desk, { ...state, pages: state.pages.slice(0, open + 1) });
  const [home, ...others] = state.pages.map(unseen);
  const pages = [home!, ...[...others, page].slice(-DEEPEST)];
  return returned(desk, { ...state, pages });
}

/** A face, and what is on a card, are for one view: out of sight they are gone. */
export function unseen(page: DeskPage): DeskPage {
  if (page.kind === 'person') return { ...page, photo: null };
  return page.kind === 'card' ? { ...page, onCard: null } : page;
}

/** One page back; home stays. */
export function popped(desk: Desk, state: Open): DeskMove {
  if (state.pages.length <= 1) return [desk, STAY];
  return returned(desk, { ...state, pages: state.pages.slice(0, -1) });
}

/** The page in sight is asked for again, since something may have changed; what was there stays until then. */
export function returned(desk: Desk, state: Open): DeskMove {
  const key = keyOf(topOf(state));
  if (key === null) return [at(desk, state), STAY];
  const attempt = desk.attempt + 1;
  const page = { ...topOf(state), attempt, refused: null } as DeskPage;
  const [next, effects] = opened(atPage({ ...desk, attempt }, state, page), {
    ...state,
    pages: [...state.pages.slice(0, -1), page],
  });
  return [next, [{ run: 'load', attempt, page: key }, ...effects]];
}

/** The page is there again after a dialog or the cardholder's turn. @param refused what is to be said first; null: nothing */
export function reloaded(
  desk: Desk,
  state: Open,
  refused: { readonly action: DeskActionName; readonly subject: DeskSubject; readonly code: string } | null,
): DeskMove {
  const [next, effects] = returned(desk, state);
  if (refused === null || next.state.kind !== 'open') return [next, effects];
  const { action, subject, code } = refused;
  const step = { kind: 'said', outcome: { kind: 'stopped', code } } as const;
  return [
    at(next, { ...next.state, dialog: { action, subject, chosen: blankChosen(), step, past: [] } }),
    effects,
  ];
}

/**
 * What is on the card is read as soon as that card is in the reader and its page in sight, and forgotten when it is another's turn.
 * @param state as it is now
 */
export function opened(desk: Desk, state: Open): DeskMove {
  const page = topOf(state);
  if (page.kind !== 'card') return [at(desk, state), STAY];
  const reader = readerOf(desk.inHand, page.cardId);
  if (reader === 'busy') return [at(desk, state), STAY];
  if (reader === null) {
    return [page.onCard === null ? at(desk, state) : atPage(desk, state, { ...page, onCard: null }), STAY];
  }
  return page.onCard === null ? readCard(desk, state, page, reader) : [at(desk, state), STAY];
}

/** Reads what is on the card in the other reader. */
export function readCard(desk: Desk, state: Open, page: Page<'card'>, reader: number): DeskMove {
  const attempt = desk.attempt + 1;
  const onCard = { slots: page.onCard?.slots ?? null, attempt, refused: null };
  return [
    atPage({ ...desk, attempt }, state, { ...page, onCard }),
    [{ run: 'readCard', attempt, reader, cardId: page.cardId }],
  ];
}

/** Where the card is; null: in no reader. busy: nobody can say just now. */
export function readerOf(inHand: CardInHand, cardId: string): number | 'busy' | null {
  if (inHand.kind === 'busy' || inHand.kind === 'looking') return 'busy';
  if (inHand.kind !== 'known' && inHand.kind !== 'refused') return null;
  return inHand.cardId === cardId ? inHand.reader : null;
}

/** Names a page: the same for the same. */
function nameOf(page: DeskPage): string {
  switch (page.kind) {
    case 'person':
      return `person ${page.personId}`;
    case 'card':
      return `card ${page.cardId}`;
    case 'request':
      return `request ${page.requestId}`;
    default:
      return page.kind;
  }
}

/** What central is asked for; null: the page needs nothing of it. */
function keyOf(page: DeskPage): PageKey | null {
  switch (page.kind) {
    case 'home':
    case 'search':
    case 'kiosk':
      return null;
    case 'person':
      return { kind: 'person', personId: page.personId };
    case 'card':
      return { kind: 'card', cardId: page.cardId };
    case 'requests':
      return { kind: 'requests', view: page.view };
    case 'request':
      return { kind: 'request', requestId: page.requestId };
    case 'operations':
      return { kind: page.kind };
    case 'audit':
      return { kind: page.kind, before: null };
  }
}
