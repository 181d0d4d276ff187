import type { CrlReason } from './crl-reason.ts';
import type { UnarchivedKeyLoss } from './profile.ts';
import type { Reason } from './reason.ts';

/**
 * What becomes of the key in 9D (RP-05, RP-12, RP-20).
 * keep: it stays. recover: it stays too, and is put there from the archive if it is not. generate: there is none yet.
 * move: to a retired slot, then a new one. shelve: it has no place on the card any more but stays archived; a new one.
 * lose: overwritten, the person confirms it by itself. refuse: it would be lost and the profile forbids that.
 * cannotImport: an archived key is to be new on the card, and the card takes none (KR-11).
 */
export type EncryptionKeyDecision =
  | 'keep'
  | 'recover'
  | 'generate'
  | 'move'
  | 'shelve'
  | 'lose'
  | 'refuse'
  | 'cannotImport';

/** What is to become of it once nothing stands against it. */
export type EncryptionKeyFate = Exclude<EncryptionKeyDecision, 'refuse' | 'cannotImport'>;

export interface EncryptionKeyFacts {
  /** A 9D key of this card is on record. */
  readonly hasKey: boolean;
  /** Central has it in its archive. */
  readonly isArchived: boolean;
  /** It has the algorithm that the profile asks for. */
  readonly isRightAlgorithm: boolean;
  /** Why its certificate is on the CRL; null when it is not. */
  readonly revokedFor: CrlReason | null;
  /** The profile has this key made at central, and archived. */
  readonly archives: boolean;
  /** The card can move keys (F6). */
  readonly canMoveKeys: boolean;
  /** The card takes private keys (FE). */
  readonly canImportKeys: boolean;
  /** One of 82–95 is free. */
  readonly hasFreeSlot: boolean;
  readonly reason: Pick<Reason, 'encryptionKey'>;
  readonly loss: UnarchivedKeyLoss;
}

/** Decides by the reason; a revoked certificate asks for a new key by its CRL reason, whatever was chosen. */
export function decideEncryptionKey(facts: EncryptionKeyFacts): EncryptionKeyDecision {
  const isReplaced = facts.hasKey && asksForNew(facts);
  const isNew = isReplaced || !facts.hasKey;
  if (isNew && facts.archives && !facts.canImportKeys) return 'cannotImport';
  if (!facts.hasKey) return 'generate';
  return isReplaced ? replace(facts) : keepSame(facts);
}

function asksForNew({ isRightAlgorithm, revokedFor, reason }: EncryptionKeyFacts): boolean {
  const isExposed = revokedFor === 'keyCompromise' || revokedFor === 'unspecified';
  return !isRightAlgorithm || isExposed || reason.encryptionKey === 'new';
}

function keepSame({ isArchived, archives, ...card }: EncryptionKeyFacts): EncryptionKeyDecision {
  if (isArchived) return card.canImportKeys ? 'recover' : 'keep';
  // What the card made itself can never be archived: where nothing is lost by it, an archived key takes its place.
  const canGiveWay = card.canImportKeys && card.canMoveKeys && card.hasFreeSlot;
  return archives && canGiveWay ? 'move' : 'keep';
}

function replace({ isArchived, loss, ...card }: EncryptionKeyFacts): EncryptionKeyDecision {
  const canRetire = card.canMoveKeys || (isArchived && card.canImportKeys);
  if (canRetire && card.hasFreeSlot) return 'move';
  if (isArchived) return 'shelve';
  return loss === 'allow' ? 'lose' : 'refuse';
}
