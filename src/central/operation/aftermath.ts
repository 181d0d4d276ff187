/** What abandoned operations may have left on a card, so that the next one opens and finishes it all the same (RP-17). */
import type { ManagementKeyVersion } from '../../domain/card.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import type { CardRow } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from '../repositories/certificates.ts';
import { listIntents, listOperationKeys, type OperationRow } from '../repositories/operations.ts';
import {
  listAbandonedSinceCompleted,
  listPendingIntents,
  whichAbandoned,
} from '../repositories/unfinished-operations.ts';

export interface Aftermath {
  /** Management keys that the card may have besides the one on record, newest first. */
  readonly managementKeys: readonly ManagementKeyVersion[];
  /** The PUK that it may have in place of the one on record. */
  readonly pukVersion: number | null;
  /** Slots whose key may be another than the one on record: it was to be overwritten, and no new one was seen. */
  readonly doubtfulSlots: ReadonlySet<Slot>;
  /** The key on record for 9D may be in this retired slot by now. */
  readonly movedTo: Slot | null;
  /** On the card by central's record, and its certificate never was active: nothing was ever encrypted to it. */
  readonly neverActive: ReadonlySet<Slot>;
}

/** Nothing may be left of an operation that recorded no intent and showed no new key. */
export async function mayHaveWritten(database: Database, operationId: string): Promise<boolean> {
  const keys = await listOperationKeys(database, operationId);
  const hasNewKey = keys.some((key) => key.source === 'generate' && key.publicKey !== null);
  return hasNewKey || (await listIntents(database, operationId)).length > 0;
}

/** Reads it for a card that has no open operation. */
export async function readAftermath(database: Database, card: CardRow): Promise<Aftermath> {
  const onCard = await certificatesOnCard(database, card.id);
  const issuers = [...onCard.values()].flatMap(({ operationId }) => operationId ?? []);
  const abandoned = await whichAbandoned(database, issuers);
  const neverActive = [...onCard.values()].filter(({ operationId }) => abandoned.has(operationId ?? ''));
  const keys = await pendingManagementKeys(database, card);
  const [puk] = await listPendingIntents(database, card.id, 'puk');
  return {
    managementKeys: keys,
    pukVersion: puk && puk.intent.version > card.pukVersion ? puk.intent.version : null,
    ...(await readSlots(database, card, onCard)),
    neverActive: new Set(neverActive.map(({ slot }) => slot)),
  };
}

async function pendingManagementKeys(database: Database, card: CardRow): Promise<ManagementKeyVersion[]> {
  const pending = await listPendingIntents(database, card.id, 'managementKey');
  return pending.flatMap(({ intent, operation }) => {
    const next = operation.image.managementKeyNext;
    return next?.version === intent.version && next.version > card.managementKeyVersion ? [next] : [];
  });
}

async function readSlots(
  database: Database,
  { id }: CardRow,
  onCard: ReadonlyMap<Slot, CertificateRow>,
): Promise<Pick<Aftermath, 'doubtfulSlots' | 'movedTo'>> {
  const doubtfulSlots = new Set<Slot>();
  let movedTo: Slot | null = null;
  for (const operation of await listAbandonedSinceCompleted(database, id)) {
    if (!(await mayHaveWritten(database, operation.id))) continue;
    const keys = await listOperationKeys(database, operation.id);
    for (const slot of overwritten(operation, keys)) doubtfulSlots.add(slot);
    for (const { source, slot, publicKey } of keys) {
      if (source === 'generate' && publicKey !== null) doubtfulSlots.delete(slot);
    }
    const move = keys.find(({ source, movedFrom }) => source === 'move' && movedFrom === '9D');
    const isStillThere = move?.certificate === onCard.get('9D')?.serialNumber;
    if (move && isStillThere && doubtfulSlots.has('9D')) movedTo = move.slot;
  }
  return { doubtfulSlots, movedTo };
}

function overwritten(
  { image }: OperationRow,
  keys: Awaited<ReturnType<typeof listOperationKeys>>,
): readonly Slot[] {
  const generated = keys.flatMap(({ source, slot }) => (source === 'generate' ? [slot] : []));
  return [...generated, ...image.removedKeys];
}
