/** What a blank card is to become: new keys as its profile says, and recovered ones beside them. A decision without I/O. */
import type { CollectionProblem } from '../../domain/difference.ts';
import { hasOwnEncryptionKey, ownSlot, type Profile } from '../../domain/profile.ts';
import type { Reason } from '../../domain/reason.ts';
import { ACTIVE_SLOTS, type ActiveSlot, RETIRED_SLOTS, SLOTS, type Slot } from '../../domain/slot.ts';
import { algorithmOf } from '../../pki/public-key.ts';
import type { CertificateRow } from '../repositories/certificates.ts';
import { generated, type PlannedKey } from './plan-keys.ts';

export interface IssueFacts {
  readonly profile: Profile;
  /** Wanted ones whose keys central has in its archive, in the order in which they were chosen. */
  readonly wanted: readonly CertificateRow[];
  /** The encryption key of the card that it takes the place of, where central has it in its archive. */
  readonly replaced: CertificateRow | null;
  /** Why it takes that place; null: it takes nobody's. */
  readonly reason: Pick<Reason, 'encryptionKey'> | null;
  /** Slots in which an abandoned issue may have left something on this chip. */
  readonly leftovers: ReadonlySet<Slot>;
  /** Serial numbers that the person leaves for another time. */
  readonly leavesOut: ReadonlySet<string>;
  /** Whether it can also delete keys. */
  readonly canMoveKeys: boolean;
  readonly canImportKeys: boolean;
  /** Whether it tells which slots have a key. */
  readonly hasMetadata: boolean;
}

export interface IssuePlan {
  /** In writing order. */
  readonly keys: readonly PlannedKey[];
  readonly emptiedCertificates: readonly Slot[];
  readonly removedKeys: readonly Slot[];
  /** Not put onto the card. */
  readonly left: readonly CertificateRow[];
  readonly problem: CollectionProblem | null;
}

/** Plans everything; with a problem it is not to be carried out. */
export function planIssue(facts: IssueFacts): IssuePlan {
  const main = mainKey(facts);
  const isMain = (row: CertificateRow) =>
    main.some(({ record }) => record !== null && isSameKey(record, row));
  const history = facts.wanted.filter((row) => !isMain(row));
  const chosen = history.filter(({ serialNumber }) => !facts.leavesOut.has(serialNumber));
  const placed = chosen.slice(0, RETIRED_SLOTS.length);
  const own = (slot: ActiveSlot) => generated(facts.profile, slot);
  const keys = [
    ...own('9A'),
    ...placed.map((row, index) => restored(row, RETIRED_SLOTS[index]!)),
    ...main,
    ...own('9E'),
    // Last, so that one of both can prove the holder at every instant (operation.md C).
    ...own('9C'),
  ];
  const named = new Set<Slot>(keys.map(({ slot }) => slot));
  const isGone = (slot: Slot) => !named.has(slot);
  const needsImport = keys.some(({ source }) => source === 'import');
  const fits = placed.length === chosen.length ? null : 'KR-07-too-few-slots';
  return {
    keys,
    emptiedCertificates: SLOTS.filter(isGone),
    removedKeys: removable(facts).filter(isGone),
    left: history.filter((row) => !placed.includes(row)),
    problem: needsImport && !facts.canImportKeys ? 'KR-11-cannot-import' : fits,
  };
}

/** What 9D gets: the key that the replaced card had where the reason says so, else a new one; recovered, where the profile has none. */
function mainKey(facts: IssueFacts): PlannedKey[] {
  const { profile, replaced, wanted, leavesOut, canImportKeys } = facts;
  if (!hasOwnEncryptionKey(profile)) {
    const active = wanted.filter(
      (row) => row.state === 'active' && !row.revokedAt && !leavesOut.has(row.serialNumber),
    );
    const [newest] = active.sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime());
    return newest ? [restored(newest, '9D')] : [];
  }
  const [fresh] = generated(profile, '9D');
  const staysSame = replaced !== null && canImportKeys && keepsKey(facts, replaced);
  if (!fresh || !staysSame) return fresh ? [fresh] : [];
  // The same key, and a certificate that names this card.
  return [{ ...fresh, source: 'import', record: replaced }];
}

function keepsKey(
  { profile, reason }: IssueFacts,
  { publicKey, revokedAt, crlReason }: CertificateRow,
): boolean {
  if (ownSlot(profile, '9D')?.algorithm !== algorithmOf(publicKey)) return false;
  if (revokedAt && (crlReason === null || crlReason === 'keyCompromise' || crlReason === 'unspecified'))
    return false;
  return reason?.encryptionKey === 'same' || (reason?.encryptionKey === 'newIfRevoked' && !revokedAt);
}

/** With the certificate that it has. */
function restored(record: CertificateRow, slot: Slot): PlannedKey {
  return {
    ...{ slot, algorithm: algorithmOf(record.publicKey), source: 'import', movedFrom: null },
    ...{ lifetimeDays: 0, record, keepsCertificate: true },
  };
}

/** A blank card has nothing; one on which an issue was abandoned may have anything (RP-01). */
function removable({ hasMetadata, canMoveKeys, leftovers }: IssueFacts): readonly Slot[] {
  const looked: readonly Slot[] = hasMetadata ? [...ACTIVE_SLOTS, ...(canMoveKeys ? RETIRED_SLOTS : [])] : [];
  return SLOTS.filter((slot) => looked.includes(slot) || leftovers.has(slot));
}

function isSameKey(a: CertificateRow, b: CertificateRow): boolean {
  return Buffer.compare(a.publicKey, b.publicKey) === 0;
}
