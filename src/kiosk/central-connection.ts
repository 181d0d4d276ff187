import { z } from 'zod';
import { problem } from '../protocol/problem.ts';
import { PROTOCOL_PATH } from '../protocol/version.ts';

/** What came of asking central. `unreachable`: no answer that is central's; asking again later may help. */
export type CentralAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      /** Of a wrong one-time code. */
      readonly triesLeft?: number;
    }
  | { readonly kind: 'unreachable'; readonly why: string };

/** A request as it goes out. */
export interface CentralRequest<T extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** Below the path of the protocol: `/proofs`. */
  readonly path: string;
  readonly body?: unknown;
  readonly response: T;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly maxBytes?: number;
}

/** Where central is, and as whom this kiosk asks. */
export interface CentralAddress {
  /** `https://central.example:8443`, with or without a path. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs?: number;
  /** For every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of central's that is not what the protocol says. */
const NOT_UNDERSTOOD = 'SE-07-bad-request';
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;
/** What says "not now" rather than "no", besides everything from 500 on. */
const TRANSIENT = [408, 425, 429];

/** HTTP to one central. Nothing in here throws but AbortError when the caller's own signal ended the wait. */
export class CentralConnection {
  readonly #address: CentralAddress;

  constructor(address: CentralAddress) {
    this.#address = address;
  }

  /** Sends one request and checks its answer. A 304 is `ok` with null for whoever asked for it. */
  async ask<T extends z.ZodType>(
    request: CentralRequest<T>,
  ): Promise<CentralAnswer<{ readonly body: z.output<T>; readonly etag: string | null } | null>> {
    const { signal } = request;
    try {
      const response = await this.#fetch(request);
      if (response.status === 304) return { kind: 'ok', value: null };
      if (response.status >= 500 || TRANSIENT.includes(response.status)) {
        await response.body?.cancel();
        return { kind: 'unreachable', why: `status ${response.status}` };
      }
      const text = await readText(response, request.maxBytes ?? MAX_BYTES);
      return understand(request, response, text);
    } catch (error) {
      signal?.throwIfAborted();
      return { kind: 'unreachable', why: reasonOf(error) };
    }
  }

  #fetch(request: CentralRequest<z.ZodType>): Promise<Response> {
    const { url, token, timeoutMs = TIMEOUT_MS, headers } = this.#address;
    const timeout = AbortSignal.timeout(timeoutMs);
    const hasBody = request.body !== undefined;
    return fetch(`${url.replace(/\/$/, '')}${PROTOCOL_PATH}${request.path}`, {
      method: request.method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...headers,
        ...request.headers,
      },
      ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
      redirect: 'error',
      signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
    });
  }
}

function understand<T extends z.ZodType>(
  request: CentralRequest<T>,
  response: Response,
  text: string,
): CentralAnswer<{ body: z.output<T>; etag: string | null }> {
  const json = parseJson(text);
  if (response.ok) {
    const read = request.response.safeDecode(json as z.input<T>);
    if (read.success) {
      return { kind: 'ok', value: { body: read.data, etag: response.headers.get('etag') } };
    }
    return notUnderstood(`${request.path}: ${z.prettifyError(read.error)}`);
  }
  const said = problem.safeParse(json);
  if (said.success) return { kind: 'refused', ...said.data };
  return notUnderstood(`${request.path}: status ${response.status}`);
}

function notUnderstood(message: string): CentralAnswer<never> {
  return { kind: 'refused', code: NOT_UNDERSTOOD, message: `ask central ${message}` };
}

/** undefined for what is not JSON; an empty body is undefined too. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : null;
  return cause ? `${error.message}: ${cause}` : error.message;
}
