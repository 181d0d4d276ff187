/**
 * Which record a chip gets: that which its request has, or the one that central has of this very chip, from an issue that was
 * abandoned on it: only by that its secrets are known (RP-17).
 */

import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import { type CardRow, changeCard, findCardBySight, lockCard } from '../repositories/cards.ts';
import { changeCode, lockLiveCode } from '../repositories/codes.ts';
import { listOpenForNewCard } from '../repositories/new-card-requests.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { changeRequest, type RequestRow } from '../repositories/requests.ts';
import type { HeldIssue } from './hold-issue.ts';
import { dropPlannedCard, identityFor, planCard } from './planned-card.ts';

/** What the card in the reader says of itself. */
export interface ChipSighting {
  readonly serial: string | null;
  readonly guid: string | null;
}

/** own: that of the request. taken: another one, of the chip. fresh: a new one, since the request's is of another chip. */
export type RecordChoice =
  | { readonly kind: 'own' }
  | { readonly kind: 'taken'; readonly record: CardRow }
  | { readonly kind: 'fresh' }
  | RefusedError;

/** Nothing is changed. The record of the chip is held. */
export async function chooseRecord(
  transaction: Database,
  { card, open }: Pick<HeldIssue, 'card' | 'open'>,
  { serial, guid }: ChipSighting,
): Promise<RecordChoice> {
  const seen = await findCardBySight(transaction, serial, guid);
  const known = seen && (await lockCard(transaction, seen.id));
  if (known && known.id !== card.id) {
    const isFree = known.state === 'planned' && !(await findOpenOperation(transaction, known.id));
    if (!isFree) return somebodys();
    return open ? otherCard() : { kind: 'taken', record: known };
  }
  const isAnother = card.serial !== null && card.serial !== serial;
  if (open) return isAnother || card.serial !== serial ? otherCard() : { kind: 'own' };
  return isAnother ? { kind: 'fresh' } : { kind: 'own' };
}

/** Gives the request the record that was chosen, and a code that was given for it. @returns the record's id */
export async function applyChoice(
  central: Central,
  transaction: Database,
  { request, card }: Pick<HeldIssue, 'request' | 'card'>,
  choice: Exclude<RecordChoice, RefusedError>,
): Promise<string> {
  if (choice.kind === 'own') return card.id;
  const now = central.now();
  const code = await lockLiveCode(transaction, card.id);
  const recordId =
    choice.kind === 'taken'
      ? await takeOver(central, transaction, request, choice.record)
      : (await planCard(transaction, request, now)).newCardId!;
  if (code) await changeCode(transaction, code.id, { cardId: recordId });
  await dropPlannedCard(transaction, { newCardId: card.id });
  return recordId;
}

/** The record stays, since the secrets of its chip come from its id; it is somebody else's from now on. */
async function takeOver(
  central: Central,
  transaction: Database,
  request: RequestRow,
  record: CardRow,
): Promise<string> {
  const now = central.now();
  const older = await lockLiveCode(transaction, record.id);
  if (older) await changeCode(transaction, older.id, { state: 'dead' });
  for (const other of await listOpenForNewCard(transaction, record.id))
    await planCard(transaction, other, now);
  const { guid, ...identity } = await identityFor(transaction, request);
  await changeCard(transaction, record.id, {
    ...identity,
    // A chip without a serial is known by nothing else.
    ...(record.serial === null ? {} : { guid }),
    ...{ holderId: request.ownerId, profileName: request.profileName },
  });
  await changeRequest(transaction, request.id, { newCardId: record.id });
  const detail = { request: request.id, was: record.holderId, now: request.ownerId };
  const entry = { type: 'card.taken-over', actor: 'central', cardId: record.id, detail };
  await recordAudits(central, transaction, [entry], now);
  return record.id;
}

function somebodys(): RefusedError {
  const why =
    'central knows it as the card of somebody; take another blank card, and give this one to the helpdesk';
  return new RefusedError(409, 'KR-01-card-is-somebodys', `collect card: ${why}`);
}

export function otherCard(): RefusedError {
  const why = 'it was begun on another card; put that one in';
  return new RefusedError(409, 'KR-06-wrong-card', `collect card: ${why}`);
}
