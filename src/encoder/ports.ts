import type { KeyAlgorithm, ManagementKeyAlgorithm, Slot } from '../domain/slot.ts';
import type {
  CertificateResponse,
  CompleteRequest,
  IntentResponse,
  OperationResult,
  SealedSecret,
  SecretOutcome,
} from '../protocol/operation.ts';
import type { SecretKind } from '../protocol/values.ts';

/** The card's own word on a key that it has made, DER, with what is between it and the maker's root. */
export interface Attestation {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

/**
 * What the encoder asks of central during one operation. Each call waits until central answers (it retries while
 * central is not reached) and is safe to repeat.
 * @throws OperationRefusedError when central says no; AbortError when the signal ends the wait
 */
export interface OperationCentral {
  answerWitness(
    version: number,
    algorithm: ManagementKeyAlgorithm,
    witness: Uint8Array,
  ): Promise<{
    readonly exchangeId: string;
    readonly decryptedWitness: Uint8Array;
    readonly challenge: Uint8Array;
  }>;
  checkCardResponse(exchangeId: string, response: Uint8Array): Promise<boolean>;
  certificate(
    slot: Slot,
    publicKey: Uint8Array,
    attestation: Attestation | null,
  ): Promise<CertificateResponse>;
  /** Has an archived key given out for a slot of the image, sealed to this run. */
  releaseKey(slot: Slot): Promise<SealedSecret>;
  intend(secret: SecretKind): Promise<IntentResponse>;
  outcome(secret: SecretKind, version: number, outcome: SecretOutcome): Promise<void>;
  /**
   * Tells central that objects of the image (tags) cannot be on this card: they are no longer part of it.
   * @returns the Security Object without them
   */
  leaveOut(tags: readonly string[]): Promise<Uint8Array>;
  complete(request: CompleteRequest): Promise<OperationResult>;
  /** The run has ended: every wait ends, and nothing more is asked (a certificate that nobody waits for any more). */
  stop(): void;
}

/** Central refused in the middle of an operation; `code` is the stable code of the screen. */
export class OperationRefusedError extends Error {
  override readonly name = 'OperationRefusedError';
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Central's answer to an intent while another secret of the card has no outcome yet (operation.md A). */
export const SECRET_PENDING = 'SE-03-secret-pending';

/**
 * The kiosk's journal: intent before each step, outcome after it. Synchronous; an intent is durable when it returns, an
 * outcome with the next intent at the latest (a step whose outcome was lost is looked at again).
 */
export interface Journal {
  /** A write step is about to be sent to the card. Nothing is written to a card without it. */
  intend(step: StepName): void;
  done(step: StepName): void;
}

/** How long steps take on cards of one family, by kind, against an ordinary card's: 2 is twice as long. Decides nothing. */
export interface PaceMemory {
  /** Null: no such step was seen. */
  paceOf(kind: string): number | null;
  /** Of a card that was finished. Never throws. */
  learn(paces: ReadonlyMap<string, number>): void;
}

/** Stable names of steps (`key:9A`, `certificate:9A`, `object:5FC102`, `pin`, `puk`, `management-key`). */
export type StepName = string;

/** What the screen shows while the card is being written (UX-03). */
export interface Progress {
  readonly phase:
    | 'inspect'
    | 'authenticate'
    | 'pin'
    | 'key'
    | 'import'
    | 'certificate'
    | 'object'
    | 'remove'
    | 'secret'
    | 'verify'
    | 'complete';
  /** Slot or object tag, for the wording. */
  readonly subject: string | null;
  readonly algorithm: KeyAlgorithm | null;
  /** Steps finished and steps in all. */
  readonly done: number;
  readonly total: number;
  /** Expected time that is left, from the steps that are left. */
  readonly remainingMs: number;
}
