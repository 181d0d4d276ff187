/** What abandoned operations may have left on a card, so that the next one opens and finishes it all the same (RP-17). */
import type { ManagementKeyVersion } from '../../domain/card.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import { findArchivedKey, releasedKeys } from '../repositories/archived-keys.ts';
import type { CardRow } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from '../repositories/certificates.ts';
import {
  findOperation,
  listIntents,
  listOperationKeys,
  type OperationKeyRow,
  type OperationRow,
} from '../repositories/operations.ts';
import { listAbandonedSinceCompleted, listPendingIntents } from '../repositories/unfinished-operations.ts';

export interface Aftermath {
  /** Management keys that the card may have besides the one on record, newest first. */
  readonly managementKeys: readonly ManagementKeyVersion[];
  /** The PUK that it may have in place of the one on record. */
  readonly pukVersion: number | null;
  /** The key on record for 9D may be in this retired slot by now. */
  readonly movedTo: Slot | null;
  /**
   * There is no key in 9D to be kept: one was put there to which nothing was ever encrypted, or the one on record was to be
   * overwritten and its loss was confirmed then. Nobody is asked again.
   */
  readonly isEncryptionKeyGone: boolean;
  /** What abandoned collections may have done to its encryption slots. */
  readonly collected: CollectionDoubt;
}

/**
 * Nothing may be left of an operation that recorded no intent, showed no new key and was given none; of a collection also only
 * where the card never passed. An intent for a PIN leaves nothing that central would have to know: keys come only after its outcome.
 */
export async function mayHaveWritten(
  database: Database,
  { id: operationId, image }: Pick<OperationRow, 'id' | 'image'>,
): Promise<boolean> {
  if (image.hasPassed) return true;
  const keys = await listOperationKeys(database, operationId);
  const hasNewKey = keys.some((key) => key.source === 'generate' && key.publicKey !== null);
  if ((await releasedKeys(database, operationId)).size > 0) return true;
  const intents = await listIntents(database, operationId);
  return hasNewKey || intents.some(({ secret, state }) => secret !== 'pin' || state !== 'intended');
}

/** What is in a slot may still be, or have stayed, in another one. */
export interface CollectionDoubt {
  /** By the slot on record: where it may be instead; null: it may not have come onto the card yet. */
  readonly slots: ReadonlyMap<Slot, Slot | null>;
  /** What nothing is on record for, and something may be in. */
  readonly leftovers: readonly Slot[];
}

/** Reads what abandoned collections may have done to a card since it was last completed. */
export async function readCollectionDoubt(database: Database, cardId: string): Promise<CollectionDoubt> {
  const touched = new Map<Slot, Slot | null>();
  for (const operation of await listAbandonedSinceCompleted(database, cardId)) {
    if (operation.kind !== 'collection' || !(await mayHaveWritten(database, operation))) continue;
    // Called off by its kiosk, which has undone what it did: only a key that was given out may be there all the same.
    const isUndone = operation.image.hasPassed !== true;
    if (!isUndone) for (const slot of operation.image.emptiedCertificates) touched.set(slot, null);
    for (const { slot, movedFrom } of await listOperationKeys(database, operation.id)) {
      if (!isUndone || movedFrom === null) touched.set(slot, isUndone ? null : movedFrom);
    }
  }
  if (touched.size === 0) return { slots: touched, leftovers: [] };
  const onCard = await certificatesOnCard(database, cardId);
  return {
    slots: new Map([...touched].filter(([slot]) => onCard.has(slot))),
    leftovers: [...touched.keys()].filter((slot) => !onCard.has(slot)),
  };
}

/** Whether an abandoned reprovision may have left the card half written: it is rewritten before anything else. */
export async function isHalfWritten(database: Database, cardId: string): Promise<boolean> {
  for (const operation of await listAbandonedSinceCompleted(database, cardId)) {
    const isOfKeys = operation.kind !== 'collection' && operation.kind !== 'pinReset';
    if (isOfKeys && (await mayHaveWritten(database, operation))) return true;
  }
  return false;
}

/** Reads it for a card that has no open operation. */
export async function readAftermath(database: Database, card: CardRow): Promise<Aftermath> {
  const [puk] = await listPendingIntents(database, card.id, 'puk');
  return {
    managementKeys: await pendingManagementKeys(database, card),
    pukVersion: puk && puk.intent.version > card.pukVersion ? puk.intent.version : null,
    ...(await readEncryptionKey(database, card)),
    collected: await readCollectionDoubt(database, card.id),
  };
}

async function pendingManagementKeys(database: Database, card: CardRow): Promise<ManagementKeyVersion[]> {
  const pending = await listPendingIntents(database, card.id, 'managementKey');
  return pending.flatMap(({ intent, operation }) => {
    const next = operation.image.managementKeyNext;
    return next?.version === intent.version && next.version > card.managementKeyVersion ? [next] : [];
  });
}

async function readEncryptionKey(
  database: Database,
  { id }: CardRow,
): Promise<Pick<Aftermath, 'movedTo' | 'isEncryptionKeyGone'>> {
  const record = (await certificatesOnCard(database, id)).get('9D');
  const issuer = record?.operationId && (await findOperation(database, record.operationId));
  if (issuer && issuer.state === 'abandoned') return { movedTo: null, isEncryptionKeyGone: true };
  for (const operation of await listAbandonedSinceCompleted(database, id)) {
    // What one of these did to 9D is on record.
    if (operation.kind === 'collection') continue;
    const keys = await listOperationKeys(database, operation.id);
    if (!isToBeOverwritten(operation, keys, record) || !(await mayHaveWritten(database, operation))) continue;
    const move = keys.find(({ movedFrom }) => movedFrom === '9D');
    // What is archived is never gone.
    const isArchived =
      record !== undefined && (await findArchivedKey(database, record.publicKey)) !== undefined;
    return { movedTo: move?.slot ?? null, isEncryptionKeyGone: move === undefined && !isArchived };
  }
  return { movedTo: null, isEncryptionKeyGone: false };
}

function isToBeOverwritten(
  { image }: OperationRow,
  keys: readonly OperationKeyRow[],
  record: CertificateRow | undefined,
): boolean {
  const next = keys.find(({ slot }) => slot === '9D');
  const isSame = record && next?.publicKey != null && Buffer.compare(next.publicKey, record.publicKey) === 0;
  const isReplaced = next?.source === 'generate' || (next?.source === 'import' && !isSame);
  return isReplaced || image.removedKeys.includes('9D');
}
