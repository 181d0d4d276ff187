import type { Command } from './command.ts';
import type { Desk } from './desk.ts';
import { atPage, type DeskMove, type Open, type Page, popped, STAY } from './desk-moves.ts';
import { openCard, openPerson } from './desk-open.ts';
import { edited, movedIn } from './desk-typing.ts';

/** Longer than any name or serial number. */
const LONGEST_QUERY = 80;

/** Every key that can be typed is part of the search; the list follows at once. */
export function atSearch(desk: Desk, state: Open, page: Page<'search'>, command: Command): DeskMove {
  if (command.kind === 'back') return popped(desk, state);
  if (command.kind === 'confirm') return opensFound(desk, state, page);
  if (command.kind === 'up' || command.kind === 'down') {
    const selected = movedIn(page.selected, command, page.result?.lines.length ?? 0);
    return selected === page.selected ? [desk, STAY] : [atPage(desk, state, { ...page, selected }), STAY];
  }
  const query = edited(page.query, command, LONGEST_QUERY);
  if (query === page.query) return [desk, STAY];
  const changed = { ...page, query, selected: 0, opensFirst: false, refused: null };
  if (query.trim() === '') {
    return [atPage(desk, state, { ...changed, result: null, attempt: null }), STAY];
  }
  const attempt = desk.attempt + 1;
  return [atPage({ ...desk, attempt }, state, { ...changed, attempt }), [{ run: 'search', attempt, query }]];
}

function opensFound(desk: Desk, state: Open, page: Page<'search'>): DeskMove {
  if (page.attempt !== null) {
    return page.opensFirst ? [desk, STAY] : [atPage(desk, state, { ...page, opensFirst: true }), STAY];
  }
  return openFound(desk, state, page);
}

/** Opens the line in the list that is chosen. */
export function openFound(desk: Desk, state: Open, page: Page<'search'>): DeskMove {
  const line = page.result?.lines[page.selected];
  if (!line) return [desk, STAY];
  return line.kind === 'person' ? openPerson(desk, state, line.personId) : openCard(desk, state, line.cardId);
}
