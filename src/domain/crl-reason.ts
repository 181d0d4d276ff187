/** CRL reason codes by their RFC 5280 name and number. @see RFC 5280, 5.3.1 */
export const CRL_REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
} as const;
export type CrlReason = keyof typeof CRL_REASONS;
