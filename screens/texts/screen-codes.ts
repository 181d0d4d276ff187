import { REFUSALS } from '../../src/domain/eligibility.ts';

/** Codes of screens that end a walk-up, besides the refusals of a card by its record. */
const OTHER_CODES = [
  'ID-01-key-compromised',
  'ID-01-not-proved',
  'ID-02-pin-not-set',
  'ID-03-code-dead',
  'ID-03-wait',
  'ID-04-pin-blocked',
  'KR-11-no-such-key',
  'KR-11-signing-key',
  'KR-11-wrong-key',
  'RP-02-no-profile',
  'RP-09-not-yours',
  'RP-12-no-reasons',
  'RP-14-pin-not-set',
  'RP-17-already-writing',
  'RP-17-cancelled',
  'RP-17-closed',
  'RP-17-elsewhere',
  'RP-17-other-card',
  'RP-17-card-full',
  'RP-17-card-removed',
  'RP-17-card-too-small',
  'RP-17-interrupted',
  'RP-18-certificate-revoked',
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
  'SY-03-central-failed',
  'SY-03-central-not-reached',
  'SY-03-central-refused',
  'SY-06-other-protocol',
  'UX-06-card-unresponsive',
  'UX-06-reader-busy',
  'UX-06-reader-gone',
  'UX-06-service-gone',
  'UX-09-internal',
] as const;

/** Every code that has words of its own; any other is shown with a general text and the code itself (UX-08). */
export const SCREEN_CODES = [...REFUSALS, ...OTHER_CODES] as const;
export type ScreenCode = (typeof SCREEN_CODES)[number];

/** Whether a code has words of its own. */
export function isScreenCode(code: string): code is ScreenCode {
  return (SCREEN_CODES as readonly string[]).includes(code);
}
