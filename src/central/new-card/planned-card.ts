/** The record of a card that is to be: central knows it before there is a chip (KR-01). */
import { randomUUID } from 'node:crypto';
import { DEFAULT_CARD_LIFETIME_DAYS, type Profile } from '../../domain/profile.ts';
import { NO_AGENCY_FASC_N } from '../../piv/objects/fasc-n.ts';
import type { Database } from '../database.ts';
import { addCard, type CardRow, changeCard, findCard, lockCard } from '../repositories/cards.ts';
import { changeCode, lockLiveCode } from '../repositories/codes.ts';
import { newestRevision } from '../repositories/profiles.ts';
import { changeRequest, type RequestRow } from '../repositories/requests.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const END_OF_DAY = [23, 59, 59, 0] as const;

/** Makes it for a request that can be collected from now on. @returns the request, with it */
export async function planCard(transaction: Database, request: RequestRow, now: Date): Promise<RequestRow> {
  const profile = (await newestRevision(transaction, request.profileName))?.profile;
  const card: CardRow = {
    ...{ id: randomUUID(), label: null, serial: null, state: 'planned', stateReason: null },
    ...(await identityFor(transaction, request)),
    ...{ holderId: request.ownerId, profileName: request.profileName },
    ...{ profileRevision: profile?.revision ?? 1, ...lifeFrom(profile, now) },
    // As it comes from the factory. Which kind of key it is the card says itself.
    ...{ managementKeyVersion: 0, managementKeyAlgorithm: '3DES', canChangeManagementKey: null },
    ...{ pukVersion: 0, isManagementKeyKnown: true, isPukKnown: true },
  };
  await addCard(transaction, card);
  await changeRequest(transaction, request.id, { newCardId: card.id });
  return { ...request, newCardId: card.id };
}

/** What tells a card from others, and whom it says that it belongs to: the same person as the card whose place it takes. */
export async function identityFor(
  transaction: Database,
  { cardId }: Pick<RequestRow, 'cardId'>,
): Promise<Pick<CardRow, 'guid' | 'fascN' | 'cardholderUuid'>> {
  const replaced = cardId === null ? undefined : await findCard(transaction, cardId);
  const cardholderUuid = replaced?.cardholderUuid ?? randomUUID();
  return { guid: randomUUID(), fascN: NO_AGENCY_FASC_N, cardholderUuid };
}

/** Until when a card lives that is issued now (RP-04); nothing changes it later (RP-03). */
export function lifeFrom(
  profile: Pick<Profile, 'cardLifetimeDays'> | undefined,
  now: Date,
): Pick<CardRow, 'expiresAt' | 'chuidExpiry'> {
  const days = profile?.cardLifetimeDays ?? DEFAULT_CARD_LIFETIME_DAYS;
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  expiresAt.setUTCHours(...END_OF_DAY);
  return { expiresAt, chuidExpiry: expiresAt.toISOString().slice(0, 10).replaceAll('-', '') };
}

/**
 * The request that it was made for is over. A chip that central knows is never forgotten: its record waits for the next request
 * that is collected onto it.
 */
export async function dropPlannedCard(
  transaction: Database,
  { newCardId }: Pick<RequestRow, 'newCardId'>,
): Promise<void> {
  const card = newCardId === null ? undefined : await lockCard(transaction, newCardId);
  if (card?.state !== 'planned') return;
  const code = await lockLiveCode(transaction, card.id);
  if (code) await changeCode(transaction, code.id, { state: 'dead' });
  if (card.serial === null) await changeCard(transaction, card.id, { state: 'cancelled' });
}
