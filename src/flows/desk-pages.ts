/** Keys on the pages of the desk. */
import { compareSlots } from '../domain/compare-slots.ts';
import type { Command } from './command.ts';
import type { Desk } from './desk.ts';
import { actionsOf, CARD_NOT_IN } from './desk-actions.ts';
import { type CardInHand, QUEUE_VIEWS } from './desk-data.ts';
import { beginDialog } from './desk-dialog.ts';
import {
  atPage,
  away,
  type DeskMove,
  type Open,
  type Page,
  popped,
  pushed,
  readCard,
  readerOf,
  returned,
  STAY,
  topOf,
} from './desk-moves.ts';
import { openCard, openPerson, openRequest } from './desk-open.ts';
import { scriptOf } from './desk-scripts.ts';
import { atSearch } from './desk-search.ts';
import { type DeskActionName, type DeskPage, type KioskTest, PERSON_TABS } from './desk-state.ts';
import { letterOf, movedIn } from './desk-typing.ts';

/** What there is at home, by number. */
export const HOME_MENU = ['search', 'cardInReader', 'requests', 'operations', 'kiosk', 'audit'] as const;

/** Keys that the keyboard test shows. */
const LAST_KEYS = 12;

/** What a key press leads to while a page is in sight. */
export function commandedAtPage(desk: Desk, state: Open, command: Command): DeskMove {
  const page = topOf(state);
  if (page.kind === 'search') return atSearch(desk, state, page, command);
  if (page.kind === 'kiosk' && page.test) return atTest(desk, state, page, page.test, command);
  const [quiet, silent] = unsaid(desk, state);
  const [after, effects] = atQuietPage(quiet, silent, command);
  // A key that does nothing but to put away what was said.
  return after === quiet && quiet === desk ? [desk, effects] : [after, effects];
}

/** What was said of the card in hand is not true of the next one. */
export function withAnotherCard(desk: Desk, state: Open, card: CardInHand): Desk {
  const page = topOf(state);
  const before = inHandOr(desk.inHand);
  const isOfCard =
    'said' in page && (page.said === CARD_NOT_IN || ('code' in before && page.said === before.code));
  return { ...(isOfCard ? unsaid(desk, state)[0] : desk), inHand: card };
}

/** What was said of the last key is gone with the next one. */
function unsaid(desk: Desk, state: Open): readonly [Desk, Open] {
  const page = topOf(state);
  if (!('said' in page) || page.said === null) return [desk, state];
  const quiet = { ...state, pages: [...state.pages.slice(0, -1), { ...page, said: null }] };
  return [{ ...desk, state: quiet }, quiet];
}

function atQuietPage(desk: Desk, state: Open, command: Command): DeskMove {
  if (command.kind === 'back') return atBack(desk, state);
  const letter = letterOf(command);
  if (letter !== null) return atLetter(desk, state, letter);
  const page = topOf(state);
  if (command.kind === 'nextTab' || command.kind === 'nextLanguage') return nextTab(desk, state, page);
  if (command.kind === 'confirm') return chosen(desk, state, page);
  return moved(desk, state, page, command);
}

/** A face is put away first. */
function atBack(desk: Desk, state: Open): DeskMove {
  const page = topOf(state);
  if (page.kind === 'person' && page.photo) return [atPage(desk, state, { ...page, photo: null }), STAY];
  return popped(desk, state);
}

function atLetter(desk: Desk, state: Open, letter: string): DeskMove {
  const action = actionsOf({ state, inHand: desk.inHand }).find(({ key }) => key === letter);
  if (action === undefined) return [desk, STAY];
  if (action.refusal !== null) return said(desk, state, action.refusal);
  return scriptOf(action.name).length > 0
    ? beginDialog(desk, state, action.name)
    : performed(desk, state, action.name);
}

/** Says why something cannot be, on the page itself (OP-03). */
function said(desk: Desk, state: Open, code: string): DeskMove {
  const page = topOf(state);
  return 'said' in page ? [atPage(desk, state, { ...page, said: code }), STAY] : [desk, STAY];
}

/** What needs no dialog. */
function performed(desk: Desk, state: Open, name: DeskActionName): DeskMove {
  const page = topOf(state);
  switch (name) {
    case 'signOut':
      return away(desk);
    case 'showPhoto':
      return page.kind === 'person' ? photo(desk, state, page) : [desk, STAY];
    case 'readCard':
      return page.kind === 'card' ? readAgain(desk, state, page) : [desk, STAY];
    case 'openHolder': {
      const personId = holderOf(page);
      return personId === null ? [desk, STAY] : openPerson(desk, state, personId);
    }
    case 'openCard':
      return page.kind === 'request' && page.page?.card
        ? openCard(desk, state, page.page.card.id)
        : [desk, STAY];
    case 'testKeyboard':
      return test(desk, state, { kind: 'keyboard', keys: [] });
    case 'testColours':
      return test(desk, state, { kind: 'colours' });
    case 'testReader':
      return test(desk, state, { kind: 'reader', seen: [] });
    case 'findFaults':
      return examine(desk, state);
    default:
      return [desk, STAY];
  }
}

