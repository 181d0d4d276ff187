import type { CardCapabilities } from '../domain/capabilities.ts';
import type { Slot } from '../domain/slot.ts';
import type { PivSession } from '../piv/session.ts';
import { CommandRefusedError, SecurityStatusError } from '../piv/status-word.ts';
import type {
  CompleteRequest,
  ImageKey,
  KeyChallenge,
  KeyProof,
  OperationPlan,
  OperationResult,
} from '../protocol/operation.ts';
import type { EncodeRequest } from './encode-request.ts';
import type { OperationCentral, StepName } from './ports.ts';
import { expectedSteps, ProgressMeter, type ProgressStep } from './progress.ts';

/** A key as it is on the card in this run. */
export interface PlacedKey {
  readonly key: ImageKey;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly challenge: KeyChallenge | null;
}

/** An object as it shall read back; empty content: it is gone. */
export interface ExpectedObject {
  readonly tag: number;
  readonly step: StepName;
  /** Slot or tag, for the progress. */
  readonly subject: string;
  readonly content: Uint8Array;
  /** A certificate that is stored compressed. */
  readonly isCompressed?: boolean;
}

/** What the steps of one run share. Every command that changes the card passes through `write` or `tryWrite`. */
export class Run {
  readonly session: PivSession;
  readonly request: EncodeRequest;
  readonly progress: ProgressMeter;
  readonly placed = new Map<Slot, PlacedKey>();
  readonly proofs = new Map<Slot, KeyProof>();
  readonly expected: ExpectedObject[] = [];
  readonly leftoverKeys: Slot[] = [];
  /** Data object tags (hex) that the card would not take. */
  readonly unwritableObjects = new Set<string>();
  /** Tags that were emptied for want of room, and not written since. */
  readonly emptied = new Set<number>();
  /** What objects were found to hold in this run, by tag, unless they were written since. */
  readonly seen = new Map<number, Uint8Array>();
  /** What was written ahead of its turn, by tag, so that it is sure to have room. */
  readonly writtenAhead = new Map<number, Uint8Array>();
  /** What the card has shown of its keys in this run, unless they were changed since; null: nothing. */
  readonly shownKeys = new Map<Slot, Uint8Array | null>();
  /** Slots that were empty and got an archived key in this run. */
  readonly filledSlots: Slot[] = [];
  /** A key or an object was written in the place of another one. */
  hasReplaced = false;
  /** Tags of what has been read back and is as it shall be. */
  readonly readBackTags = new Set<number>();
  /** Between the card's attestations and their root, DER; null: not read yet. */
  attestationChain: readonly Uint8Array[] | null = null;
  /** Version of the management key that authenticated. */
  managementKeyVersion: number | null = null;
  /** The PUK has been changed, or found out about, in this run. */
  isPukSettled = false;
  #isPinVerified = false;

  constructor(
    request: EncodeRequest,
    session: PivSession,
    steps: readonly ProgressStep[] = expectedSteps(request.plan, request.pin.isKept),
  ) {
    this.request = request;
    this.session = session;
    const now = request.now ? () => request.now!() : () => performance.now();
    this.progress = new ProgressMeter(
      steps,
      (progress) => request.onProgress(progress),
      now,
      (kind) => (request.paces ? request.paces.paceOf(kind) : null),
    );
  }

  get capabilities(): CardCapabilities {
    return this.request.capabilities;
  }

  get plan(): OperationPlan {
    return this.request.plan;
  }

  get central(): OperationCentral {
    return this.request.central;
  }

  /** Remembers how an object has to read back; what was expected of it before no longer counts. */
  expect(object: ExpectedObject): void {
    const at = this.expected.findIndex(({ tag }) => tag === object.tag);
    if (at >= 0) this.expected.splice(at, 1);
    this.expected.push(object);
    this.readBackTags.delete(object.tag);
    if (object.content.length > 0) this.emptied.delete(object.tag);
  }

  /** Replaces what an object holds; empty content deletes it. Called within `write` or `tryWrite`. */
  putObject(tag: number, content: Uint8Array): Promise<void> {
    this.seen.delete(tag);
    this.writtenAhead.delete(tag);
    return this.session.putObject(tag, content);
  }

  /** Sends a command that changes the card, within its step in the journal. */
  async write<T>(step: StepName, command: () => Promise<T>): Promise<T> {
    this.#begin(step);
    const result = await command();
    this.request.journal.done(step);
    return result;
  }

  /**
   * Like `write`, for what the card may refuse: answers with the refusal (CardFullError too), or null when it was done.
   * @throws all that is no refusal
   */
  async tryWrite(step: StepName, command: () => Promise<unknown>): Promise<CommandRefusedError | null> {
    this.#begin(step);
    let refusal: CommandRefusedError | null = null;
    try {
      await command();
    } catch (error) {
      if (!(error instanceof CommandRefusedError)) throw error;
      refusal = error;
    }
    this.request.journal.done(step);
    return refusal;
  }

  /** Central's last word. What the steps took is remembered, unless some of them were done by a run before this one. */
  async complete(request: CompleteRequest): Promise<OperationResult> {
    this.progress.begin('complete', null);
    const result = await this.central.complete(request);
    const paces = this.progress.end();
    if (!this.plan.isResumed) this.request.paces?.learn(paces);
    return result;
  }

  /** Sends VERIFY with the PIN that the card has from this run on. @throws WrongPinError, PinBlockedError */
  async verifyPin(): Promise<void> {
    await this.session.verifyPin(this.request.pin.next);
    this.#isPinVerified = true;
  }

  /** Reads an object, with the PIN where the card wants it (fingerprints, facial image, printed information, iris). */
  async readObject(tag: number): Promise<Uint8Array | null> {
    try {
      return await this.session.object(tag);
    } catch (error) {
      if (!(error instanceof SecurityStatusError)) throw error;
      await this.verifyPin();
      return this.session.object(tag);
    }
  }

  /** Uses a private key with the PIN verified as its slot wants it: 9C before each use, 9E never, the others once. */
  async usingKey<T>(slot: Slot, use: () => Promise<T>): Promise<T> {
    if (slot === '9E') return use();
    if (slot === '9C' || !this.#isPinVerified) {
      await this.verifyPin();
      return use();
    }
    try {
      return await use();
    } catch (error) {
      if (!(error instanceof SecurityStatusError)) throw error;
      await this.verifyPin();
      return use();
    }
  }

  #begin(step: StepName): void {
    this.request.signal.throwIfAborted();
    this.request.journal.intend(step);
    const [kind, slot] = step.split(':');
    if (kind === 'key') this.shownKeys.delete(slot as Slot);
  }
}
