import { UNKNOWN, type Unknown } from '../../domain/card.ts';
import type { WitnessedAction } from '../../domain/profile.ts';
import type { LoadedPage, PageKey } from '../../flows/desk-data.ts';
import { type CentralAnswer, mapAnswer } from '../central-connection.ts';
import type { DeskClient } from './desk-client.ts';

/** One page of the desk, by central's word now. @throws AbortError */
export async function loadPage(
  client: DeskClient,
  page: PageKey,
  signal: AbortSignal,
): Promise<CentralAnswer<LoadedPage>> {
  switch (page.kind) {
    case 'person':
      return mapAnswer(await client.person(page.personId, signal), (it) => ({ kind: 'person', page: it }));
    case 'card':
      return mapAnswer(await client.card(page.cardId, signal), (it) => ({
        ...{ kind: 'card', page: it, witness: known(it.witness) },
      }));
    case 'requests':
      return mapAnswer(await client.requests(page.view, signal), ({ requests, total }) => ({
        ...{ kind: 'requests', lines: requests, total },
      }));
    case 'request':
      return mapAnswer(await client.request(page.requestId, signal), (it) => ({
        ...{ kind: 'request', page: { ...it, witness: known(it.witness) } },
      }));
    case 'operations':
      return mapAnswer(await client.operations(signal), (it) => ({
        ...{ kind: 'operations', lines: it.operations, total: it.total },
      }));
    case 'audit':
      return mapAnswer(await client.audit(page.before, signal), ({ lines, next }) => ({
        ...{ kind: 'audit', lines, before: page.before, older: next },
      }));
  }
}

/** What a newer central wants a second operator for it demands all the same. */
function known(actions: readonly (WitnessedAction | Unknown)[]): readonly WitnessedAction[] {
  return actions.filter((action) => action !== UNKNOWN);
}
