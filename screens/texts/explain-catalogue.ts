import type { StableCode } from '../../src/domain/stable-codes.ts';
import type { SupportStep } from '../../src/domain/support-steps.ts';

/** Errors that have no words on a screen of a cardholder or an operator: central's, its line's, of copying, of other commands. */
export const OTHER_ERRORS = [
  'ID-03-wrong-code',
  'ID-04-last-try',
  'ID-04-wrong-pin',
  'KR-08-nss-database-locked',
  'KR-08-nss-failed',
  'KR-08-nss-not-found',
  'KR-08-nss-not-installed',
  'KR-08-nss-password-unusable',
  'KR-08-nss-pfx-refused',
  'KR-08-token-expired',
  'KR-08-token-unknown',
  'KR-08-token-used',
  'RP-01-no-such-slot',
  'RP-18-not-issued',
  'SE-01-certification-request',
  'SE-01-no-tls',
  'SE-01-token-expired',
  'SE-01-token-unknown',
  'SE-01-token-used',
  'SE-03-card-not-authenticated',
  'SE-03-no-such-exchange',
  'SE-03-no-such-intent',
  'SE-03-no-such-key',
  'SE-03-not-changed',
  'SE-03-secret-pending',
  'SE-05-chain-broken',
  'SE-05-event-changed',
  'SE-05-not-signed',
  'SE-07-event-share-used',
  'SE-07-no-such-page',
  'SE-07-too-large',
  'SE-07-too-many-chains',
  'SE-07-too-many-connections',
  'SE-07-too-many-events',
  'SE-07-too-many-renewals',
  'SE-07-too-many-requests',
  'SE-07-too-many-tries',
  'SE-07-wrong-key',
  'SY-01-not-your-scope',
  'SY-02-event-missing',
  'SY-03-waiting-for-central',
  'SY-06-copy-gone',
  'SY-06-no-such-snapshot',
  'SY-06-snapshot-under-way',
  'SY-06-unknown-schema',
] as const satisfies readonly StableCode[];
export type OtherError = (typeof OTHER_ERRORS)[number];

/** Where somebody is, and nothing is wrong. */
export const STEP_CODES = [
  'ID-01-enter-pin',
  'ID-01-proving',
  'ID-02-ask-helpdesk',
  'ID-02-enter-code',
  'ID-02-new-pin',
  'ID-02-proving',
  'ID-02-unblock-pin',
  'ID-02-vouch',
  'ID-03-give-code',
  'ID-03-give-number',
  'ID-05-sign-in',
  'ID-05-signing-in',
  'ID-05-walk-up',
  'ID-05-your-card',
  'KR-01-enter-number',
  'KR-01-plan',
  'KR-01-planning',
  'KR-01-request-existing',
  'KR-01-request-new-card',
  'KR-01-request-replacement',
  'KR-01-request-soft',
  'KR-01-waiting',
  'KR-01-warning',
  'KR-02-collect',
  'KR-04-approve',
  'KR-04-cancel',
  'KR-04-queue',
  'KR-04-reject',
  'KR-04-request',
  'KR-05-comparing',
  'KR-05-difference',
  'KR-05-warning',
  'KR-07-choose',
  'KR-08-asking-token',
  'KR-08-choose-medium',
  'KR-08-done',
  'KR-08-offering',
  'KR-08-password',
  'KR-08-repeat-password',
  'KR-08-saving',
  'KR-08-token',
  'KR-09-encryption',
  'OP-01-card',
  'OP-01-home',
  'OP-01-on-my-card',
  'OP-01-people',
  'OP-01-person',
  'OP-01-reading-card',
  'OP-02-action',
  'OP-02-cancel-card',
  'OP-02-card-back',
  'OP-02-disable',
  'OP-02-enable',
  'OP-02-witness',
  'OP-02-witness-card',
  'OP-04-kiosk',
  'OP-05-abandon',
  'OP-05-operations',
  'RP-06-empty',
  'RP-10-reprovision',
  'RP-11-card-found',
  'RP-11-insert-card',
  'RP-11-looking',
  'RP-12-checking',
  'RP-12-choose-reason',
  'RP-13-plan',
  'RP-13-warning',
  'RP-14-new-pin',
  'RP-14-repeat-pin',
  'RP-15-request-update',
  'RP-17-unfinished',
  'RP-19-terms',
  'RP-20-confirm-loss',
  'SE-05-audit',
  'SE-06-maintenance',
  'SY-03-written-waiting',
  'UX-03-writing',
  'UX-07-done',
] as const satisfies readonly StableCode[];
export type StepCode = (typeof STEP_CODES)[number];

