import type { Slot } from '../domain/slot.ts';
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import type { CardRow } from './repositories/cards.ts';
import { addCertificate, type CertificateRow } from './repositories/certificates.ts';
import type { PersonRow } from './repositories/people.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate for a key of a card. */
export interface CertificateOrder {
  readonly card: CardRow;
  readonly holder: PersonRow;
  readonly slot: Slot;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly lifetimeDays: number;
  readonly notBefore: Date;
  /** Null: issued for a card outside an operation, active at once. */
  readonly operationId: string | null;
}

/**
 * Issues a certificate that ends with its profile's lifetime, the card or the CA, whichever comes first (RP-04), and
 * records it: held in an operation, else active and on the card.
 * @throws UnsupportedKeyError for a key that no slot may have
 */
export async function issueCertificate(
  central: Central,
  transaction: Database,
  order: CertificateOrder,
): Promise<CertificateRow> {
  const { card, holder, slot, publicKey, operationId, notBefore } = order;
  const end = Math.min(notBefore.getTime() + order.lifetimeDays * DAY_MS, card.expiresAt.getTime());
  const issued = await central.authority.ca.issue({
    ...{ slot, publicKey, notBefore, notAfter: new Date(end) },
    ...{ commonName: holder.displayName, mail: holder.mail, userPrincipalName: holder.userPrincipalName },
    ...{ fascN: card.fascN, guid: card.guid },
  });
  const certificate: CertificateRow = {
    ...{ serialNumber: issued.serialNumber, cardId: card.id, slot, der: issued.der, publicKey },
    ...{ subject: issued.subject, commonName: holder.displayName, mail: holder.mail },
    ...{
      notBefore: new Date(issued.notBefore),
      notAfter: new Date(issued.notAfter),
      issuedAt: central.now(),
    },
    ...{ state: operationId ? 'held' : 'active', isOnCard: operationId === null, operationId },
    ...{ revokedAt: null, crlReason: null, isOnCrlOnly: false, isHeldWithCard: false, foreignIssuer: null },
  };
  await addCertificate(transaction, certificate);
  return certificate;
}
