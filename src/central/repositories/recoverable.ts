/** Certificates of a person whose keys are in the archive, and where they are or were (KR-01). */
import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { archivedKeys } from '../../../db/central/archive-schema.ts';
import { recoveredCertificates } from '../../../db/central/request-schema.ts';
import { cards, certificates } from '../../../db/central/schema.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import type { CardRow } from './cards.ts';
import type { CertificateRow } from './certificates.ts';

export interface RecoverableRow {
  readonly certificate: CertificateRow;
  /** That it was issued for. */
  readonly card: CardRow;
}

/** Published certificates over somebody's archived keys, newest first. What is held is nobody's business (RP-18). */
export async function recoverableCertificates(
  database: Database,
  ownerId: string,
): Promise<RecoverableRow[]> {
  const isTheirs = eq(archivedKeys.ownerId, ownerId);
  return database
    .select({ certificate: certificates, card: cards })
    .from(archivedKeys)
    .innerJoin(certificates, eq(certificates.publicKey, archivedKeys.publicKey))
    .innerJoin(cards, eq(cards.id, certificates.cardId))
    .where(and(isTheirs, ne(certificates.state, 'held')))
    .orderBy(desc(certificates.notBefore), desc(certificates.issuedAt), certificates.serialNumber);
}

/** Where a certificate was put besides the card that it was issued for. */
export interface RecoveredPlace {
  readonly certificate: string;
  readonly card: CardRow;
  readonly slot: Slot;
}

export async function recoveredPlaces(
  database: Database,
  serialNumbers: readonly string[],
): Promise<RecoveredPlace[]> {
  if (serialNumbers.length === 0) return [];
  return database
    .select({ certificate: recoveredCertificates.certificate, card: cards, slot: recoveredCertificates.slot })
    .from(recoveredCertificates)
    .innerJoin(cards, eq(cards.id, recoveredCertificates.cardId))
    .where(inArray(recoveredCertificates.certificate, [...serialNumbers]));
}
