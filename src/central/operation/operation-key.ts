/** The rows of an operation's keys: what is known of each before the card has made any. */
import { isEncryptionSlot } from '../../domain/slot.ts';
import { makeKeyChallenge } from '../../pki/key-challenge.ts';
import { archiveKeyPair } from '../archive/archive-key-pair.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { issueCertificate } from '../issue.ts';
import type { PlannedKey } from '../planner/plan-keys.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { changeOperationKey, type OperationKeyRow, type OperationRow } from '../repositories/operations.ts';
import { challengeColumns } from './key-challenge.ts';
import type { Subject } from './may-begin.ts';

/** The card and the holder that certificates are issued for, and where. */
interface Holding extends Pick<Subject, 'card' | 'holder'> {
  readonly kiosk: Kiosk;
  /** What is told here is recorded at the end of the transaction. */
  readonly entries: AuditEntry[];
}

/**
 * A key that is kept, moved or archived has its certificate from the start: the one it had, or a new one over it. A new
 * archived key is made now, in the transaction that freezes the image.
 */
export async function newOperationKey(
  central: Central,
  transaction: Database,
  operation: OperationRow,
  holding: Holding,
  planned: PlannedKey,
  position: number,
): Promise<OperationKeyRow> {
  const { slot, algorithm, source, movedFrom, lifetimeDays, record } = planned;
  const isNew = source === 'import' && record === null;
  const publicKey = isNew
    ? await archiveNewKey(central, transaction, operation, holding, planned)
    : (record?.publicKey ?? null);
  const kept = planned.keepsCertificate ? (record?.serialNumber ?? null) : null;
  const key: OperationKeyRow = {
    ...{ operationId: operation.id, slot, position, algorithm, source, movedFrom, lifetimeDays },
    ...{ publicKey, certificate: kept, attestation: null },
    ...challengeColumns(publicKey && isEncryptionSlot(slot) ? makeKeyChallenge(publicKey) : null),
  };
  if (!publicKey || kept) return key;
  return { ...key, certificate: await certify(central, transaction, operation, holding, key, publicKey) };
}

/**
 * For a run that takes the operation up again: what has lost its certificate since gets another one, and an archived key
 * that was reported as exposed another key.
 */
export async function renewOperationKey(
  central: Central,
  transaction: Database,
  operation: OperationRow,
  holding: Holding,
  key: OperationKeyRow,
): Promise<void> {
  const hasCertificateFromStart = key.source === 'keep' || key.source === 'import';
  if (!hasCertificateFromStart || key.certificate !== null) return;
  const change: Partial<OperationKeyRow> = {};
  let { publicKey } = key;
  if (!publicKey && key.source === 'import') {
    publicKey = await archiveNewKey(central, transaction, operation, holding, key);
    Object.assign(change, { publicKey, ...challengeColumns(makeKeyChallenge(publicKey)) });
  }
  if (!publicKey) return;
  const notBefore = central.now();
  const order = { ...operation, startedAt: notBefore };
  const certificate = await certify(central, transaction, order, holding, key, publicKey);
  await changeOperationKey(transaction, operation.id, key.slot, { ...change, certificate });
}

async function archiveNewKey(
  central: Central,
  transaction: Database,
  { id: operationId }: OperationRow,
  { card, holder, kiosk, entries }: Holding,
  { slot, algorithm }: Pick<OperationKeyRow, 'slot' | 'algorithm'>,
): Promise<Uint8Array> {
  const order = { slot, algorithm, ownerId: holder.id, operationId };
  const publicKey = await archiveKeyPair(central, transaction, order);
  const entry = { type: 'key.archived', actor: `kiosk:${kiosk.name}`, cardId: card.id, operationId };
  entries.push({ ...entry, detail: { slot, algorithm } });
  return publicKey;
}

/** @returns the serial number of the new certificate */
async function certify(
  central: Central,
  transaction: Database,
  { id: operationId, startedAt: notBefore }: OperationRow,
  { card, holder }: Holding,
  { slot, lifetimeDays }: OperationKeyRow,
  publicKey: Uint8Array,
): Promise<string> {
  const order = { card, holder, slot, publicKey, lifetimeDays, notBefore, operationId };
  return (await issueCertificate(central, transaction, order)).serialNumber;
}
