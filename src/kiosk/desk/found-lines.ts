import type { SearchHit } from '../../domain/desk-pages.ts';
import type { FoundLine, SearchResult as ShownResult } from '../../flows/desk-data.ts';
import type { SearchResult } from '../search/search.ts';

/** What the search of the copy has found, as the page shows it. */
export function shownResult(query: string, { hits, isMore }: SearchResult): ShownResult {
  return { query, lines: hits.map(foundLine), hasMore: isMore };
}

function foundLine(hit: SearchHit): FoundLine {
  const { personId, displayName, login } = hit;
  if (hit.kind === 'person' || hit.cardId === null || hit.cardState === null) {
    return { kind: 'person', personId, displayName, mail: hit.mail || null, login, state: hit.personState };
  }
  const { cardId, cardName, cardSerial, cardState } = hit;
  return {
    ...{ kind: 'card', cardId, name: cardName ?? cardId, serial: cardSerial, state: cardState },
    holder: { id: personId, displayName },
  };
}
