/** Which keys a card shall have, where each comes from, and what is to be gone. A decision without I/O. */
import type { Refusal } from '../../domain/eligibility.ts';
import {
  decideEncryptionKey,
  type EncryptionKeyDecision,
  type EncryptionKeyFate,
} from '../../domain/encryption-key.ts';
import { hasOwnEncryptionKey, ownSlot, type Profile } from '../../domain/profile.ts';
import type { Reason } from '../../domain/reason.ts';
import {
  ACTIVE_SLOTS,
  type ActiveSlot,
  type KeyAlgorithm,
  RETIRED_SLOTS,
  type RetiredSlot,
  SLOTS,
  type Slot,
} from '../../domain/slot.ts';
import { canRelocate, closeGaps } from '../../domain/slot-plan.ts';
import { algorithmOf } from '../../pki/public-key.ts';
import type { Aftermath, CollectionDoubt } from '../operation/aftermath.ts';
import type { CertificateRow } from '../repositories/certificates.ts';

/** A key of the image. `record` is what central has of it (keep and move; import of a key that was certified before). */
export interface PlannedKey {
  readonly slot: Slot;
  readonly algorithm: KeyAlgorithm;
  /** import: archived, and put onto the card unless it is there. */
  readonly source: 'generate' | 'keep' | 'move' | 'import';
  /** Where it may be until then. */
  readonly movedFrom: Slot | null;
  readonly lifetimeDays: number;
  readonly record: CertificateRow | null;
  /** The recorded certificate is written again; else a new one over the same key. */
  readonly keepsCertificate: boolean;
}

export interface KeyPlan {
  readonly keys: readonly PlannedKey[];
  readonly emptiedCertificates: readonly Slot[];
  readonly removedKeys: readonly Slot[];
  /** lose: the present key is overwritten and exists nowhere else (RP-20). */
  readonly encryptionKey: EncryptionKeyFate;
}

export interface KeyFacts {
  /** A certificate of another card was recovered onto this one: it has nothing to do with the key that the profile wants. */
  readonly cardId: string;
  readonly profile: Profile;
  readonly reason: Reason;
  readonly onCard: ReadonlyMap<Slot, CertificateRow>;
  /** Those of them whose key central has in its archive. */
  readonly archivedSlots: ReadonlySet<Slot>;
  /** Whether it can also delete them. */
  readonly canMoveKeys: boolean;
  readonly canImportKeys: boolean;
  /** Whether it tells which slots have a key. */
  readonly hasMetadata: boolean;
  /** What abandoned operations may have done to the card (RP-17). */
  readonly aftermath: Pick<Aftermath, 'movedTo' | 'isEncryptionKeyGone'> &
    Partial<Pick<Aftermath, 'collected'>>;
  readonly holder: { readonly displayName: string; readonly mail: string };
  readonly cardExpiresAt: Date;
  readonly now: Date;
}

const REFUSED_AS = {
  refuse: 'RP-20-key-would-be-lost',
  cannotImport: 'KR-11-cannot-import',
} as const satisfies Record<Exclude<EncryptionKeyDecision, EncryptionKeyFate>, Refusal>;
/** Why there is no plan. */
type KeyRefusal = (typeof REFUSED_AS)[keyof typeof REFUSED_AS];

const NO_DOUBT: CollectionDoubt = { slots: new Map(), leftovers: [] };

/** 9A before 9C, so that one of them can prove the holder at every instant (operation.md C). */
const WRITING_ORDER: readonly ActiveSlot[] = ['9A', '9D', '9E', '9C'];

/**
 * @returns the plan; else why there is none: an encryption key would be lost and the profile forbids that (RP-20), or the
 * card does not take the archived key that the profile asks for (KR-11)
 */
export function planKeys(facts: KeyFacts): KeyPlan | KeyRefusal {
  const encryption = planEncryptionKeys(facts);
  if (typeof encryption === 'string') return encryption;
  const active = WRITING_ORDER.flatMap((slot) =>
    slot === '9D' ? encryption.keys : generated(facts.profile, slot),
  );
  const named = new Set(active.map((key) => key.slot));
  const isGone = (slot: Slot) => !named.has(slot);
  return {
    keys: active,
    emptiedCertificates: SLOTS.filter(isGone),
    removedKeys: removableKeys(facts).filter(isGone),
    encryptionKey: encryption.decision,
  };
}

/**
 * Where a key may be that the image does not name, whether central knows of it or not (RP-01). In a retired slot an unknown
 * one is looked for only where it can be deleted; a card that does not tell what it has is rid of what is on record.
 */
function removableKeys({ onCard, hasMetadata, canMoveKeys, aftermath }: KeyFacts): readonly Slot[] {
  const looked = hasMetadata ? [...ACTIVE_SLOTS, ...(canMoveKeys ? RETIRED_SLOTS : [])] : [];
  const { slots, leftovers } = aftermath.collected ?? NO_DOUBT;
  const doubtful = [...leftovers, ...slots.values()];
  return SLOTS.filter((slot) => looked.includes(slot) || onCard.has(slot) || doubtful.includes(slot));
}

