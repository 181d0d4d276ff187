import type { CertificateSummary } from '../domain/card.ts';
import type { PinVerdict } from '../domain/pin-policy.ts';
import type { Reason } from '../domain/reason.ts';

/** Where a walk-up cardholder is. PINs are known by their length only. */

/** What is shown of a card that may be reprovisioned. */
export interface CardView {
  readonly cardId: string;
  readonly serial: string | null;
  readonly holderName: string;
  readonly profileTitle: string;
  readonly expiresAt: string;
  readonly certificates: readonly CertificateSummary[];
  /** PIN tries left; null where the card does not say. */
  readonly triesLeft: number | null;
}

/** How far the writing is; mirrors the encoder's progress. */
export interface WritingView {
  readonly phase: string;
  readonly subject: string | null;
  readonly algorithm: string | null;
  readonly done: number;
  readonly total: number;
  readonly remainingMs: number;
}

/** What the last screen says (UX-07). */
export interface ResultView {
  readonly certificates: readonly {
    readonly slot: string;
    readonly subject: string;
    readonly serialNumber: string;
    readonly notAfter: string;
  }[];
  readonly revokedCount: number;
  readonly leftoverKeys: readonly string[];
  readonly cardExpiresAt: string;
}

/** Everything after the card was found carries these. */
interface WithCard {
  readonly reader: number;
  readonly card: CardView;
}

export type WalkUpState =
  /** Nothing to work on. `passedOver` is the reader of a card that the person does not want. */
  | { readonly kind: 'insertCard'; readonly passedOver: number | null }
  | { readonly kind: 'looking'; readonly reader: number; readonly attempt: number }
  /** A screen that ends here: take the card out, or change card. `code` is the stable one of UX-08. */
  | { readonly kind: 'refused'; readonly reader: number; readonly code: string; readonly canRetry: boolean }
  | ({ readonly kind: 'found' } & WithCard)
  | ({
      readonly kind: 'enterPin';
      readonly length: number;
      readonly error: null | 'wrong' | 'length';
      /** The last try is left: Enter must be pressed once more on purpose. */
      readonly hasConfirmedLastTry: boolean;
    } & WithCard)
  | ({ readonly kind: 'proving'; readonly attempt: number } & WithCard)
  | ({
      readonly kind: 'chooseReason';
      readonly reasons: readonly Reason[];
      readonly selected: number;
    } & WithCard)
  /** Central looks at the wish before a warning is shown. */
  | ({
      readonly kind: 'checking';
      readonly attempt: number;
      readonly reasons: readonly Reason[];
      readonly selected: number;
    } & WithCard)
  | ({
      readonly kind: 'warning';
      readonly reasons: readonly Reason[];
      readonly selected: number;
      /** An encryption key that exists nowhere else will be lost (RP-20): needs a confirmation of its own. */
      readonly losesKey: boolean;
      readonly hasAcceptedLoss: boolean;
      /** An unfinished operation is being finished: its reason stands. */
      readonly isResume: boolean;
    } & WithCard)
  | ({
      readonly kind: 'newPin';
      readonly field: 'new' | 'repeat';
      readonly length: number;
      readonly verdicts: readonly PinVerdict[];
      /** The repeated PIN equals the new one so far typed. */
      readonly matches: boolean;
      readonly error: null | 'policy' | 'mismatch';
      readonly warning: Extract<WalkUpState, { kind: 'warning' }>;
    } & WithCard)
  | ({
      readonly kind: 'writing';
      readonly attempt: number;
      readonly progress: WritingView | null;
      /** False until the first write: cancel is still there (RP-17). */
      readonly hasBegunWriting: boolean;
      readonly waitsForCentral: boolean;
      /** Esc was pressed: says that taking the card out is safe. */
      readonly explainsLeaving: boolean;
    } & WithCard)
  | { readonly kind: 'done'; readonly reader: number; readonly result: ResultView }
  /** The card was taken out, or something broke, after the first write: putting it in again finishes it. */
  | {
      readonly kind: 'interrupted';
      readonly reader: number;
      readonly code: string;
      readonly isCardIn: boolean;
    };

export type WalkUpKind = WalkUpState['kind'];
