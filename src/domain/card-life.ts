/** Ending, stopping and going on with a card's life: what becomes of its certificates, and who may (RP-10, RP-12, OP-02). */
import type { CardState } from './card.ts';
import type { CrlReason } from './crl-reason.ts';
import type { Standing } from './may-act.ts';
import type { Reason, ReasonChooser } from './reason.ts';

export const CARD_ACTIONS = ['cancel', 'disable', 'enable'] as const;
export type CardAction = (typeof CARD_ACTIONS)[number];

/** Why somebody may not: each is a stable code of its own. */
export const CARD_REFUSALS = [
  'ID-05-not-an-operator',
  'ID-05-operator-disabled',
  'OP-02-own-card',
  'OP-02-no-right',
  'OP-02-out-of-scope',
  'OP-02-cancelled',
  'OP-02-not-issued',
  'OP-02-not-disabled',
  'OP-02-disabled-already',
] as const;
export type CardRefusal = (typeof CARD_REFUSALS)[number];

/** The card that somebody wants to act on. */
export interface CardSubject {
  readonly holderId: string;
  /** The holder is in a group that this operator acts for. */
  readonly isInScope: boolean;
  /** Who may choose the reason: of an enabling the one that the card was disabled for. */
  readonly chosenBy: readonly ReasonChooser[];
}

/** @returns null when it is allowed, as far as it depends on who acts; an operator does nothing to a card of their own */
export function mayChangeCard(
  who: Standing,
  { holderId, isInScope, chosenBy }: CardSubject,
): CardRefusal | null {
  if (who.kind === 'command') return null;
  if (who.kind === 'holder' || who.role === null) return 'ID-05-not-an-operator';
  if (!who.isActive) return 'ID-05-operator-disabled';
  if (who.personId === holderId) return 'OP-02-own-card';
  if (!isInScope) return 'OP-02-out-of-scope';
  return chosenBy.includes(who.role) ? null : 'OP-02-no-right';
}

/** @returns null when the card is in a state in which that can be done, or has been done already */
export function mayHappen(state: CardState, action: CardAction): CardRefusal | null {
  if (state === 'cancelled') return action === 'cancel' ? null : 'OP-02-cancelled';
  return state === 'issued' || state === 'disabled' ? null : 'OP-02-not-issued';
}

/**
 * What an operator is not offered. What was done already may be asked for once more, in case the answer was lost (`mayHappen`); as a
 * choice it would promise what does not happen (OP-03).
 */
export function mayBeOffered(state: CardState, action: CardAction): CardRefusal | null {
  if (state === 'cancelled') return 'OP-02-cancelled';
  if (state === 'disabled' && action === 'disable') return 'OP-02-disabled-already';
  if (state === 'issued' && action === 'enable') return 'OP-02-not-disabled';
  return mayHappen(state, action);
}

/** A certificate of the card. */
export interface CertificateOnCard {
  /** In 9D or a retired slot. */
  readonly isForEncryption: boolean;
  /** Central has its key, and can give it back. */
  readonly isArchived: boolean;
  /** It was issued for another card of the same holder. */
  readonly isRecovered: boolean;
}

/** hold: on the list until the card is enabled. */
export type Fate = { readonly kind: 'stay' | 'hold' } | { readonly kind: 'revoke'; readonly why: CrlReason };

/** What becomes of a certificate when its card is cancelled or disabled for this reason. */
export function fateOf(
  { isForEncryption, isArchived, isRecovered }: CertificateOnCard,
  reason: Pick<Reason, 'oldCertificates' | 'oldEncryptionCertificate' | 'crlReason'>,
  action: Exclude<CardAction, 'enable'>,
): Fate {
  const why = reason.crlReason ?? 'superseded';
  // The business of the card that it was issued for, unless its key was exposed here.
  if (isRecovered) return why === 'keyCompromise' ? { kind: 'revoke', why } : { kind: 'stay' };
  const rule = isForEncryption ? reason.oldEncryptionCertificate : reason.oldCertificates;
  if (rule === 'hold' && action === 'disable') return { kind: 'hold' };
  if (rule === 'hold' || rule === 'revoke' || rule === 'replace') return { kind: 'revoke', why };
  // Its key goes with the card: nobody could read what is encrypted to it from now on.
  const isLost = isForEncryption && !isArchived && action === 'cancel';
  return isLost ? { kind: 'revoke', why } : { kind: 'stay' };
}