function photo(desk: Desk, state: Open, page: Page<'person'>): DeskMove {
  if (page.photo) return [atPage(desk, state, { ...page, photo: null }), STAY];
  const attempt = desk.attempt + 1;
  const { personId } = page;
  return [
    atPage({ ...desk, attempt }, state, { ...page, photo: { picture: null, attempt, refused: null } }),
    [{ run: 'photo', attempt, personId }],
  ];
}

function readAgain(desk: Desk, state: Open, page: Page<'card'>): DeskMove {
  const reader = readerOf(desk.inHand, page.cardId);
  if (reader === null) return said(desk, state, CARD_NOT_IN);
  return reader === 'busy' ? [desk, STAY] : readCard(desk, state, page, reader);
}

function holderOf(page: DeskPage): string | null {
  if (page.kind === 'card') return page.page?.holder.id ?? null;
  if (page.kind === 'request') return page.page?.owner.id ?? null;
  return page.kind === 'operations' ? (page.lines?.[page.selected]?.holder.id ?? null) : null;
}

function test(desk: Desk, state: Open, begun: KioskTest): DeskMove {
  const page = topOf(state);
  return page.kind === 'kiosk' ? [atPage(desk, state, { ...page, test: begun }), STAY] : [desk, STAY];
}

/** Every key is shown, but Esc, which ends it. */
function atTest(desk: Desk, state: Open, page: Page<'kiosk'>, under: KioskTest, command: Command): DeskMove {
  if (command.kind === 'back') return [atPage(desk, state, { ...page, test: null }), STAY];
  if (under.kind === 'faults') return atFaults(desk, state, page, under, command);
  if (under.kind !== 'keyboard') return [desk, STAY];
  const keys = [...under.keys, keyName(command)].slice(-LAST_KEYS);
  return [atPage(desk, state, { ...page, test: { ...under, keys } }), STAY];
}

/** The doctor looks at the machine; what it has found before stays in sight until then. */
function examine(desk: Desk, state: Open): DeskMove {
  const page = topOf(state);
  if (page.kind !== 'kiosk') return [desk, STAY];
  const attempt = desk.attempt + 1;
  const before = page.test?.kind === 'faults' ? page.test.findings : null;
  const test = { kind: 'faults', findings: before, selected: 0, attempt, refused: null } as const;
  return [atPage({ ...desk, attempt }, state, { ...page, test }), [{ run: 'examine', attempt }]];
}

/** From finding to finding; the same letter looks again. */
function atFaults(
  desk: Desk,
  state: Open,
  page: Page<'kiosk'>,
  under: Extract<KioskTest, { kind: 'faults' }>,
  command: Command,
): DeskMove {
  if (letterOf(command) === 'F') return under.attempt === null ? examine(desk, state) : [desk, STAY];
  const selected = movedIn(under.selected, command, under.findings?.length ?? 0);
  if (selected === under.selected) return [desk, STAY];
  return [atPage(desk, state, { ...page, test: { ...under, selected } }), STAY];
}

function keyName(command: Command): string {
  if (command.kind === 'character') return String.fromCodePoint(command.codePoint);
  if (command.kind === 'digit') return String(command.digit);
  return command.kind === 'letter' ? command.letter : command.kind;
}

/** The next tab of a person, the next view of the queue. */
function nextTab(desk: Desk, state: Open, page: DeskPage): DeskMove {
  if (page.kind === 'person') {
    const tab = PERSON_TABS[(PERSON_TABS.indexOf(page.tab) + 1) % PERSON_TABS.length]!;
    return [atPage(desk, state, { ...page, tab, selected: 0 }), STAY];
  }
  if (page.kind !== 'requests') return [desk, STAY];
  const view = QUEUE_VIEWS[(QUEUE_VIEWS.indexOf(page.view) + 1) % QUEUE_VIEWS.length]!;
  const other = { ...page, view, lines: null, total: 0, selected: 0 };
  return returned(desk, { ...state, pages: [...state.pages.slice(0, -1), other] });
}

