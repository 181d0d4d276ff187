import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { type Head, type LogPiece, readLog } from '../repositories/copy-log.ts';

const compress = promisify(zstdCompress);
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** Below it compression costs more than it saves. */
const WORTH_COMPRESSING = 64 * 1024;

/** Where a kiosk's copy is, and how much it takes at once. */
export interface LogPosition {
  readonly scopeId: string;
  readonly epoch: string;
  readonly revision: number;
  readonly limit: number;
}

/** An answer of the log: JSON as it is sent (`logBatch`). */
export interface Batch {
  readonly head: Head;
  readonly hasRows: boolean;
  readonly json: Buffer;
}

/** @returns undefined when nothing leads from there to now: another epoch, pruned, or a revision that never was */
export async function readBatch(central: Central, position: LogPosition): Promise<Batch | undefined> {
  const { scopeId, epoch, revision, limit } = position;
  const madeAt = toInstant(central.now());
  const piece = await readLog(central.database, scopeId, revision, limit);
  if (!piece || piece.epoch !== epoch || revision < piece.prunedTo || revision > piece.revision)
    return undefined;
  const head = { epoch, revision: piece.revision };
  return { head, hasRows: piece.to > revision, json: batchJson(piece, revision, madeAt) };
}

/** Nothing new up to now. */
export function emptyBatch(central: Central, { epoch, revision }: LogPosition): Buffer {
  const piece = { epoch, revision, to: revision, transactionEnd: revision, rows: '' };
  return batchJson(piece, revision, toInstant(central.now()));
}

/** Null where it is too short to be worth it. */
export async function compressBatch(json: Buffer): Promise<Buffer | null> {
  return json.length < WORTH_COMPRESSING ? null : compress(json, FAST);
}

/** The rows are put in as the database wrote them. */
function batchJson(piece: Omit<LogPiece, 'prunedTo'>, from: number, madeAt: string): Buffer {
  const { epoch, to, transactionEnd, revision: head, rows } = piece;
  const start = JSON.stringify({ epoch, from, to, transactionEnd, head, madeAt });
  return Buffer.from(`${start.slice(0, -1)},"rows":[${rows}]}`);
}
