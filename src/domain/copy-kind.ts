/** The kinds of rows that kiosks copy. */
export const COPY_KINDS = ['profile', 'reason', 'person', 'card', 'certificate'] as const;
export type CopyKind = (typeof COPY_KINDS)[number];
