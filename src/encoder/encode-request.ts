import type { CardCapabilities } from '../domain/capabilities.ts';
import type { CardConnection } from '../piv/connection.ts';
import type { PivSession } from '../piv/session.ts';
import type { OperationPlan, OperationResult, SealedSecret } from '../protocol/operation.ts';
import type { Journal, OperationCentral, PaceMemory, Progress } from './ports.ts';

/**
 * The PIN that the holder has proven and the one they chose: ASCII digits, unpadded. The encoder owns both buffers from
 * the call on and wipes them however it ends. Nobody else keeps a copy.
 */
export interface PinHandover {
  /** Null after a proof by code (ID-02): the PIN is set by the card's PUK then. */
  readonly old: Uint8Array | null;
  readonly next: Uint8Array;
  /**
   * The proven PIN stays (`next` is the same): a run before this one has set it, which central knows, or the plan changes
   * none.
   */
  readonly isKept: boolean;
}

/** Everything that one run needs. */
export interface EncodeRequest {
  /** Held EXCLUSIVE by the caller for the whole run. */
  readonly connection: CardConnection;
  /** Of the same connection, where PIV is selected already. */
  readonly session?: PivSession;
  readonly plan: OperationPlan;
  /** As probed for `begin`. */
  readonly capabilities: CardCapabilities;
  readonly central: OperationCentral;
  readonly journal: Journal;
  readonly pin: PinHandover;
  /** Opens what central sealed to this run, with its associated data (`sealContext`). The encoder wipes what comes back. */
  openSealed(sealed: SealedSecret, associatedData: Uint8Array): Promise<Uint8Array>;
  onProgress(progress: Progress): void;
  /** Ends the run between two commands. The card is finished by a later run. */
  readonly signal: AbortSignal;
  /** Of cards like this one; absent: none was seen. */
  readonly paces?: PaceMemory;
  /** Milliseconds on a clock that does not go backwards; paces the progress, decides nothing. */
  now?(): number;
}

/** The card is what its image says, has proved it, and central has activated it. Everything else is an error. */
export interface EncodeOutcome {
  readonly kind: 'completed';
  readonly result: OperationResult;
}
