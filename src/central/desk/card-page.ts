/** A card as central has it, with all that an operator may do with it, and what not and why (OP-01, OP-03). */
import type { CardPage, SlotOnRecord } from '../../domain/desk-pages.ts';
import { SLOTS } from '../../domain/slot.ts';
import { toHistoryLine } from '../audit/history-line.ts';
import { describeLife } from '../card-life/describe-life.ts';
import { lookUpCard } from '../card-life/hold-card.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { historyOf } from '../repositories/audit-history.ts';
import type { CardRow } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from '../repositories/certificates.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { listProfiles } from '../repositories/profiles.ts';
import { findUnfinished } from '../repositories/unfinished-operations.ts';
import type { Actor } from '../request/actor.ts';
import { cardRights } from './card-rights.ts';
import { describeCard } from './describe-card.ts';
import { toOperationLine } from './operation-lines.ts';
import { HISTORY_LINES } from './person-page.ts';
import { newestRequests } from './request-lines.ts';

/** @throws RefusedError as `describeLife` */
export async function showCard(central: Central, actor: Actor, cardId: string): Promise<CardPage> {
  const { database } = central;
  const life = await describeLife(central, actor, cardId);
  const { card, holder } = await lookUpCard(database, actor, cardId);
  const open = await findOpenOperation(database, cardId);
  const unfinished = open && (await findUnfinished(database, open.id));
  const { lines: requests } = await newestRequests(database, { cardId });
  const requestIds = requests.map(({ id }) => id);
  const subjects = { cardIds: [cardId], personIds: [], requestIds };
  const { guid, profileName } = card;
  return {
    card: {
      ...describeCard(card, await listProfiles(database), open !== undefined),
      ...{ guid, profileName, reason: life.reason },
    },
    holder: { id: holder.id, displayName: holder.displayName, state: holder.state },
    slots: await slotsOnRecord(database, card),
    history: (await historyOf(database, subjects, HISTORY_LINES)).map(toHistoryLine),
    operation: unfinished ? toOperationLine(unfinished, actor, central.now()) : null,
    requests,
    may: { ...life.may, ...(await cardRights(central, actor, { card, holder }, open)) },
    witness: life.witness,
    isCodeSigned: true,
  };
}

async function slotsOnRecord(database: Database, card: CardRow): Promise<SlotOnRecord[]> {
  const onCard = await certificatesOnCard(database, card.id);
  const keys = [...onCard.values()].map(({ publicKey }) => publicKey);
  const archived = await archivedAmong(database, card.holderId, keys);
  return SLOTS.flatMap((slot) => {
    const row = onCard.get(slot);
    if (!row) return [];
    const { serialNumber, subject, notAfter, publicKey } = row;
    const isArchived = archived.has(Buffer.from(publicKey).toString('hex'));
    return {
      ...{ slot, serialNumber, subject, notAfter: toInstant(notAfter), isArchived },
      state: stateOf(row),
    };
  });
}

function stateOf({
  state,
  revokedAt,
  crlReason,
}: Pick<CertificateRow, 'state' | 'revokedAt' | 'crlReason'>): SlotOnRecord['state'] {
  if (!revokedAt) return state;
  return crlReason === 'certificateHold' ? 'onHold' : 'revoked';
}
