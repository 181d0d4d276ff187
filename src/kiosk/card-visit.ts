import type { SightedCard } from '../flows/walk-up-event.ts';
import type { PivSession } from '../piv/session.ts';
import type { OpenCard } from '../readers/readers.ts';
import type { KnownCard } from './replica.ts';

/** One card at this kiosk, from the look until the release: one EXCLUSIVE connection, held throughout (operation.md E). */
export interface CardVisit {
  readonly connection: OpenCard;
  readonly session: PivSession;
  readonly known: KnownCard;
  /** The proof that central has accepted; null until then. */
  proofId: string | null;
}

/** What ends a visit with a screen of its own. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  /** Looking again may help. */
  readonly canRetry: boolean;
  /** Which card that was, for the audit. */
  readonly card?: SightedCard;
}

export function refuse(code: string, canRetry = false): Refused {
  return { kind: 'refused', code, canRetry };
}

/** Central is needed and does not answer (SY-03). */
export const CENTRAL_NOT_REACHED = refuse('SY-03-central-not-reached', true);
