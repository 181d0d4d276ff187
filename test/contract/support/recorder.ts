/** What goes over the line between kiosk and central, heard at the kiosk's end, with nothing in it that is secret or chance. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { RUN_HEADER } from '../../../src/protocol/operation.ts';
import { ROUTES, routeOf } from './routes.ts';

/** One question and its answer. */
export interface Exchange {
  /** `POST /operations/:id/witness`; the path as it was sent is below. */
  readonly route: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: unknown;
  readonly status: number;
  readonly answerHeaders: Readonly<Record<string, string>>;
  /** Text where it is no JSON. */
  readonly answer: unknown;
}

const SENT_HEADERS: readonly string[] = [
  'accept',
  'accept-encoding',
  'content-type',
  'range',
  'if-range',
  RUN_HEADER,
];
const GOT_HEADERS: readonly string[] = [
  'content-type',
  'content-encoding',
  'content-range',
  'etag',
  'retry-after',
];
/** What bytes are recorded as: ASCII digits, which are bytes of every kind that the protocol has. */
const FILL = 0x30;

/** undici's request, as far as its channels tell of it. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: unknown;
}
interface Told {
  readonly request: Sent;
  readonly response: { readonly statusCode: number; readonly headers: readonly Uint8Array[] };
  readonly chunk: Uint8Array;
}

export class Recorder {
  /** By what the kiosk was doing. */
  readonly exchanges = new Map<string, Exchange[]>();
  #doing = '';
  readonly #open = new Map<Sent, { status: number; headers: readonly string[]; chunks: Uint8Array[] }>();
  readonly #names = new Map<string, string>();
  readonly #listeners: readonly [string, (message: unknown) => void][] = [
    ['undici:request:headers', (message) => this.#begins(message as Told)],
    ['undici:request:bodyChunkReceived', (message) => this.#goesOn(message as Told)],
    ['undici:request:trailers', (message) => this.#ends(message as Told)],
  ];

  start(): void {
    for (const [name, listener] of this.#listeners) subscribe(name, listener);
  }

  stop(): void {
    for (const [name, listener] of this.#listeners) unsubscribe(name, listener);
  }

  /** What is heard from now on is of this. */
  now(doing: string): void {
    this.#doing = doing;
    this.exchanges.set(doing, this.exchanges.get(doing) ?? []);
  }

  all(): readonly Exchange[] {
    return [...this.exchanges.values()].flat();
  }

  #begins({ request, response }: Told): void {
    const headers = response.headers.map((one) => Buffer.from(one).toString('latin1'));
    this.#open.set(request, { status: response.statusCode, headers, chunks: [] });
  }

  #goesOn({ request, chunk }: Told): void {
    this.#open.get(request)?.chunks.push(Uint8Array.from(chunk));
  }

  #ends({ request }: Told): void {
    const got = this.#open.get(request);
    this.#open.delete(request);
    // Not yet: the same is asked again.
    if (!got || got.status === 202) return;
    const route = routeOf(request.method, request.path);
    const { request: asked = null, answer: said = null } = ROUTES[route] ?? {};
    const answerHeaders = chosen(got.headers, GOT_HEADERS);
    const isRefusal = got.status >= 400;
    const body =
      request.body === null ? null : JSON.parse(Buffer.from(request.body as Uint8Array).toString());
    this.exchanges.get(this.#doing)?.push({
      route,
      ...{ path: this.#plain(request.path), headers: this.#plainAll(chosen(request.headers, SENT_HEADERS)) },
      ...{ request: this.#clean(asked, body), status: got.status },
      answerHeaders: this.#plainAll(answerHeaders),
      answer: this.#clean(isRefusal ? null : said, contentOf(got.chunks, answerHeaders)),
    });
  }

  /** Bytes are known by the schema; what else is of chance, by its form. */
  #clean(schema: z.ZodType | null, json: unknown): unknown {
    if (schema === null || json === null) return this.#tidy(json);
    const read = schema.safeDecode(json as never);
    if (!read.success) return this.#tidy(json);
    return this.#tidy(z.encode(schema, filled(read.data) as never));
  }

  #tidy(value: unknown): unknown {
    if (typeof value === 'string') return this.#plain(value);
    if (Array.isArray(value)) return value.map((one) => this.#tidy(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        // The secret part of a token, and what names a session; elsewhere it is the name of one.
        (name === 'secret' || name === 'token') && String(one).length > 20
          ? '0'.repeat(String(one).length)
          : this.#tidy(one),
      ]),
    );
  }

  #plainAll(headers: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, this.#plain(value)]));
  }

  #plain(text: string): string {
    return text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, (id) => this.#nameOf(id))
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?/g, (_, ms) => `2026-11-22T12:00:00${ms ? '.000' : ''}`)
      .replace(/\b[0-9a-f]{30,}\b/gi, (hex) => '0'.repeat(hex.length));
  }

  /** Ids in the order in which they were heard first. */
  #nameOf(id: string): string {
    const next = `00000000-0000-4000-8000-${String(this.#names.size + 1).padStart(12, '0')}`;
    const name = this.#names.get(id) ?? next;
    this.#names.set(id, name);
    return name;
  }
}

function contentOf(chunks: readonly Uint8Array[], headers: Readonly<Record<string, string>>): unknown {
  const bytes = Buffer.concat(chunks);
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) return `${type}: ${bytes.length > 0 ? 'bytes' : 'nothing'}`;
  const plain = headers['content-encoding'] === 'zstd' ? zstdDecompressSync(bytes) : bytes;
  return JSON.parse(plain.toString());
}

function chosen(flat: readonly string[], names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = flat[i]!.toLowerCase();
    if (names.includes(name)) found[name] = flat[i + 1]!;
  }
  return found;
}

function filled(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value.length).fill(FILL);
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]));
}
