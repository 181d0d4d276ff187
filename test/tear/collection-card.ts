import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { archiveKeyPair, openArchivedKey } from '../../src/central/archive/archive-key-pair.ts';
import type { Central } from '../../src/central/central.ts';
import { issueCertificate } from '../../src/central/issue.ts';
import { findArchivedKey } from '../../src/central/repositories/archived-keys.ts';
import type { CardRow } from '../../src/central/repositories/cards.ts';
import type { CertificateRow } from '../../src/central/repositories/certificates.ts';
import type { PersonRow } from '../../src/central/repositories/people.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import type { KeyAlgorithm, RetiredSlot } from '../../src/domain/slot.ts';
import { buildCertificateObject } from '../../src/piv/objects/certificate.ts';
import { buildKeyHistory } from '../../src/piv/objects/key-history.ts';
import { certificateTag, OBJECT_TAGS } from '../../src/piv/reference.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';

/** A card with a history, for which recovered keys wait: what of a collection can go wrong when it is cut off. */

interface Owned {
  readonly row: CardRow;
  readonly holder: PersonRow;
}

/** Puts an encryption key into the archive, with a certificate that stands on record for a card. */
export async function archiveOn(
  central: Central,
  { row: card, holder }: Owned,
  slot: RetiredSlot,
  algorithm: KeyAlgorithm,
): Promise<{ readonly certificate: CertificateRow; readonly privateKey: KeyObject }> {
  const { database } = central;
  const publicKey = await archiveKeyPair(central, database, {
    ...{ slot, algorithm, ownerId: holder.id, operationId: null },
  });
  const archived = (await findArchivedKey(database, publicKey))!;
  const pkcs8 = Buffer.from(await openArchivedKey(central, archived));
  return {
    certificate: await certify(central, { row: card, holder }, slot, publicKey),
    privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
  };
}

/**
 * Gives a card three retired keys and has a request wait for it: the first two, which are archived, are taken off; one that is
 * recovered comes. So the third, which is nowhere but on this card, has to move.
 */
export async function awaitCollection(
  central: Central,
  card: VirtualCard,
  owned: Owned,
  recovered: CertificateRow,
): Promise<void> {
  const removed: string[] = [];
  const put = (slot: RetiredSlot, privateKey: KeyObject, { der }: CertificateRow) => {
    card.putKey(slot, privateKey);
    card.putObject(certificateTag(slot), buildCertificateObject(der));
  };
  for (const slot of ['82', '83'] as const) {
    const { certificate, privateKey } = await archiveOn(central, owned, slot, 'P-256');
    put(slot, privateKey, certificate);
    removed.push(certificate.serialNumber);
  }
  const { privateKey: only } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  put('84', only, await certify(central, owned, '84', spkiOf(only)));
  card.putObject(OBJECT_TAGS.KEY_HISTORY, buildKeyHistory({ onCardCount: 3, offCardCount: 0, url: null }));
  const request = await fileRequest(central, COMMAND, {
    ...{ kind: 'existingCard', cardId: owned.row.id, certificates: [recovered.serialNumber] },
    ...{ without: removed, confirmedRemovals: removed, note: null },
  });
  if (request.state !== 'ready') throw new Error(`await collection: the request is ${request.state}`);
}

function certify(
  central: Central,
  { row: card, holder }: Owned,
  slot: RetiredSlot,
  publicKey: Uint8Array,
): Promise<CertificateRow> {
  return issueCertificate(central, central.database, {
    ...{ card, holder, slot, publicKey, lifetimeDays: 300, notBefore: central.now(), operationId: null },
  });
}
