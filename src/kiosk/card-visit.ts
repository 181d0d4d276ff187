import type { PinPolicy } from '../domain/pin-policy.ts';
import type { SightedCard } from '../flows/walk-up-event.ts';
import type { PivSession } from '../piv/session.ts';
import type { OpenCard } from '../readers/readers.ts';
import type { KnownCard } from './replica.ts';

/** One card at this kiosk, from the look until the release: one EXCLUSIVE connection, held throughout (operation.md E). */
export interface HeldCard {
  readonly connection: OpenCard;
  readonly session: PivSession;
  /** The proof that central has accepted; null until then. */
  proofId: string | null;
}

/** A card that is somebody's. */
export interface CardVisit extends HeldCard {
  readonly kind: 'known';
  readonly known: KnownCard;
}

/** A card that is nobody's yet, or that an issue was cut off on (KR-01). */
export interface BlankVisit extends HeldCard {
  readonly kind: 'blank';
  /** Of the chip; null where it has none. */
  readonly serial: string | null;
  /** As the card says, if something was written. */
  readonly guid: string | null;
  /** What it is to be, by the number that was typed; null until then. */
  issue: { readonly cardId: string; readonly requestId: string; readonly pinPolicy: PinPolicy } | null;
}

/** A card whose life has ended, while it is emptied. */
export interface CancelledVisit extends HeldCard {
  readonly kind: 'cancelled';
}

/** What ends a visit with a screen of its own. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  /** Looking again may help. */
  readonly canRetry: boolean;
  /** Which card that was, for the audit. */
  readonly card?: SightedCard;
  /** It is cancelled, and central is reached: it can be made blank. */
  readonly canEmpty?: boolean;
  /** Of the card's last answer, where that is why. */
  readonly statusWord?: number;
}

export function refuse(code: string, canRetry = false): Refused {
  return { kind: 'refused', code, canRetry };
}

/** Central is needed and does not answer (SY-03). */
export const CENTRAL_NOT_REACHED = refuse('SY-03-central-not-reached', true);
