import { type Card, type CardSighting, type Person, UNKNOWN } from './card.ts';
import type { Profile } from './profile.ts';

/** Why a card cannot be reprovisioned: each is the stable code of its own screen (UX-08). */
export const REFUSALS = [
  'KR-11-cannot-import',
  'RP-04-expired',
  'RP-06-cancelled',
  'RP-06-disabled',
  'RP-06-holder-disabled',
  'RP-06-not-approved',
  'RP-07-contactless',
  'RP-07-no-piv',
  'RP-07-blank',
  'RP-07-unknown',
  'RP-07-not-known-here',
  'RP-07-not-served-here',
  'RP-20-key-would-be-lost',
  'RP-21-foreign-card',
  'SY-06-newer-kiosk',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What can be said of the plastic alone, before anybody is asked; null when a look-up is worth while. */
export function refuseSighting(sighting: CardSighting): Refusal | null {
  if (sighting.isContactless) return 'RP-07-contactless';
  if (!sighting.hasPiv) return 'RP-07-no-piv';
  return null;
}

/**
 * Whether a known card may be reprovisioned, by the same rules at the kiosk and at central (SY-04).
 * @param now ISO 8601 UTC
 */
export function refuseCard(
  card: Pick<Card, 'state' | 'expiresAt' | 'isManagementKeyKnown'>,
  holder: Person,
  profile: Pick<Profile, 'requiresApprovedHolder'>,
  now: string,
): Refusal | null {
  if (card.state === UNKNOWN || holder.state === UNKNOWN) return 'SY-06-newer-kiosk';
  // Only its own request may write it (KR-01).
  if (card.state === 'planned') return 'RP-07-blank';
  if (card.state === 'cancelled') return 'RP-06-cancelled';
  if (card.state === 'disabled') return 'RP-06-disabled';
  if (holder.state === 'disabled') return 'RP-06-holder-disabled';
  if (card.expiresAt <= now) return 'RP-04-expired';
  if (profile.requiresApprovedHolder && (holder.approvedUntil === null || holder.approvedUntil <= now)) {
    return 'RP-06-not-approved';
  }
  if (!card.isManagementKeyKnown) return 'RP-21-foreign-card';
  return null;
}
