/** What the kiosk and its reader processes say to each other. Bytes travel as bytes (advanced serialization). */

/** A reader's card as PC/SC sees it. */
export interface CardSeen {
  readonly isPresent: boolean;
  /** Counts insertions and removals of this reader: another number is another card. */
  readonly counter: number;
  /** Empty when the card does not answer. */
  readonly atr: Uint8Array;
}

/** To the process of one reader. Each request is answered once, by its id. */
export type ReaderRequest =
  | { readonly id: number; readonly run: 'open' | 'close' }
  | { readonly id: number; readonly run: 'transmit'; readonly bytes: Uint8Array };

/** From the process of one reader. */
export type ReaderReport =
  | { readonly type: 'card'; readonly card: CardSeen }
  | { readonly type: 'answer'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'failure'; readonly id: number; readonly text: string };

/** From the process that looks which readers there are. */
export type WatcherReport =
  | { readonly type: 'service'; readonly isUp: boolean }
  | { readonly type: 'readers'; readonly names: readonly string[] };
