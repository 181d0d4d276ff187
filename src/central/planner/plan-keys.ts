/** Which keys a card shall have, where each comes from, and what is to be gone. A decision without I/O. */
import { decideEncryptionKey, type EncryptionKeyDecision } from '../../domain/encryption-key.ts';
import type { Profile } from '../../domain/profile.ts';
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
import { algorithmOf } from '../../pki/public-key.ts';
import type { Aftermath } from '../operation/aftermath.ts';
import type { CertificateRow } from '../repositories/certificates.ts';

/** A key of the image. `record` is what central has of it (keep and move). */
export interface PlannedKey {
  readonly slot: Slot;
  readonly algorithm: KeyAlgorithm;
  readonly source: 'generate' | 'keep' | 'move';
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
  readonly encryptionKey: KeptEncryptionKey;
}

export interface KeyFacts {
  readonly profile: Profile;
  readonly reason: Reason;
  readonly onCard: ReadonlyMap<Slot, CertificateRow>;
  /** Whether it can also delete them. */
  readonly canMoveKeys: boolean;
  /** Whether it tells which slots have a key. */
  readonly hasMetadata: boolean;
  /** What abandoned operations may have done to the card (RP-17). */
  readonly aftermath: Pick<Aftermath, 'movedTo' | 'isEncryptionKeyGone'>;
  readonly holder: { readonly displayName: string; readonly mail: string };
  readonly cardExpiresAt: Date;
  readonly now: Date;
}

/** What becomes of the key in 9D; a refusal is no plan. */
type KeptEncryptionKey = Exclude<EncryptionKeyDecision, 'refuse'>;

/** 9A before 9C, so that one of them can prove the holder at every instant (operation.md C). */
const WRITING_ORDER: readonly ActiveSlot[] = ['9A', '9D', '9E', '9C'];

/** @returns the plan, or null when an encryption key would be lost and the profile forbids that (RP-20) */
export function planKeys(facts: KeyFacts): KeyPlan | null {
  const encryption = planEncryptionKeys(facts);
  if (!encryption) return null;
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
function removableKeys({ onCard, hasMetadata, canMoveKeys }: KeyFacts): readonly Slot[] {
  const looked = hasMetadata ? [...ACTIVE_SLOTS, ...(canMoveKeys ? RETIRED_SLOTS : [])] : [];
  return SLOTS.filter((slot) => looked.includes(slot) || onCard.has(slot));
}

function planEncryptionKeys(facts: KeyFacts): { keys: PlannedKey[]; decision: KeptEncryptionKey } | null {
  const { profile, onCard, reason } = facts;
  const wanted = profile.slots.find((one) => one.slot === '9D');
  const { movedTo, isEncryptionKeyGone } = facts.aftermath;
  const present = isEncryptionKeyGone ? undefined : onCard.get('9D');
  const retired = retiredKeys(onCard);
  if (!present) return { keys: [...retired, ...generated(profile, '9D')], decision: 'generate' };
  const algorithm = algorithmOf(present.publicKey);
  const free = movedTo ?? nextRetired(onCard);
  // Wherever the key is by now, a move finds it.
  const decision = movedTo
    ? 'move'
    : decideEncryptionKey({
        hasKey: true,
        isRightAlgorithm: wanted?.algorithm === algorithm,
        revokedFor: present.revokedAt ? (present.crlReason ?? 'unspecified') : null,
        canMove: facts.canMoveKeys && free !== undefined,
        reason,
        loss: profile.unarchivedKeyLoss,
      });
  if (decision === 'refuse') return null;
  if (decision === 'keep' && wanted) {
    const kept = { slot: '9D', algorithm, source: 'keep', movedFrom: null, record: present } as const;
    const keepsCertificate = canKeepCertificate(facts, present);
    return {
      keys: [...retired, { ...kept, lifetimeDays: wanted.lifetimeDays, keepsCertificate }],
      decision,
    };
  }
  const fresh = generated(profile, '9D');
  if (decision !== 'move' || !free) return { keys: [...retired, ...fresh], decision };
  const moved: PlannedKey = {
    ...{ slot: free, algorithm, source: 'move', movedFrom: '9D' },
    ...{ lifetimeDays: 0, record: present, keepsCertificate: true },
  };
  return { keys: [...retired, moved, ...fresh], decision };
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

/** What was retired before stays as it is: it opens what was encrypted long ago. */
function retiredKeys(onCard: ReadonlyMap<Slot, CertificateRow>): PlannedKey[] {
  return RETIRED_SLOTS.flatMap((slot) => {
    const record = onCard.get(slot);
    if (!record) return [];
    const algorithm = algorithmOf(record.publicKey);
    const kept = { source: 'keep', movedFrom: null, lifetimeDays: 0, keepsCertificate: true } as const;
    return [{ slot, algorithm, record, ...kept }];
  });
}

/** Retired certificates stay contiguous from 82 (operation.md F). */
function nextRetired(onCard: ReadonlyMap<Slot, CertificateRow>): RetiredSlot | undefined {
  return RETIRED_SLOTS.find((slot) => !onCard.has(slot));
}

function generated(profile: Profile, slot: ActiveSlot): PlannedKey[] {
  const wanted = profile.slots.find((one) => one.slot === slot);
  if (!wanted) return [];
  const fresh = { source: 'generate', movedFrom: null, record: null, keepsCertificate: false } as const;
  return [{ slot, algorithm: wanted.algorithm, lifetimeDays: wanted.lifetimeDays, ...fresh }];
}
