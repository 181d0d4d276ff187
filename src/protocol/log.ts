import { z } from 'zod';
import * as v from './values.ts';

/**
 * How a kiosk follows central: a snapshot of its scope first (a file, see replica-schema.ts), then the scope's log, waited
 * for. A scope has an epoch, and in it dense revisions: each log row counts one.
 */

const revision = z.int().min(0);

/** `<epoch>.<revision>`: what a copy has. */
export const logPosition = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(0|[1-9][0-9]{0,14})$/);

export const MAX_LOG_ROWS = 20_000;
export const MAX_WAIT_SECONDS = 30;

/** In the place of a scope's id: the scope that the asking kiosk has at central. */
export const MY_SCOPE = 'mine';

/**
 * While a kiosk waits for the log (`wait` > 0), central sends the answer's head at once and then a line feed before the JSON
 * as often as this, from its event loop, as long as it knows the scope's head: so the kiosk sees within a second that
 * central or the network is gone, and that its copy is still central's. When central cannot know the head any more (its
 * database is away) it cuts the connection. Such an answer is not compressed.
 */
export const BEAT_MS = 400;

/**
 * `GET /v1/scopes/:id/log`. Waits up to `wait` seconds when there is nothing new, and then answers with no rows. With
 * `wait=0` the head is read from the database, not from memory: what was committed before the question is in the answer.
 */
export const logQuery = z.object({
  since: logPosition,
  limit: z.coerce.number().int().min(1).max(MAX_LOG_ROWS).default(5000),
  wait: z.coerce.number().int().min(0).max(MAX_WAIT_SECONDS).default(0),
});

/**
 * Revision, kind, primary key, and the row as copy.ts has it (person, card, certificateSummary, profile, reason); null: it
 * is not in this scope any more.
 */
export const logRow = z.tuple(
  // A kiosk passes over kinds that it does not know: what they are for came with another schema of the copy.
  [revision, v.word, z.string(), z.record(z.string(), z.unknown()).nullable()],
  z.unknown(),
);
export type LogRow = z.infer<typeof logRow>;

/**
 * The answer. Rows are `from + 1` … `to`, none missing. A batch ends where a transaction of central's ends, but for one that
 * has more rows than `limit`: then `to < transactionEnd`, and the rest is to be fetched at once. `head`: newest revision.
 * May be compressed as the request's Accept-Encoding says (zstd, gzip).
 */
export const logBatch = z.object({
  epoch: v.id,
  from: revision,
  to: revision,
  transactionEnd: revision,
  head: revision,
  madeAt: v.instant,
  rows: z.array(logRow),
});
export type LogBatch = z.infer<typeof logBatch>;

/** `GET /v1/scopes/:id/snapshot`, `:id` or `mine`. 202 with a Retry-After and a problem (SY-06-snapshot-under-way): ask again. */
export const snapshotQuery = z.object({ schema: z.coerce.number().int().min(1).max(1_000_000) });

/**
 * What `GET /v1/snapshots/<id>` answers: one zstd frame of an SQLite file, whole or by Range with `If-Range: "<id>"`.
 * A newer one may take its place at any time (404 SY-06-no-such-snapshot): ask for the newest, begin anew.
 */
export const snapshot = z.object({
  /** SHA-256 of what is sent, hex. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  /** Bytes as sent. */
  size: z.int().min(1),
  /** Bytes of the SQLite file. */
  fileSize: z.int().min(1),
  scope: v.id,
  epoch: v.id,
  revision,
  schema: z.int().min(1),
  madeAt: v.instant,
});
export type Snapshot = z.infer<typeof snapshot>;

/** Codes of the refusals that a kiosk acts on by itself. */
export const LOG_CODES = {
  /** 410: the epoch is another one, or the log begins later: fetch a snapshot. */
  gone: 'SY-06-copy-gone',
  /** 403: it is not this kiosk's scope. */
  notYours: 'SY-01-not-your-scope',
  /** 400: central makes no snapshots of this schema: the kiosk's program is too old or too new. */
  schema: 'SY-06-unknown-schema',
  /** 202: it is being made. */
  underWay: 'SY-06-snapshot-under-way',
  /** 404: it was replaced by a newer one, or another central has made it. */
  noSnapshot: 'SY-06-no-such-snapshot',
} as const;
