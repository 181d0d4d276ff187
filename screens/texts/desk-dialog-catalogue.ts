import type { Unknown } from '../../src/domain/card.ts';
import type { OldCertificates, OldEncryptionCertificate } from '../../src/domain/reason.ts';
import type { DeskActionName } from '../../src/flows/desk-state.ts';

type Words<K extends string> = Readonly<Record<K, string>>;

/** Actions that somebody is asked about before they are done. */
export type DialogAction = Exclude<
  DeskActionName,
  | 'readCard'
  | 'showPhoto'
  | 'openHolder'
  | 'openCard'
  | 'testKeyboard'
  | 'testColours'
  | 'testReader'
  | 'findFaults'
  | 'signOut'
>;

/** What is said while an operator signs in, and in each step of an action. */
export interface DeskDialogTexts {
  readonly deskSignIn: {
    readonly askTitle: string;
    readonly ask: string;
    readonly askSecond: string;
    readonly looking: string;
    readonly pinTitle: (name: string) => string;
    readonly pin: string;
    readonly lastTry: string;
    readonly signingIn: string;
    readonly refusedTitle: string;
    readonly signedOutTitle: string;
  };
  readonly deskDialog: {
    /** What will be done, once more and whole (RP-13). */
    readonly consequences: Readonly<Record<DialogAction, readonly string[]>>;
    /** What becomes of certificates and account by a reason (RP-13). Null: there is nothing to add. */
    readonly fates: {
      readonly certificates: Words<OldCertificates | Unknown>;
      readonly encryption: Words<OldEncryptionCertificate> & { readonly unknown: null };
      readonly account: string;
    };
    readonly choose: {
      readonly reason: string;
      readonly profile: string;
      readonly code: string;
      readonly proof: string;
      readonly codes: Words<'short-shown' | 'short-sent' | 'long-shown' | 'long-sent'>;
      readonly proofs: Words<'pin' | 'operator' | 'code' | 'number'>;
      readonly none: string;
      readonly notAllowed: string;
    };
    readonly asking: Words<'recoverable' | 'difference'>;
    readonly pick: {
      readonly title: string;
      readonly how: string;
      readonly none: string;
      readonly where: string;
      readonly nowhere: string;
      readonly sum: (wanted: number, without: number) => string;
    };
    readonly difference: { readonly title: string; readonly none: string };
    readonly removal: {
      readonly title: (count: number) => string;
      readonly confirm: (count: number) => string;
    };
    readonly write: { readonly title: string; readonly optional: string; readonly demanded: string };
    readonly empty: string;
    readonly confirm: {
      readonly title: string;
      readonly reason: (title: string) => string;
      readonly keys: (count: number) => string;
      readonly note: (words: string) => string;
    };
    readonly witness: {
      readonly title: string;
      readonly text: string;
      readonly looking: string;
      readonly signTitle: (name: string) => string;
      readonly sign: string;
      readonly ownSign: string;
      /** @param how as it was chosen */
      readonly ownSignCode: (how: string) => string;
      readonly signing: string;
    };
    readonly cardBack: { readonly title: string; readonly card: string; readonly blank: string };
    readonly working: string;
    readonly said: {
      readonly refused: string;
      readonly unanswered: string;
      readonly stopped: string;
      readonly cardOut: string;
      readonly requested: string;
      readonly toBeApproved: string;
      readonly ready: string;
      readonly approved: string;
      readonly rejected: string;
      readonly cancelled: string;
      readonly abandoned: string;
      readonly left: string;
      readonly given: string;
      readonly once: string;
      readonly sentTo: (address: string) => string;
      readonly until: (time: string) => string;
      readonly changed: string;
      readonly revoked: (count: number) => string;
      readonly held: (count: number) => string;
      readonly released: (count: number) => string;
      readonly untouched: string;
      readonly told: string;
    };
  };
}
