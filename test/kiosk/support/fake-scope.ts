import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { CopyKind } from '../../../src/domain/copy-kind.ts';
import { checkBatch } from '../../../src/kiosk/copy/checked-rows.ts';
import { RowWriter } from '../../../src/kiosk/copy/row-writer.ts';
import * as wire from '../../../src/protocol/copy.ts';
import {
  BEAT_MS,
  LOG_CODES,
  type LogBatch,
  type LogRow,
  logQuery,
  type Snapshot,
} from '../../../src/protocol/log.ts';
import { REPLICA_INDEXES, REPLICA_SCHEMA, REPLICA_TABLES } from '../../../src/protocol/replica-schema.ts';

/** Everything that a kiosk may see. */
export type ScopeData = Pick<wire.Copy, 'people' | 'cards' | 'certificates' | 'profiles' | 'reasons'>;

/** A snapshot as it is sent. */
interface MadeSnapshot {
  readonly announced: Snapshot;
  readonly bytes: Uint8Array;
}

/** A scope at central, in memory: its log, its snapshots, and who waits for news. Fields are there to be spoilt by tests. */
export class FakeScope {
  readonly id = randomUUID();
  epoch: string = randomUUID();
  /** Of its snapshots and batches. */
  madeAt = () => `${new Date().toISOString().slice(0, 19)}Z`;
  /** Every answer to a question for the log goes through here. */
  spoil = (batch: LogBatch): unknown => batch;
  /** And each snapshot before it is announced; its file while it is made. */
  spoilSnapshot = (made: MadeSnapshot): MadeSnapshot => made;
  spoilFile: (db: Database.Database) => void = () => {};
  /** Bytes of a snapshot after which no more comes, once. */
  stopsAfter: number | null = null;
  /** Which ranges of snapshots were asked for. */
  readonly ranges: (string | undefined)[] = [];
  isBeating = true;
  /** Who waits hears nothing of what is new. */
  isDeafToNews = false;
  log: LogRow[] = [];
  #rows = new Map<string, string>();
  #snapshot: MadeSnapshot | null = null;
  /** What it is a snapshot of. */
  #snapshotOf = '';
  readonly #waiting = new Set<() => void>();

  get head(): number {
    return this.log.length;
  }

  /** Says what has become of everything. */
  change(data: ScopeData): void {
    const rows = new Map(rowsOf(data).map(([kind, key, row]) => [`${kind} ${key}`, JSON.stringify(row)]));
    for (const [name, row] of rows) if (this.#rows.get(name) !== row) this.#append(name, JSON.parse(row));
    for (const name of this.#rows.keys()) if (!rows.has(name)) this.#append(name, null);
    this.#rows = rows;
    this.#wakeAll();
  }

  /** Adds rows to the log that no `change` could make. */
  append(...rows: (readonly [string, string, LogRow[3]])[]): void {
    for (const row of rows) this.log.push([this.head + 1, ...row]);
    this.#wakeAll();
  }

  /** Goes back to an older state, as after a restore. */
  restore(revision: number, epoch = this.epoch): void {
    this.log = this.log.slice(0, revision);
    this.epoch = epoch;
    this.#snapshotOf = '';
    this.#wakeAll();
  }

  /** As it is now. Made once for each head. */
  snapshot(): MadeSnapshot {
    const of = `${this.epoch}.${this.head}`;
    if (this.#snapshotOf !== of) this.#snapshot = this.spoilSnapshot(this.#make());
    this.#snapshotOf = of;
    return this.#snapshot!;
  }

  async serveLog(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://central');
    const query = logQuery.parse(Object.fromEntries(url.searchParams));
    const [epoch, text] = query.since.split('.');
    const from = Number(text);
    if (epoch !== this.epoch || from > this.head) return void refuse(response, 410, LOG_CODES.gone);
    response.writeHead(200, { 'content-type': 'application/json' });
    if (query.wait > 0 && from === this.head) await this.#wait(response, query.wait);
    response.end(JSON.stringify(this.spoil(this.#batch(from, query.limit))));
  }

  serveSnapshot(request: IncomingMessage, response: ServerResponse, id: string): void {
    const { announced, bytes } = this.snapshot();
    const { range } = request.headers;
    this.ranges.push(range);
    if (id !== announced.id) return void refuse(response, 404, LOG_CODES.noSnapshot);
    const start = range && request.headers['if-range'] === `"${id}"` ? Number(/\d+/.exec(range)![0]) : 0;
    const sent = bytes.subarray(start);
    const contentRange = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': sent.length,
      ...(start > 0 ? contentRange : {}),
    });
    const { stopsAfter } = this;
    this.stopsAfter = null;
    if (stopsAfter === null) response.end(sent);
    else response.write(sent.subarray(0, stopsAfter));
  }

  #append(name: string, row: LogRow[3]): void {
    const [kind, ...key] = name.split(' ');
    this.log.push([this.head + 1, kind as CopyKind, key.join(' '), row]);
  }

  #batch(from: number, limit: number): LogBatch {
    const rows = this.log.slice(from, from + limit);
    const to = from + rows.length;
    const { epoch, head } = this;
    return { epoch, from, to, transactionEnd: to, head, madeAt: this.madeAt(), rows };
  }

  #wait(response: ServerResponse, seconds: number): Promise<void> {
    response.flushHeaders();
    return new Promise((resolve) => {
      const beat = setInterval(() => this.isBeating && response.write('\n'), BEAT_MS);
      const end = () => {
        clearInterval(beat);
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1000);
      this.#waiting.add(end);
      response.on('close', end);
    });
  }

  #wakeAll(): void {
    if (this.isDeafToNews) return;
    for (const end of this.#waiting) end();
  }

  #make(): MadeSnapshot {
    const folder = mkdtempSync(join(tmpdir(), 'recard-snapshot-'));
    try {
      const path = join(folder, 'snapshot.sqlite');
      this.writeFile(path);
      const file = readFileSync(path);
      const bytes = zstdCompressSync(file);
      const id = createHash('sha256').update(bytes).digest('hex');
      const { id: scope, epoch, head: revision } = this;
      const sizes = { size: bytes.length, fileSize: file.length, schema: REPLICA_SCHEMA };
      return { bytes, announced: { id, ...sizes, scope, epoch, revision, madeAt: this.madeAt() } };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** As a file, the way central makes it. */
  writeFile(path: string): void {
    const db = new Database(path);
    for (const statement of REPLICA_TABLES) db.exec(statement);
    const writer = new RowWriter(db);
    const { head } = this;
    const batch = { ...this.#batch(0, head), to: head };
    db.transaction(() => writer.write(checkBatch(batch, 0)))();
    for (const statement of REPLICA_INDEXES) db.exec(statement);
    db.prepare('insert into meta values (1, ?, ?, ?, ?, ?, null)').run(
      ...[REPLICA_SCHEMA, this.id, this.epoch, head, this.madeAt()],
    );
    this.spoilFile(db);
    db.close();
  }
}

/** In the order in which a reader needs them. */
function rowsOf(data: ScopeData): [CopyKind, string, unknown][] {
  return [
    ...data.profiles.map((row) => ['profile', row.name, z.encode(wire.profile, row)] as const),
    ...data.reasons.map((row) => ['reason', row.code, row] as const),
    ...data.people.map((row) => ['person', row.id, row] as const),
    ...data.cards.map((row) => ['card', row.id, row] as const),
    ...data.certificates.map((row) => ['certificate', row.serialNumber, row] as const),
  ].map((row) => [...row]);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ code, message: 'ask central: refused' }));
}
