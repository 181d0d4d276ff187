import type { ManagementKeyAlgorithm, Slot } from '../domain/slot.ts';
import { type Attestation, type OperationCentral, OperationRefusedError } from '../encoder/ports.ts';
import type { CompleteRequest, OperationResult, SecretOutcome } from '../protocol/operation.ts';
import type { SecretKind } from '../protocol/values.ts';
import { backoffMs, type Pause } from './backoff.ts';
import type { CentralClient } from './central-client.ts';
import type { CentralAnswer } from './central-connection.ts';

export interface OperationCentralOptions {
  readonly client: CentralClient;
  readonly operationId: string;
  readonly pause: Pause;
  /** Ends every wait. */
  readonly signal: AbortSignal;
  /** Told when the operation begins to wait for central, and when it goes on (SY-03). */
  onWaiting(waits: boolean): void;
}

/** An answer that takes so long is waited for in sight (UX-06): a hung connection tells nothing by itself. */
const NOTICED_AFTER_MS = 1000;

/** Central for one operation under way: waits for it, card in, for as long as it cannot be reached. */
export class WaitingOperationCentral implements OperationCentral {
  readonly #options: OperationCentralOptions;
  readonly #stop = new AbortController();
  #waiting = 0;

  constructor(options: OperationCentralOptions) {
    this.#options = { ...options, signal: AbortSignal.any([options.signal, this.#stop.signal]) };
  }

  stop(): void {
    this.#stop.abort();
  }

  answerWitness(version: number, algorithm: ManagementKeyAlgorithm, witness: Uint8Array) {
    return this.#insist('answer witness', ({ client, operationId, signal }) =>
      client.witness(operationId, { version, algorithm, witness }, signal),
    );
  }

  async checkCardResponse(exchangeId: string, response: Uint8Array): Promise<boolean> {
    const checked = await this.#insist('check card response', ({ client, operationId, signal }) =>
      client.cardResponse(operationId, { exchangeId, response }, signal),
    );
    return checked.isAuthenticated;
  }

  certificate(slot: Slot, publicKey: Uint8Array, attested: Attestation | null) {
    const attestation = attested?.certificate ?? null;
    const attestationChain = [...(attested?.chain ?? [])];
    return this.#insist(`request certificate for ${slot}`, ({ client, operationId, signal }) =>
      client.certificate(operationId, { slot, publicKey, attestation, attestationChain }, signal),
    );
  }

  releaseKey(slot: Slot) {
    return this.#insist(`release key for ${slot}`, ({ client, operationId, signal }) =>
      client.releaseKey(operationId, slot, signal),
    );
  }

  intend(secret: SecretKind) {
    return this.#insist(`record intent for ${secret}`, ({ client, operationId, signal }) =>
      client.intent(operationId, { secret }, signal),
    );
  }

  async outcome(secret: SecretKind, version: number, outcome: SecretOutcome): Promise<void> {
    await this.#insist(`record outcome for ${secret}`, ({ client, operationId, signal }) =>
      client.outcome(operationId, { secret, version, outcome }, signal),
    );
  }

  async leaveOut(tags: readonly string[]): Promise<Uint8Array> {
    const { securityObject } = await this.#insist('leave objects out', ({ client, operationId, signal }) =>
      client.leaveOut(operationId, { tags: [...tags] }, signal),
    );
    return securityObject;
  }

  complete(request: CompleteRequest): Promise<OperationResult> {
    return this.#insist('complete operation', ({ client, operationId, signal }) =>
      client.complete(operationId, request, signal),
    );
  }

  async #insist<T>(
    intent: string,
    ask: (options: OperationCentralOptions) => Promise<CentralAnswer<T>>,
  ): Promise<T> {
    const { pause, signal } = this.#options;
    let failures = 0;
    let isNoticed = false;
    const notice = () => {
      if (!isNoticed) this.#wait(1);
      isNoticed = true;
    };
    try {
      for (;;) {
        signal.throwIfAborted();
        const slow = setTimeout(notice, NOTICED_AFTER_MS);
        const answer = await ask(this.#options).finally(() => clearTimeout(slow));
        if (answer.kind === 'ok') return answer.value;
        if (answer.kind === 'refused') {
          throw new OperationRefusedError(answer.code, `${intent}: ${answer.message}`);
        }
        failures += 1;
        notice();
        await pause.sleep(backoffMs(failures, pause.random), signal);
      }
    } finally {
      if (isNoticed) this.#wait(-1);
    }
  }

  /** Certificates are fetched beside other calls: the operation waits as long as any of them does. */
  #wait(change: 1 | -1): void {
    const before = this.#waiting > 0;
    this.#waiting += change;
    const waits = this.#waiting > 0;
    if (waits !== before) this.#options.onWaiting(waits);
  }
}
