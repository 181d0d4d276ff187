import type { ListedCertificate } from '../domain/difference.ts';
import type { PasswordVerdict } from '../domain/password-policy.ts';
import type { OfferedReason } from '../domain/reason.ts';
import type { WaitingTask } from './waiting-task.ts';
import type { AcceptedTerms, CardView } from './walk-up-state.ts';

/** Where somebody is who takes recovered keys along as a file under a password (KR-08). They have proved themselves by their PIN. */

/** A stick that is plugged in, as it is shown. */
export interface MediumView {
  /** Tells it from the others, as long as it is in. */
  readonly name: string;
  /** As its owner has named it; null where it has no name. */
  readonly label: string | null;
  readonly freeBytes: number;
  /** Code of what keeps it from being used; null: it can be. */
  readonly obstacle: MediumObstacle | null;
}
export type MediumObstacle =
  | 'KR-08-medium-read-only'
  | 'KR-08-medium-full'
  | 'KR-08-not-a-file-system'
  /** Several are in, and the profile has the file saved by itself on the only one. */
  | 'KR-08-several-media';

/** The password is typed twice; the flow knows its length only. */
export type PasswordField = 'new' | 'repeat';

/** How far it is. fetch: the keys from central. make: the file. save: it is written on the stick. */
export const SOFT_PHASES = ['fetch', 'make', 'save'] as const;
export type SoftPhase = (typeof SOFT_PHASES)[number];

/** A file that is on the stick. */
export interface SavedFile {
  readonly name: string;
  readonly medium: string | null;
}

/** A soft certificate that was chosen, and what is gone back to from it. */
export interface ChosenSoft {
  /** Of the owner's card; null: an operator has vouched for them. */
  readonly reader: number | null;
  /** Of that operator's statement. */
  readonly proofId?: string;
  readonly card: CardView;
  readonly task: WaitingTask;
  /** Null: there are none, or not yet (RP-19). */
  readonly acceptsTerms: AcceptedTerms | null;
  readonly tasks: readonly WaitingTask[];
  readonly reasons: readonly OfferedReason[];
}

/** That is saved as a file. */
export interface ChoosingSoft extends ChosenSoft {
  /** What is plugged in; null: nobody has looked yet. */
  readonly media: readonly MediumView[] | null;
}

interface WithMedium extends ChoosingSoft {
  readonly medium: MediumView;
  /** The older encryption, for this file alone (KR-09). */
  readonly isOld: boolean;
}

export type SoftState =
  /** Central is asked for what collects the keys on the person's own computer. */
  | ({ readonly kind: 'askingToken'; readonly attempt: number } & ChosenSoft)
  /** Central is asked what goes into a file that an operator hands over: no card is needed for it. */
  | {
      readonly kind: 'offeringSoft';
      readonly reader: null;
      readonly attempt: number;
      readonly proofId: string;
    }
  | {
      readonly kind: 'softToken';
      readonly reader: number | null;
      /** ASCII; shown this once. Whoever gave it wipes it. */
      readonly token: Uint8Array;
      /** Central, as that computer is to call it; null: central does not know. */
      readonly url: string | null;
    }
  /** What is plugged in is seen as it comes and goes. */
  | ({
      readonly kind: 'chooseMedium';
      readonly selected: number;
      /** The one that was chosen is not there any more. */
      readonly isGone: boolean;
    } & ChoosingSoft)
  /** Usual or older: `isOld` is the one that the cursor is on. */
  | ({ readonly kind: 'softEncryption' } & WithMedium)
  | ({
      readonly kind: 'softPassword';
      readonly field: PasswordField;
      /** In characters. */
      readonly length: number;
      readonly verdicts: readonly PasswordVerdict[];
      /** What is repeated equals the password so far typed. */
      readonly matches: boolean;
      readonly error: null | 'policy' | 'mismatch';
    } & WithMedium)
  | {
      readonly kind: 'savingSoft';
      readonly reader: number | null;
      readonly card: CardView;
      readonly attempt: number;
      readonly phase: SoftPhase;
      readonly isCardIn: boolean;
      readonly certificates: readonly ListedCertificate[];
      readonly stillWaiting: number;
    }
  /** Nothing was saved; it waits on, and can be begun anew. */
  | {
      readonly kind: 'softStopped';
      readonly reader: number | null;
      readonly code: string;
      readonly isCardIn: boolean;
    }
  | {
      readonly kind: 'softDone';
      readonly reader: number | null;
      readonly isCardIn: boolean;
      readonly file: SavedFile;
      readonly certificates: readonly ListedCertificate[];
      readonly stillWaiting: number;
    };
