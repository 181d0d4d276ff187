import { DEFAULT_PASSWORD_POLICY, type PasswordPolicy } from './password-policy.ts';

/**
 * Where a soft certificate goes (KR-08). chosen: a file on a medium that the person chooses. medium: the same, by itself on the only
 * one that is plugged in. nss: into the certificate store of the account, on the person's own machine, never at a kiosk.
 */
export const SOFT_PLACES = ['chosen', 'medium', 'nss'] as const;
export type SoftPlace = (typeof SOFT_PLACES)[number];

/** What a profile says of soft certificates. */
export interface SoftRules {
  readonly where: SoftPlace;
  readonly password: PasswordPolicy;
  /** The older encryption may be chosen for one collection, after a warning (KR-09). */
  readonly allowsOldEncryption: boolean;
}

/** Of profiles that do not say. */
export const DEFAULT_SOFT_RULES: SoftRules = {
  where: 'chosen',
  password: DEFAULT_PASSWORD_POLICY,
  allowsOldEncryption: true,
};
