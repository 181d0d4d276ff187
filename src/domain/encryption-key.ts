import type { CrlReason } from './crl-reason.ts';
import type { UnarchivedKeyLoss } from './profile.ts';
import type { Reason } from './reason.ts';

/**
 * What becomes of the key in 9D (RP-05, RP-20).
 * keep: it stays. generate: there is none yet. move: to a retired slot, then a new one. lose: overwritten, the person
 * confirms it by itself. refuse: it would be lost and the profile forbids that.
 */
export type EncryptionKeyDecision = 'keep' | 'generate' | 'move' | 'lose' | 'refuse';

export interface EncryptionKeyFacts {
  /** A 9D key of this card is on record. */
  readonly hasKey: boolean;
  /** It has the algorithm that the profile asks for. */
  readonly isRightAlgorithm: boolean;
  /** Why its certificate is on the CRL; null when it is not. */
  readonly revokedFor: CrlReason | null;
  /** The card can move keys (F6) and a retired slot is free. */
  readonly canMove: boolean;
  readonly reason: Pick<Reason, 'encryptionKey'>;
  readonly loss: UnarchivedKeyLoss;
}

/** Decides for a key that is not archived. A revoked certificate asks for a new key by its CRL reason, whatever was chosen. */
export function decideEncryptionKey(facts: EncryptionKeyFacts): EncryptionKeyDecision {
  if (!facts.hasKey) return 'generate';
  const isExposed = facts.revokedFor === 'keyCompromise' || facts.revokedFor === 'unspecified';
  if (facts.isRightAlgorithm && !isExposed && facts.reason.encryptionKey !== 'new') return 'keep';
  if (facts.canMove) return 'move';
  return facts.loss === 'allow' ? 'lose' : 'refuse';
}
