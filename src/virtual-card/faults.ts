/** When the card is to vanish: before the k-th APDU from now reaches it, or after it was carried out. */
export interface Cut {
  readonly when: 'before' | 'after';
  /** 1 is the next APDU. */
  readonly apdu: number;
  /** Counts whole commands that were carried out, in however many blocks: for a cut after the last of them. */
  readonly countsCommands?: boolean;
}

/** What goes wrong, and how slow the card is. All of it may be set at any time. */
export interface Faults {
  cut: Cut | null;
  /** Added to each APDU; null: what its make takes. */
  delayMs: number | null;
  /** Added to each generated key; null: what its make takes. */
  keyGenerationMs: number | null;
}
