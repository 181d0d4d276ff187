/** What a request would do to its card now: from the card's record, the request's list and what the card can (KR-05, KR-07). */
import type { CardCapabilities } from '../../domain/capabilities.ts';
import type { Difference, ListedCertificate } from '../../domain/difference.ts';
import { hasOwnEncryptionKey, type Profile } from '../../domain/profile.ts';
import { isEncryptionSlot, type Slot } from '../../domain/slot.ts';
import { planSlots } from '../../domain/slot-plan.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import type { CollectionDoubt } from '../operation/aftermath.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import type { CardRow } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from '../repositories/certificates.ts';
import { listRequestCertificates, type RequestedCertificate } from '../repositories/requests.ts';

/** What a difference is made from, besides what the request and the card say. */
export interface DifferenceWish {
  readonly capabilities: Pick<CardCapabilities, 'canMoveKeys' | 'canImportKeys'>;
  /** Serial numbers. */
  readonly leavesOut: readonly string[];
}

/** What central knows of the keys that a request is about. */
export interface CollectionFacts {
  readonly list: readonly RequestedCertificate[];
  /** Encryption slots only. */
  readonly onCard: ReadonlyMap<Slot, CertificateRow>;
  /** Public keys in hex that central can give back to the card's holder. */
  readonly archived: ReadonlySet<string>;
  readonly doubt: CollectionDoubt;
  /** The card's profile has an encryption key of its own. */
  readonly hasOwnKey: boolean;
}

export async function readCollectionFacts(
  database: Database,
  requestId: string,
  card: CardRow,
  profile: Pick<Profile, 'slots' | 'isKeyRecoveryOnly'>,
  doubt: CollectionDoubt,
): Promise<CollectionFacts> {
  return collectionFactsOf(
    database,
    await listRequestCertificates(database, requestId),
    card,
    profile,
    doubt,
  );
}

/** The same of a request that nobody has made yet. */
export async function collectionFactsOf(
  database: Database,
  list: readonly RequestedCertificate[],
  card: CardRow,
  profile: Pick<Profile, 'slots' | 'isKeyRecoveryOnly'>,
  doubt: CollectionDoubt,
): Promise<CollectionFacts> {
  const all = await certificatesOnCard(database, card.id);
  const onCard = new Map([...all].filter(([slot]) => isEncryptionSlot(slot)));
  const publicKeys = [...onCard.values(), ...list.map(({ row }) => row)].map(({ publicKey }) => publicKey);
  return {
    ...{ list, onCard, doubt },
    archived: await archivedAmong(database, card.holderId, publicKeys),
    hasOwnKey: hasOwnEncryptionKey(profile),
  };
}

/** What has come onto the card since the request was made is not in its list, and stays. */
export function findDifference(
  { list, onCard, archived, doubt, hasOwnKey }: CollectionFacts,
  { capabilities: { canMoveKeys, canImportKeys }, leavesOut }: DifferenceWish,
): Difference {
  const keyed = (row: CertificateRow) => ({ certificate: listed(row, archived), key: keyName(row) });
  const unwanted = list.filter(({ wasOnCard, isWanted }) => wasOnCard && !isWanted);
  return planSlots({
    ...{ canMoveKeys, canImportKeys, hasOwnKey, leavesOut: new Set(leavesOut) },
    onCard: [...onCard].map(([slot, row]) => ({ ...keyed(row), slot, isInDoubt: doubt.slots.has(slot) })),
    wanted: list.filter(({ isWanted, row }) => isWanted && row.state !== 'held').map(({ row }) => keyed(row)),
    unwanted: new Set(unwanted.map(({ certificate }) => certificate)),
  });
}

export function listed(row: CertificateRow, archived: ReadonlySet<string>): ListedCertificate {
  const { serialNumber, subject, state, revokedAt } = row;
  return {
    ...{ serialNumber, subject, isArchived: archived.has(keyName(row)) },
    ...{ notBefore: toInstant(row.notBefore), notAfter: toInstant(row.notAfter) },
    // What is on the CRL is revoked for whoever looks at it (RP-05).
    state: revokedAt ? 'revoked' : state,
  };
}

export function keyName({ publicKey }: Pick<CertificateRow, 'publicKey'>): string {
  return Buffer.from(publicKey).toString('hex');
}
