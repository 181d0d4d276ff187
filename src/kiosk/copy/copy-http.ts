import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { LOG_CODES, logBatch, MY_SCOPE, type Snapshot, snapshot } from '../../protocol/log.ts';
import { problem } from '../../protocol/problem.ts';
import { REPLICA_SCHEMA } from '../../protocol/replica-schema.ts';
import { PROTOCOL_PATH } from '../../protocol/version.ts';
import type { CentralAddress } from '../central-connection.ts';
import { CentralLine } from '../central-line.ts';
import { IdentityFile } from '../identity-file.ts';
import type { SentBatch } from './checked-rows.ts';
import type { Silence } from './silence.ts';

/** No answer that helps now; asking again later may. */
export class CentralAwayError extends Error {
  override readonly name = 'CentralAwayError';
  /** Not before this long has gone by, as central says. */
  readonly retryAfterMs: number;
  constructor(path: string, why: string, retryAfterMs = 0, options?: ErrorOptions) {
    super(`ask central for ${path}: ${why}`, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Central says no, with its stable code. */
export class CentralRefusedError extends Error {
  override readonly name = 'CentralRefusedError';
  readonly code: string;
  constructor(path: string, code: string, message: string) {
    super(`ask central for ${path}: ${code}: ${message}`);
    this.code = code;
  }
}

/** An answer that is not what the protocol says. */
export class NotUnderstoodError extends Error {
  override readonly name = 'NotUnderstoodError';
}

/** An answer longer than is taken: fewer rows are to be asked for. */
export class AnswerTooLongError extends Error {
  override readonly name = 'AnswerTooLongError';
  constructor(path: string, options?: ErrorOptions) {
    super(`ask central for ${path}: the answer is too long; less is asked for`, options);
  }
}

export interface LogQuestion {
  readonly scope: string;
  readonly epoch: string;
  readonly revision: number;
  readonly limit: number;
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
  /** Central, which is waiting, says that there is still nothing new. */
  onBeat?(): void;
}

type Answer = Dispatcher.ResponseData;

/**
 * The longest answer that is taken into memory, as sent and unpacked. JSON can be thirty times as large in memory, and a
 * thread that runs out of memory in the midst of parsing takes its whole process with it.
 */
const MAX_BYTES = 6 * 1024 * 1024;
/** A central that says nothing for this long will not say anything any more. */
const DEAF_MS = 5_000;
const MAX_RETRY_AFTER_MS = 60_000;
const LINE_FEED = 0x0a;
const TRANSIENT = [408, 425, 429];
const unpack = promisify(zstdDecompress);
/** Rows are looked at one by one when they are applied: a copy of each would cost as much as all the rest. */
const envelope = logBatch.omit({ rows: true });

/**
 * The questions of sync. Each throws CentralAwayError, CentralRefusedError, NotUnderstoodError, AnswerTooLongError, or
 * AbortError by its signal.
 */
export class CopyHttp {
  readonly #silence: Silence;
  readonly #line: CentralLine;

  /** @param onRefusedAs told when central begins or ceases to refuse this kiosk for what it is */
  constructor(address: CentralAddress, silence: Silence, onRefusedAs: (code: string | null) => void) {
    this.#line = new CentralLine(address.url, new IdentityFile(address.identityFile), onRefusedAs);
    this.#silence = silence;
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  /** What came after a position of this scope. */
  async log(question: LogQuestion): Promise<SentBatch> {
    const { scope, epoch, revision, limit, waitSeconds, signal, onBeat } = question;
    const since = `${epoch}.${revision}`;
    const path = `/scopes/${scope}/log?since=${since}&limit=${limit}&wait=${waitSeconds}`;
    const headers = waitSeconds === 0 ? { 'accept-encoding': 'zstd' } : undefined;
    const json = await this.#json(path, { headers, signal, onBeat });
    return { ...understand(envelope, json, path), rows: rowsOf(json, path) };
  }

  /** The newest snapshot of this kiosk's own scope. */
  async snapshot(signal: AbortSignal): Promise<Snapshot> {
    const path = `/scopes/${MY_SCOPE}/snapshot?schema=${REPLICA_SCHEMA}`;
    return understand(snapshot, await this.#json(path, { signal }), path);
  }

  /** The bytes of a snapshot from one on. `start` is 0 when central sends it from the beginning all the same. */
  async bytes<T>(
    { id, size }: Snapshot,
    from: number,
    signal: AbortSignal,
    take: (start: number, bytes: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const path = `/snapshots/${id}`;
    const headers = from > 0 ? { range: `bytes=${from}-`, 'if-range': `"${id}"` } : undefined;
    return this.#ask(path, { headers, signal }, (answer) => {
      const isPart = answer.statusCode === 206;
      if (isPart && answer.headers['content-range'] !== `bytes ${from}-${size - 1}/${size}`)
        throw new NotUnderstoodError(`ask central for ${path}: another range than asked for`);
      return take(isPart ? from : 0, this.#heard(answer));
    });
  }

  async #json(path: string, options: AskOptions): Promise<unknown> {
    return this.#ask(path, options, async (answer) => {
      const bytes = await collect(path, this.#heard(answer, options.onBeat));
      return parse(path, await decoded(path, answer, bytes));
    });
  }

  async #ask<T>(path: string, options: AskOptions, take: (answer: Answer) => Promise<T>): Promise<T> {
    this.#silence.asks();
    try {
      const answer = await this.#request(path, options);
      if (answer.statusCode !== 200 && answer.statusCode !== 206) throw await this.#refusal(path, answer);
      this.#line.heard(null);
      return await take(answer);
    } catch (error) {
      options.signal.throwIfAborted();
      throw this.#judged(path, error);
    } finally {
      this.#silence.ends();
    }
  }

  async #request(path: string, { headers, signal }: AskOptions): Promise<Answer> {
    const dispatcher = this.#line.dispatcher();
    const { bar, origin, basePath } = this.#line;
    if (bar) throw new CentralRefusedError(path, bar.code, bar.message);
    return dispatcher.request({
      ...{ method: 'GET', origin, path: `${basePath}${PROTOCOL_PATH}${path}` },
      headers: { accept: 'application/json', ...headers },
      ...{ headersTimeout: DEAF_MS, bodyTimeout: DEAF_MS, signal },
    });
  }

  /** Says each time that central was heard; of bytes before the JSON, that it beats. */
  async *#heard({ body }: Answer, onBeat?: () => void): AsyncGenerator<Uint8Array> {
    this.#silence.heard();
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      this.#silence.heard();
      if (onBeat && chunk.every((byte) => byte === LINE_FEED)) onBeat();
      else yield chunk;
    }
  }

  async #refusal(path: string, answer: Answer): Promise<Error> {
    const { statusCode, headers } = answer;
    const said = problem.safeParse(tolerantParse(await collect(path, this.#heard(answer))));
    if (!said.success) return new CentralAwayError(path, `status ${statusCode}`, retryAfterMs(headers));
    const { code, message } = said.data;
    this.#line.heard(said.data);
    const isTransient = statusCode === 202 || statusCode >= 500 || TRANSIENT.includes(statusCode);
    if (isTransient) return new CentralAwayError(path, code, retryAfterMs(headers));
    return new CentralRefusedError(path, code, message);
  }

  /** Central is reached whatever it says, but for not being able to say it. */
  #judged(path: string, error: unknown): unknown {
    if (error instanceof CentralRefusedError || error instanceof AnswerTooLongError) return error;
    if (error instanceof CentralAwayError) {
      if (!error.message.endsWith(LOG_CODES.underWay)) this.#silence.lost();
      return error;
    }
    this.#silence.lost();
    if (error instanceof NotUnderstoodError) return error;
    if (!isOfNetwork(error)) return error;
    return new CentralAwayError(path, error.message || error.code, 0, { cause: error });
  }
}