/** Which of them is a state of the walk-up; null: one in which something was wrong already. */
export const CODE_OF_STEP: Readonly<Record<SupportStep, StepCode | null>> = {
  insertCard: 'RP-11-insert-card',
  looking: 'RP-11-looking',
  refused: null,
  found: 'RP-11-card-found',
  enterPin: 'ID-01-enter-pin',
  enterCode: 'ID-02-enter-code',
  proving: 'ID-01-proving',
  blank: 'KR-01-enter-number',
  enterNumber: 'KR-01-enter-number',
  provingNumber: 'ID-02-proving',
  issueChoice: 'KR-07-choose',
  planningIssue: 'KR-01-planning',
  issueWarning: 'KR-01-warning',
  emptyWarning: 'RP-06-empty',
  chooseTask: 'KR-01-waiting',
  comparing: 'KR-05-comparing',
  difference: 'KR-05-difference',
  chooseLeft: 'KR-07-choose',
  confirmRemoval: 'KR-05-difference',
  collectWarning: 'KR-05-warning',
  offeringSoft: 'KR-08-offering',
  askingToken: 'KR-08-asking-token',
  softToken: 'KR-08-token',
  chooseMedium: 'KR-08-choose-medium',
  softEncryption: 'KR-09-encryption',
  softPassword: 'KR-08-password',
  savingSoft: 'KR-08-saving',
  softStopped: null,
  softDone: 'KR-08-done',
  chooseReason: 'RP-12-choose-reason',
  checking: 'RP-12-checking',
  plan: 'RP-13-plan',
  warning: 'RP-13-warning',
  terms: 'RP-19-terms',
  pinWarning: 'ID-02-new-pin',
  newPin: 'RP-14-new-pin',
  writing: 'UX-03-writing',
  written: 'SY-03-written-waiting',
  interrupted: null,
  done: 'UX-07-done',
  onMyCard: 'OP-01-on-my-card',
};

/** Errors of which a cardholder is told to ask the helpdesk, and an operator nothing: what the helpdesk can do. */
export const HELPDESK_REMEDIES = [
  'ID-01-key-compromised',
  'ID-02-pin-not-set',
  'ID-03-code-dead',
  'KR-01-card-is-somebodys',
  'KR-01-elsewhere',
  'KR-01-needs-blank-card',
  'KR-01-not-blank',
  'KR-01-other-kind',
  'KR-02-pin-needed',
  'KR-05-not-on-card',
  'KR-08-nss-only',
  'KR-08-pfx-content',
  'KR-08-pfx-not-made',
  'KR-11-no-such-key',
  'KR-11-not-theirs',
  'KR-11-signing-key',
  'KR-11-wrong-key',
  'RP-06-cannot-empty',
  'RP-06-not-cancelled',
  'RP-12-no-reasons',
  'RP-15-unknown-reason',
  'RP-17-card-full',
  'RP-17-card-too-small',
  'RP-17-closed',
  'RP-18-verify-failed',
  'RP-21-no-management-key',
  'SE-01-certificate-expired',
  'SE-01-foreign-certificate',
  'SE-01-kiosk-revoked',
  'SE-01-no-certificate',
  'SE-01-not-a-kiosk',
  'SE-03-management-key',
  'SE-03-no-master-key',
  'SE-04-no-archive-key',
  'SE-07-attestation',
  'SE-07-bad-request',
  'SE-07-card-answer',
  'SY-02-no-room',
  'SY-06-other-protocol',
  'UX-06-reader-gone',
  'UX-09-internal',
] as const satisfies readonly StableCode[];

/** What comes between kiosk and card, or central, while a card is written: it is finished as soon as the card is in again (RP-17). */
export const UNFINISHED = [
  'RP-17-card-removed',
  'RP-17-interrupted',
  'SE-07-card-answer',
  'SY-03-central-failed',
  'SY-03-central-not-reached',
  'UX-06-card-unresponsive',
  'UX-06-reader-busy',
  'UX-06-reader-gone',
  'UX-06-service-gone',
  'UX-09-internal',
] as const satisfies readonly StableCode[];

/** Status words that have words. In hex. @see ISO/IEC 7816-4, 5.1.3 */
export const STATUS_WORDS = ['6700', '6982', '6983', '6985', '6A80', '6A82', '6A84', '6D00', '6F00'] as const;

/** What `recard explain` says, in one language. Its readers are of the helpdesk. */
export interface ExplainTexts {
  readonly steps: Readonly<Record<StepCode, string>>;
  readonly errors: Readonly<Record<OtherError, { readonly what: string; readonly next: string }>>;
  readonly helpdesk: Readonly<Record<(typeof HELPDESK_REMEDIES)[number], string>>;
  readonly statusWords: Readonly<Record<(typeof STATUS_WORDS)[number], string>>;
  readonly labels: {
    readonly cause: string;
    readonly remedy: string;
    /** What an operator does who meets the same code at the desk. */
    readonly atDesk: string;
    readonly step: string;
    readonly answer: string;
    readonly reader: string;
    readonly card: string;
    readonly kiosk: string;
  };
  /** Besides the remedy, where the card was being written: it is finished, whatever it was. */
  readonly isFinished: string;
  /** In the place of a remedy. */
  readonly isStep: string;
  readonly noCode: string;
  readonly notKnown: string;
  readonly none: string;
  readonly other: string;
  readonly otherAnswer: string;
  readonly contactless: string;
  readonly virtual: string;
  readonly malformed: (typed: string) => string;
  readonly mistyped: (typed: string) => string;
  readonly newer: (typed: string) => string;
}
