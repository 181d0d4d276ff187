import type { CardConnection } from '../piv/connection.ts';

/** A connection that must be given back. Closing resets the card, so that nobody finds the PIN verified. */
export interface OpenCard extends CardConnection {
  /** Never throws; harmless when repeated. */
  close(): Promise<void>;
}

/** What happens at the readers. `reader` is its position (0, 1 …), stable while it is plugged in. */
export type ReaderEvent =
  | { readonly type: 'readerArrived'; readonly reader: number; readonly name: string }
  | { readonly type: 'readerLeft'; readonly reader: number }
  | {
      readonly type: 'cardInserted';
      readonly reader: number;
      readonly atr: Uint8Array;
      readonly isContactless: boolean;
    }
  | { readonly type: 'cardRemoved'; readonly reader: number }
  /** The smart-card service itself (pcscd) is there or not. */
  | { readonly type: 'service'; readonly isUp: boolean };

/** All readers of this machine. The same interface over PC/SC and in memory. */
export interface Readers {
  /** Calls back with what is there now, then with every change within a second. Returns how to stop. */
  watch(listener: (event: ReaderEvent) => void): () => void;
  /**
   * Connects EXCLUSIVE to the card in a reader.
   * @throws CardRemovedError when none is in it; ReaderUnavailableError
   */
  open(reader: number): Promise<OpenCard>;
  /** Process ids of the reader processes; empty in memory. */
  pids(): readonly number[];
  close(): Promise<void>;
}