function planEncryptionKeys(
  facts: KeyFacts,
): { keys: PlannedKey[]; decision: EncryptionKeyFate } | KeyRefusal {
  const { profile, onCard } = facts;
  const present = facts.aftermath.isEncryptionKeyGone ? undefined : onCard.get('9D');
  const retired = retiredKeys(facts);
  const free = facts.aftermath.movedTo ?? nextRetired(retired);
  if (present && !hasOwnEncryptionKey(profile) && isRecovered(facts, present)) {
    return { keys: [...retired, keptAsItIs(facts, '9D', '9D', present)], decision: 'keep' };
  }
  const decision = decide(facts, present, free);
  if (decision === 'refuse' || decision === 'cannotImport') return REFUSED_AS[decision];
  const wanted = ownSlot(profile, '9D');
  if (present && wanted && (decision === 'keep' || decision === 'recover')) {
    const source = decision === 'keep' ? 'keep' : 'import';
    const kept = {
      slot: '9D',
      algorithm: wanted.algorithm,
      source,
      movedFrom: null,
      record: present,
    } as const;
    const keepsCertificate = canKeepCertificate(facts, present);
    return {
      keys: [...retired, { ...kept, lifetimeDays: wanted.lifetimeDays, keepsCertificate }],
      decision,
    };
  }
  const fresh = generated(profile, '9D');
  if (decision !== 'move' || !free || !present) return { keys: [...retired, ...fresh], decision };
  const canRecover = facts.canImportKeys && facts.archivedSlots.has('9D');
  const moved: PlannedKey = {
    ...{ slot: free, algorithm: algorithmOf(present.publicKey) },
    ...{ source: canRecover ? 'import' : 'move', movedFrom: '9D' },
    ...{ lifetimeDays: 0, record: present, keepsCertificate: true },
  };
  return { keys: [...retired, moved, ...fresh], decision };
}

function decide(
  facts: KeyFacts,
  present: CertificateRow | undefined,
  free: Slot | undefined,
): EncryptionKeyDecision {
  const { profile, reason, canMoveKeys, canImportKeys, aftermath } = facts;
  const wanted = ownSlot(profile, '9D');
  const archives = wanted?.isArchived ?? false;
  // Wherever the key is by now, a move finds it.
  if (present && aftermath.movedTo) return archives && !canImportKeys ? 'cannotImport' : 'move';
  return decideEncryptionKey({
    ...{ reason, archives, canMoveKeys, canImportKeys, hasFreeSlot: free !== undefined },
    hasKey: present !== undefined,
    isArchived: facts.archivedSlots.has('9D'),
    isRightAlgorithm:
      present !== undefined &&
      !isRecovered(facts, present) &&
      wanted?.algorithm === algorithmOf(present.publicKey),
    revokedFor: present?.revokedAt ? (present.crlReason ?? 'unspecified') : null,
    loss: profile.unarchivedKeyLoss,
  });
}

/** A kept certificate must be good for some time to come and still say who the holder is. */
function canKeepCertificate(facts: KeyFacts, certificate: CertificateRow): boolean {
  const { holder, now, cardExpiresAt, reason } = facts;
  if (reason.oldEncryptionCertificate === 'replace' || reason.oldEncryptionCertificate === 'revoke')
    return false;
  if (certificate.state !== 'active' || certificate.revokedAt) return false;
  if (certificate.notAfter <= now || certificate.notAfter > cardExpiresAt) return false;
  return certificate.commonName === holder.displayName && certificate.mail === holder.mail;
}

/** What was retired before stays, closed up where a gap was left: it opens what was encrypted long ago. */
function retiredKeys(facts: KeyFacts): PlannedKey[] {
  const occupied = RETIRED_SLOTS.filter((slot) => facts.onCard.has(slot));
  const gaps = closeGaps(occupied, 0);
  const canClose = [...gaps.keys()].every((slot) =>
    canRelocate(
      {
        certificate: { isArchived: facts.archivedSlots.has(slot) },
        isInDoubt: facts.aftermath.collected?.slots.has(slot) ?? false,
      },
      facts,
    ),
  );
  return occupied
    .map((slot) =>
      keptAsItIs(facts, slot, (canClose ? gaps.get(slot) : undefined) ?? slot, facts.onCard.get(slot)!),
    )
    .sort((a, b) => SLOTS.indexOf(a.slot) - SLOTS.indexOf(b.slot));
}

/** Its certificate is written again, revoked or not. An abandoned collection may have left it somewhere else. */
function keptAsItIs(
  { archivedSlots, canImportKeys, aftermath }: KeyFacts,
  from: Slot,
  slot: Slot,
  record: CertificateRow,
): PlannedKey {
  const movedFrom = from === slot ? (aftermath.collected?.slots.get(slot) ?? null) : from;
  const fallback = movedFrom === null ? 'keep' : 'move';
  return {
    ...{ slot, algorithm: algorithmOf(record.publicKey), record, movedFrom },
    ...{ source: canImportKeys && archivedSlots.has(from) ? 'import' : fallback, lifetimeDays: 0 },
    keepsCertificate: true,
  };
}

function isRecovered({ cardId }: KeyFacts, { cardId: issuedFor }: CertificateRow): boolean {
  return issuedFor !== cardId;
}

/** Retired certificates stay contiguous from 82 (operation.md F). */
function nextRetired(retired: readonly PlannedKey[]): RetiredSlot | undefined {
  return RETIRED_SLOTS.find((slot) => !retired.some((key) => key.slot === slot));
}

/** A new key: made by the card, or at central where it is archived. */
export function generated(profile: Profile, slot: ActiveSlot): PlannedKey[] {
  const wanted = ownSlot(profile, slot);
  if (!wanted) return [];
  const { algorithm, lifetimeDays, isArchived } = wanted;
  const source = isArchived ? 'import' : 'generate';
  return [{ slot, algorithm, lifetimeDays, source, movedFrom: null, record: null, keepsCertificate: false }];
}
