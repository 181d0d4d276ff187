/** The list that requests are made from: a person's archived certificates (KR-01). */

import type { RecoverableCertificate } from '../../protocol/operator.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import type { CardRow } from '../repositories/cards.ts';
import {
  type RecoverableRow,
  type RecoveredPlace,
  recoverableCertificates,
  recoveredPlaces,
} from '../repositories/recoverable.ts';

/** Newest first. */
export async function listRecoverable(
  database: Database,
  ownerId: string,
): Promise<RecoverableCertificate[]> {
  const rows = await recoverableCertificates(database, ownerId);
  const serials = rows.map(({ certificate }) => certificate.serialNumber);
  const places = Map.groupBy(await recoveredPlaces(database, serials), (place) => place.certificate);
  const keyOf = ({ certificate }: RecoverableRow) => Buffer.from(certificate.publicKey).toString('hex');
  const byKey = Map.groupBy(rows, keyOf);
  return rows.map((row) => {
    const { serialNumber, subject, notBefore, notAfter, state, revokedAt, slot, isOnCard } = row.certificate;
    const others = (byKey.get(keyOf(row)) ?? []).filter((one) => one !== row);
    const isOwnNow = isOnCard ? [{ ...named(row.card), slot }] : [];
    return {
      ...{ serialNumber, subject, notBefore: toInstant(notBefore), notAfter: toInstant(notAfter) },
      state: revokedAt ? 'revoked' : state,
      isArchived: true,
      issuedFor: named(row.card),
      isOn: [...isOwnNow, ...(places.get(serialNumber) ?? []).map(placed)],
      sameKeyAs: others.map(({ certificate }) => certificate.serialNumber),
    };
  });
}

function placed({ card, slot }: RecoveredPlace) {
  return { ...named(card), slot };
}

function named({ id, label, serial }: CardRow) {
  return { id, name: label ?? serial ?? id };
}
