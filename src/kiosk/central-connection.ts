import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Terms } from '../protocol/operation.ts';
import { type Problem, problem } from '../protocol/problem.ts';
import { PROTOCOL_PATH } from '../protocol/version.ts';
import { CentralLine } from './central-line.ts';
import { IdentityFile } from './identity-file.ts';

/** What came of asking central. `unreachable`: no answer that is central's; asking again later may help. */
export type CentralAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      /** Of a wrong one-time code. */
      readonly triesLeft?: number;
      /** To be accepted first, where nobody else shows them (RP-19). */
      readonly terms?: Terms;
    }
  | {
      readonly kind: 'unreachable';
      readonly why: string;
      /** Central is there, and has said that it will take this later. */
      readonly later?: { readonly code: string; readonly seconds: number };
    };

/** The same answer with what is made of its value. */
export function mapAnswer<A, B>(answer: CentralAnswer<A>, make: (value: A) => B): CentralAnswer<B> {
  return answer.kind === 'ok' ? { kind: 'ok', value: make(answer.value) } : answer;
}

/** What goes out, whatever comes back. */
interface Outgoing {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the path of the protocol: `/proofs`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A request whose answer is JSON. */
export interface CentralRequest<T extends z.ZodType> extends Outgoing {
  readonly response: T;
  readonly maxBytes?: number;
  /** For the whole of it. Default: ten seconds. */
  readonly timeoutMs?: number;
}

/** Null: 304. */
type Answered<T extends z.ZodType> = { readonly body: z.output<T>; readonly etag: string | null } | null;

/** A request whose answer whoever asks reads piece by piece. */
export interface StreamRequest extends Outgoing {
  /** The longest silence, before the answer and in it. */
  readonly silenceMs: number;
}

/** An answer that has begun with 2xx. Its body is read to the end, or destroyed. */
export interface StreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/** Where central is, and as whom this kiosk asks. */
export interface CentralAddress {
  /** `https://central.example:8443`, with or without a path. */
  readonly url: string;
  /** `identity.pem`; read again when it is replaced. */
  readonly identityFile: string;
  readonly timeoutMs?: number;
}

/** An answer of central's that is not what the protocol says. */
const NOT_UNDERSTOOD = 'SE-07-bad-request';
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_PROBLEM_BYTES = 64 * 1024;
/** What says "not now" rather than "no", besides everything from 500 on. */
const TRANSIENT = [408, 425, 429];

/** Questions to one central over TLS. Nothing in here throws but AbortError when the caller's own signal ended the wait. */
export class CentralConnection {
  readonly #line: CentralLine;
  readonly #timeoutMs: number;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param line shared with another connection to the same central */
  constructor(address: CentralAddress, line?: CentralLine, headers: Readonly<Record<string, string>> = {}) {
    this.#line = line ?? new CentralLine(address.url, new IdentityFile(address.identityFile));
    this.#timeoutMs = address.timeoutMs ?? TIMEOUT_MS;
    this.#headers = headers;
  }

  /** The same line to central; these headers too go with every request. */
  withHeaders(address: CentralAddress, headers: Readonly<Record<string, string>>): CentralConnection {
    return new CentralConnection(address, this.#line, { ...this.#headers, ...headers });
  }

  /** Ends what is under way. */
  close(): Promise<void> {
    return this.#line.close();
  }

  /** Sends one request and checks its answer. A 304 is `ok` with null for whoever asked for it. */
  async ask<T extends z.ZodType>(request: CentralRequest<T>): Promise<CentralAnswer<Answered<T>>> {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? this.#timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    return this.#exchange<Answered<T>>(request, signal, undefined, async (response) => {
      if (response.statusCode === 304) {
        await response.body.dump();
        return { kind: 'ok', value: null };
      }
      const json = parseJson(await readText(response.body, request.maxBytes ?? MAX_BYTES));
      const read = request.response.safeDecode(json as z.input<T>);
      if (!read.success) return notUnderstood(`${request.path}: ${z.prettifyError(read.error)}`);
      const { etag } = response.headers;
      return { kind: 'ok', value: { body: read.data, etag: typeof etag === 'string' ? etag : null } };
    });
  }

  /** Sends one request; the answer's head is checked, its body is not read yet. What breaks later throws from the body. */
  stream(request: StreamRequest): Promise<CentralAnswer<StreamAnswer>> {
    return this.#exchange(request, request.signal, request.silenceMs, async (response) => {
      const { statusCode: status, headers, body } = response;
      return { kind: 'ok', value: { status, headers, body } };
    });
  }

  /** What every answer has in common; `take` gets one that is 2xx or 304. */
  async #exchange<T>(
    request: Outgoing,
    signal: AbortSignal | undefined,
    silenceMs: number | undefined,
    take: (response: Dispatcher.ResponseData) => Promise<CentralAnswer<T>>,
  ): Promise<CentralAnswer<T>> {
    try {
      request.signal?.throwIfAborted();
      const dispatcher = this.#line.dispatcher();
      const { bar } = this.#line;
      if (bar) return { kind: 'refused', ...bar };
      const response = await this.#send(dispatcher, request, signal, silenceMs);
      const { statusCode: status } = response;
      if (status === 304 || (status >= 200 && status < 300)) {
        this.#line.heard(null);
        return await take(response);
      }
      const said = await readProblem(response);
      this.#line.heard(said);
      if (status >= 500 || status < 400 || TRANSIENT.includes(status)) {
        const seconds = Number(response.headers['retry-after'] ?? 0);
        const isLater = status === 429 && said !== null && Number.isFinite(seconds);
        const why = `status ${status}`;
        return { kind: 'unreachable', why, ...(isLater && { later: { code: said.code, seconds } }) };
      }
      return said ? { kind: 'refused', ...said } : notUnderstood(`${request.path}: status ${status}`);
    } catch (error) {
      request.signal?.throwIfAborted();
      return { kind: 'unreachable', why: reasonOf(error) };
    }
  }

  #send(
    dispatcher: Dispatcher,
    request: Outgoing,
    signal: AbortSignal | undefined,
    silenceMs = 0,
  ): Promise<Dispatcher.ResponseData> {
    const { origin, basePath } = this.#line;
    const hasBody = request.body !== undefined;
    return dispatcher.request({
      origin,
      path: `${basePath}${PROTOCOL_PATH}${request.path}`,
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...this.#headers,
        ...request.headers,
      },
      ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
      ...{ headersTimeout: silenceMs, bodyTimeout: silenceMs },
      ...(signal && { signal }),
    });
  }
}

/** Null for what is none. */
async function readProblem(response: Dispatcher.ResponseData): Promise<Problem | null> {
  const text = await readText(response.body, MAX_PROBLEM_BYTES);
  const said = problem.safeParse(parseJson(text));
  return said.success ? said.data : null;
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

/** What is longer ends the connection. */
async function readText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
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
