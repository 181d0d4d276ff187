import { z } from 'zod';
import type { AcceptedTerms } from '../../flows/walk-up-state.ts';
import {
  type CollectionOpenResponse,
  collectionCompleteRequest,
  collectionOpenRequest,
  collectionOpenResponse,
  collectionStoppedRequest,
} from '../../protocol/collection-token.ts';
import { backoffMs, type Pause } from '../backoff.ts';
import type { CentralAnswer, CentralConnection } from '../central-connection.ts';

export interface CentralByTokenOptions {
  /** Without a certificate. */
  readonly connection: Pick<CentralConnection, 'ask'>;
  readonly pause: Pause;
  /** Of the token, hex. */
  readonly secret: string;
  /** Raw X25519 public key of this run. */
  readonly run: Uint8Array;
  /** As this machine calls itself. */
  readonly machine: string;
}

/** An answer that was lost is asked for again, by the same run: so often. */
const MAX_TRIES = 5;
const LONGEST_NAME = 64;
const NOT_IN_A_NAME = /[^\w.-]/g;

/** Central's routes for one run of one token as methods. Each throws nothing but AbortError, when its own signal ended the wait. */
export class CentralByToken {
  readonly #options: CentralByTokenOptions;

  constructor(options: CentralByTokenOptions) {
    this.#options = options;
  }

  /** The keys, sealed to this run. A refusal for want of accepted terms (RP-19) has them. @param language that they are read in */
  open(
    accepted: AcceptedTerms | null,
    language: string,
    signal: AbortSignal,
  ): Promise<CentralAnswer<CollectionOpenResponse>> {
    const { secret, run: recipientKey, machine } = this.#options;
    const name = machine.replace(NOT_IN_A_NAME, '-').slice(0, LONGEST_NAME) || 'unnamed';
    const answer = { acceptsTerms: accepted?.id ?? null, termsLanguage: accepted?.language ?? language };
    const body = z.encode(collectionOpenRequest, { secret, recipientKey, machine: name, ...answer });
    return this.#ask('/collections/open', body, collectionOpenResponse, signal);
  }

  /** They are where they were wanted. */
  complete(): Promise<CentralAnswer<unknown>> {
    const { secret, run } = this.#options;
    return this.#ask(
      '/collections/complete',
      z.encode(collectionCompleteRequest, { secret, run }),
      z.unknown(),
    );
  }

  /** They are not. */
  stopped(code: string): Promise<CentralAnswer<unknown>> {
    const { secret, run } = this.#options;
    const body = z.encode(collectionStoppedRequest, { secret, run, code });
    return this.#ask('/collections/stopped', body, z.unknown());
  }

  async #ask<T extends z.ZodType>(
    path: string,
    body: unknown,
    response: T,
    signal?: AbortSignal,
  ): Promise<CentralAnswer<z.output<T>>> {
    const { connection, pause } = this.#options;
    for (let tries = 1; ; tries += 1) {
      signal?.throwIfAborted();
      const request = { method: 'POST' as const, path, body, response };
      const answer = await connection.ask(signal ? { ...request, signal } : request);
      if (answer.kind === 'ok' && answer.value) return { kind: 'ok', value: answer.value.body };
      if (answer.kind === 'refused') return answer;
      if (tries === MAX_TRIES)
        return { kind: 'unreachable', why: answer.kind === 'ok' ? 'status 304' : answer.why };
      await pause.sleep(backoffMs(tries, pause.random), signal);
    }
  }
}
