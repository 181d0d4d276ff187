/** An archived key leaves central: to one run of one operation, on record before it goes, and in no other form (KR-11). */
import { isEncryptionSlot, type Slot } from '../../domain/slot.ts';
import { sealTo } from '../../pki/hpke.ts';
import { releaseContext, type SealedSecret } from '../../protocol/operation.ts';
import { KeyStoreError } from '../authority/sealed-file.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { demandAuthenticatedCard } from '../operation/demand-card.ts';
import { demandServed } from '../operation/demand-served.ts';
import { inSoundOperation } from '../operation/open-operation.ts';
import { RefusedError } from '../refused.ts';
import { type ArchivedKeyRow, addRelease, findArchivedKey } from '../repositories/archived-keys.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findCard } from '../repositories/cards.ts';
import { type CertificateRow, findCertificate } from '../repositories/certificates.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { listOperationKeys, type OperationRow } from '../repositories/operations.ts';
import { openArchivedKey } from './archive-key-pair.ts';

interface Release {
  readonly key: ArchivedKeyRow;
  readonly certificate: CertificateRow;
  readonly operation: OperationRow;
}

/**
 * Gives an archived key out to the card that it is for, by its certificate. A run that asks again (its answer was lost) is
 * given the same, which only it can open; that is one release.
 * @throws RefusedError `SE-03-card-not-authenticated`; `KR-11-no-such-key` when the image has no archived key there;
 * `KR-11-signing-key`; `KR-11-wrong-key` when key, certificate and holder do not belong together; `SE-04-no-archive-key` when
 * this central cannot open it; `RP-07-not-served-here` in a run that is long over; a code of REFUSALS when card or holder were disabled meanwhile
 */
export async function releaseKey(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  slot: Slot,
): Promise<SealedSecret> {
  const { key, certificate, operation } = await inSoundOperation(
    central,
    kiosk,
    operationId,
    (transaction, open) => recordRelease(central, transaction, kiosk, open, slot),
  );
  const context = releaseContext(operation.id, operation.cardId, certificate.der);
  const privateKey = await open(central, key);
  try {
    return await sealTo(operation.recipientKey, context, privateKey);
  } finally {
    privateKey.fill(0);
  }
}

async function recordRelease(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
  slot: Slot,
): Promise<Release> {
  await demandAuthenticatedCard(transaction, operation.id, 'release key');
  await demandServed(central, transaction, kiosk, operation);
  if (!isEncryptionSlot(slot)) throw refused('KR-11-signing-key', 'a signing key is never archived');
  const planned = (await listOperationKeys(transaction, operation.id)).find((one) => one.slot === slot);
  if (planned?.source !== 'import' || !planned.publicKey || !planned.certificate) {
    throw refused('KR-11-no-such-key', `slot ${slot} gets no archived key in this operation`);
  }
  const key = await findArchivedKey(transaction, planned.publicKey);
  const certificate = await findCertificate(transaction, planned.certificate);
  const card = await findCard(transaction, operation.cardId);
  const isOver = key && certificate && Buffer.compare(key.publicKey, certificate.publicKey) === 0;
  if (!isOver || !isEncryptionSlot(certificate.slot) || key.ownerId !== card?.holderId) {
    throw refused('KR-11-wrong-key', 'key, certificate and holder do not belong together');
  }
  // Issued for another card it has been published; held ones are of this operation.
  if (certificate.state === 'held' && certificate.operationId !== operation.id) {
    throw refused('KR-11-wrong-key', 'its certificate was never published');
  }
  const now = central.now();
  const ids = { operationId: operation.id, run: operation.recipientKey, archivedKeyId: key.id };
  const release = { ...ids, certificate: certificate.serialNumber, releasedAt: now };
  const isFirst = await addRelease(transaction, release);
  const entry = {
    type: isFirst ? 'key.released' : 'key.released-again',
    actor: `kiosk:${kiosk.name}`,
    ...{ cardId: operation.cardId, operationId: operation.id },
    detail: {
      ...{ slot, serialNumber: certificate.serialNumber, archivedKey: key.id },
      ...(operation.requestId === null ? {} : { request: operation.requestId }),
    },
  };
  await recordAudit(central, transaction, entry, now);
  return { key, certificate, operation };
}

async function open(central: Central, key: ArchivedKeyRow): Promise<Uint8Array> {
  try {
    return await openArchivedKey(central, key);
  } catch (error) {
    if (!(error instanceof KeyStoreError)) throw error;
    throw refused('SE-04-no-archive-key', 'this central cannot open the key; put its own archive-key back');
  }
}

function refused(code: string, why: string): RefusedError {
  return new RefusedError(409, code, `release key: ${why}`);
}
