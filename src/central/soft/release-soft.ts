/** An archived key leaves central for a soft certificate: to one run, on record before it goes, and in no other form (KR-11). */
import { isEncryptionSlot } from '../../domain/slot.ts';
import { sealTo } from '../../pki/hpke.ts';
import { type SoftKey, softContext } from '../../protocol/soft-certificate.ts';
import { openArchivedKey } from '../archive/archive-key-pair.ts';
import { KeyStoreError } from '../authority/sealed-file.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { type ArchivedKeyRow, findArchivedKey } from '../repositories/archived-keys.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { CertificateRow } from '../repositories/certificates.ts';
import type { PersonRow } from '../repositories/people.ts';
import { listRequestCertificates, type RequestRow } from '../repositories/requests.ts';
import { addSoftRelease, type SoftCollectionRow } from '../repositories/soft-collections.ts';
import type { Actor } from '../request/actor.ts';
import { actorDetail } from '../request/actor.ts';
import { chainOf } from './chain-of.ts';

export interface ReleasedKey {
  readonly key: ArchivedKeyRow;
  readonly certificate: CertificateRow;
}

/**
 * Puts on record which keys go to a collection.
 * @throws RefusedError `KR-11-signing-key`, `KR-11-wrong-key`, `KR-11-not-archived`
 */
export async function recordReleases(
  transaction: Database,
  { id: collectionId, cardId }: SoftCollectionRow,
  request: RequestRow,
  actor: Actor,
  now: Date,
): Promise<{ readonly keys: readonly ReleasedKey[]; readonly entries: readonly AuditEntry[] }> {
  const wanted = (await listRequestCertificates(transaction, request.id)).filter(({ isWanted }) => isWanted);
  const keys: ReleasedKey[] = [];
  const entries: AuditEntry[] = [];
  for (const { row: certificate } of wanted) {
    const key = await demandReleasable(transaction, request, certificate);
    const { serialNumber } = certificate;
    const release = { collectionId, certificate: serialNumber, archivedKeyId: key.id, releasedAt: now };
    const isFirst = await addSoftRelease(transaction, release);
    keys.push({ key, certificate });
    entries.push({
      ...{ type: isFirst ? 'key.released' : 'key.released-again', actor: actor.name, cardId },
      detail: {
        ...{ request: request.id, collection: collectionId, serialNumber, archivedKey: key.id },
        ...actorDetail(actor),
      },
    });
  }
  if (keys.length === 0) throw refused('KR-11-not-archived', 'it names no key; have another request made');
  return { keys, entries };
}

async function demandReleasable(
  transaction: Database,
  { ownerId }: RequestRow,
  certificate: CertificateRow,
): Promise<ArchivedKeyRow> {
  if (!isEncryptionSlot(certificate.slot))
    throw refused('KR-11-signing-key', 'a signing key is never archived');
  if (certificate.state === 'held')
    throw refused('KR-11-wrong-key', 'one of its certificates was never published');
  const key = await findArchivedKey(transaction, certificate.publicKey);
  if (!key) throw refused('KR-11-not-archived', 'one of its keys is not in the archive');
  if (key.ownerId !== ownerId) throw refused('KR-11-wrong-key', 'key and owner do not belong together');
  return key;
}

/** @throws RefusedError `SE-04-no-archive-key` when this central cannot open one; SealedSecretError */
export async function sealKeys(
  central: Central,
  { requestId, run }: SoftCollectionRow,
  owner: PersonRow,
  keys: readonly ReleasedKey[],
): Promise<SoftKey[]> {
  const { ca } = central.authority;
  const issuers = [ca.issuingCertificate, ca.rootCertificate];
  const sealed: SoftKey[] = [];
  for (const { key, certificate } of keys) {
    const privateKey = await open(central, key);
    try {
      sealed.push({
        certificate: certificate.der,
        chain: chainOf(certificate.der, issuers),
        friendlyName: friendlyName(owner, certificate),
        sealed: await sealTo(run, softContext(requestId, run, certificate.der), privateKey),
      });
    } finally {
      privateKey.fill(0);
    }
  }
  return sealed;
}

/** Tells one from the others in any program's list: whose, from when to when, and which. */
function friendlyName(
  { displayName }: PersonRow,
  { notBefore, notAfter, serialNumber }: CertificateRow,
): string {
  const [from, to] = [notBefore, notAfter].map((at) => at.toISOString().slice(0, 10));
  return `${displayName} ${from} - ${to} (${serialNumber.slice(-8)})`;
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
