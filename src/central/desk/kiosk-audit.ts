/** What a kiosk did, and what operators did at it, as one who is there may read it (OP-01). */
import type { AuditLine } from '../../domain/desk-pages.ts';
import { toHistoryLine } from '../audit/history-line.ts';
import type { Central } from '../central.ts';
import type { AuditLine as Entry } from '../repositories/audit.ts';
import { auditOfKiosk } from '../repositories/audit-history.ts';
import {
  type CardWithHolder,
  type NamedHolder,
  namesOfCards,
  namesOfPeople,
} from '../repositories/audit-names.ts';
import { groupsOfScope } from '../repositories/copy-scopes.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { Actor } from '../request/actor.ts';
import { cardName } from './describe-card.ts';

const PAGE = 200;

/**
 * Newest first. That something happened is told of everybody; to whom, to which card and why only of those for whom this operator acts,
 * and whom the kiosk serves.
 * @param before `next` of the page before; null: the newest
 */
export async function readKioskAudit(
  { database }: Central,
  kiosk: Kiosk,
  actor: Actor,
  before: number | null,
): Promise<{ readonly lines: AuditLine[]; readonly next: number | null }> {
  const found = await auditOfKiosk(database, kiosk.name, before, PAGE + 1);
  const entries = found.slice(0, PAGE);
  const served = kiosk.scopeId === null ? new Set<string>() : await groupsOfScope(database, kiosk.scopeId);
  const about: About = {
    cards: await namesOfCards(
      database,
      entries.flatMap(({ cardId }) => cardId ?? []),
    ),
    people: await namesOfPeople(
      database,
      entries.flatMap((entry) => personOf(entry) ?? []),
    ),
    isShown: ({ groupId }) => actor.groupIds.has(groupId) && served.has(groupId),
  };
  const last = found.length > PAGE ? entries.at(-1) : undefined;
  return { lines: entries.map((entry) => describe(entry, about)), next: last?.seq ?? null };
}

interface About {
  readonly cards: ReadonlyMap<string, CardWithHolder>;
  readonly people: ReadonlyMap<string, NamedHolder>;
  readonly isShown: (holder: NamedHolder) => boolean;
}

function describe(entry: Entry, { cards, people, isShown }: About): AuditLine {
  const line = toHistoryLine(entry);
  const personId = personOf(entry);
  if (!entry.cardId && !personId) return { ...line, holder: null, card: null };
  const card = entry.cardId ? cards.get(entry.cardId) : undefined;
  const holder = card?.holder ?? (personId === null ? undefined : people.get(personId));
  if (!holder || !isShown(holder)) return { ...line, note: codeOf(entry), holder: null, card: null };
  return { ...line, holder: holder.displayName, card: card ? cardName(card) : null };
}

/** Of what was refused: by itself it tells of nobody. */
function codeOf({ detail }: Entry): string | null {
  return typeof detail?.code === 'string' ? detail.code : null;
}

/** By whichever name it calls them: as `PERSON_OF_ENTRY`. */
function personOf({ detail }: Entry): string | null {
  const id = detail?.owner ?? detail?.person ?? detail?.holder;
  return typeof id === 'string' ? id : null;
}