interface AskOptions {
  readonly signal: AbortSignal;
  readonly headers?: Record<string, string>;
  onBeat?(): void;
}

/** undici's and Node's errors of connections have a code. */
function isOfNetwork(error: unknown): error is Error & { code: string } {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
}

async function collect(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new AnswerTooLongError(path);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decoded(path: string, { headers }: Answer, bytes: Buffer): Promise<Buffer> {
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return bytes;
  if (encoding !== 'zstd') throw new NotUnderstoodError(`ask central for ${path}: unasked encoding`);
  try {
    return await unpack(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new AnswerTooLongError(path, { cause });
    throw new NotUnderstoodError(`ask central for ${path}: the answer cannot be unpacked`, { cause });
  }
}

function parse(path: string, bytes: Buffer): unknown {
  const json = tolerantParse(bytes);
  if (json === undefined) throw new NotUnderstoodError(`ask central for ${path}: the answer is no JSON`);
  return json;
}

function tolerantParse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function understand<T extends z.ZodType>(schema: T, json: unknown, path: string): z.output<T> {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new NotUnderstoodError(`ask central for ${path}: ${z.prettifyError(read.error).slice(0, 500)}`);
}

function rowsOf(json: unknown, path: string): unknown[] {
  const { rows } = json as { readonly rows?: unknown };
  if (Array.isArray(rows)) return rows;
  throw new NotUnderstoodError(`ask central for ${path}: rows: expected array`);
}

function retryAfterMs(headers: Answer['headers']): number {
  const seconds = Number(headers['retry-after'] ?? 0);
  return seconds > 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : 0;
}