/** A digit opens what it numbers, where there is something to open. */
function moved(desk: Desk, state: Open, page: DeskPage, command: Command): DeskMove {
  if (!('selected' in page)) return [desk, STAY];
  const count = linesOn(page);
  if (page.kind === 'audit' && command.kind === 'down' && page.selected === count - 1) {
    if (page.older != null) return older(desk, state, page, page.older);
  }
  const isDigit = command.kind === 'digit' && command.digit >= 1 && command.digit <= count;
  const selected = movedIn(page.selected, command, count);
  if (selected === page.selected && !isDigit) return [desk, STAY];
  const next = { ...page, selected } as DeskPage;
  if (!isDigit) return [atPage(desk, state, next), STAY];
  const at = { ...state, pages: [...state.pages.slice(0, -1), next] };
  const [after, effects] = chosen({ ...desk, state: at }, at, next);
  return after.state === desk.state ? [desk, STAY] : [after, effects];
}

/** Below the last line come those that are older (SE-05). */
function older(desk: Desk, state: Open, page: Page<'audit'>, before: number): DeskMove {
  if (page.attempt !== null) return [desk, STAY];
  const attempt = desk.attempt + 1;
  return [
    atPage({ ...desk, attempt }, state, { ...page, attempt, refused: null }),
    [{ run: 'load', attempt, page: { kind: 'audit', before } }],
  ];
}

/** How many lines the list in sight has. */
function linesOn(page: DeskPage): number {
  switch (page.kind) {
    case 'home':
      return HOME_MENU.length;
    case 'search':
      return page.result?.lines.length ?? 0;
    case 'person':
      return page.page?.[page.tab].length ?? 0;
    case 'card':
      // What is on the card and not on record has a line as well.
      return page.page === null ? 0 : compareSlots(page.page.slots, page.onCard?.slots ?? null).length;
    case 'request':
      return page.page?.difference?.entries.length ?? page.page?.list.length ?? 0;
    case 'kiosk':
      return 0;
    default:
      return page.lines?.length ?? 0;
  }
}

/** Enter on a line. */
function chosen(desk: Desk, state: Open, page: DeskPage): DeskMove {
  switch (page.kind) {
    case 'home':
      return atHome(desk, state, page.selected);
    case 'person':
      return atPerson(desk, state, page);
    case 'requests': {
      const line = page.lines?.[page.selected];
      return line ? openRequest(desk, state, line.id) : [desk, STAY];
    }
    case 'operations': {
      const line = page.lines?.[page.selected];
      return line ? openCard(desk, state, line.card.id) : [desk, STAY];
    }
    default:
      return [desk, STAY];
  }
}

function atHome(desk: Desk, state: Open, selected: number): DeskMove {
  const asked = { attempt: null, refused: null };
  const list = { lines: null, selected: 0, said: null, ...asked };
  switch (HOME_MENU[selected]) {
    case 'search':
      return pushed(desk, state, {
        ...{ kind: 'search', query: '', result: null, selected: 0, opensFirst: false, ...asked },
      });
    case 'cardInReader':
      return openInHand(desk, state);
    case 'requests':
      return pushed(desk, state, { kind: 'requests', view: 'toApprove', total: 0, ...list });
    case 'operations':
      return pushed(desk, state, { kind: 'operations', ...list });
    case 'kiosk':
      return pushed(desk, state, { kind: 'kiosk', test: null, said: null });
    case 'audit':
      return pushed(desk, state, { kind: 'audit', ...list });
    default:
      return [desk, STAY];
  }
}

function openInHand(desk: Desk, state: Open): DeskMove {
  const found = inHandOr(desk.inHand);
  return 'cardId' in found ? openCard(desk, state, found.cardId) : said(desk, state, found.code);
}

function inHandOr(card: CardInHand): { readonly cardId: string } | { readonly code: string } {
  switch (card.kind) {
    case 'none':
      return { code: 'OP-01-no-card' };
    case 'looking':
    case 'busy':
      return { code: 'OP-02-reader-busy' };
    case 'blank':
      return { code: 'RP-07-blank' };
    case 'known':
      return card;
    case 'refused':
      return card.cardId === null ? { code: card.code } : { cardId: card.cardId };
  }
}

function atPerson(desk: Desk, state: Open, page: Page<'person'>): DeskMove {
  const { tab, selected } = page;
  if (tab === 'cards') {
    const card = page.page?.cards[selected];
    return card ? openCard(desk, state, card.id) : [desk, STAY];
  }
  if (tab === 'certificates') {
    const certificate = page.page?.certificates[selected];
    return certificate ? openCard(desk, state, certificate.card.id) : [desk, STAY];
  }
  const request = tab === 'requests' ? page.page?.requests[selected] : undefined;
  return request ? openRequest(desk, state, request.id) : [desk, STAY];
}
