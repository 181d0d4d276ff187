/** Whole copies of scopes as files: made in a thread when a kiosk wants one and there is none that is new enough. */
import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FastifyBaseLogger } from 'fastify';
import type { Snapshot } from '../../protocol/log.ts';
import type { ReplicaSchema } from '../../protocol/replica-schema.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { findHead } from '../repositories/copy-log.ts';
import { SnapshotFiles } from './snapshot-files.ts';
import type { SnapshotOrder } from './snapshot-worker.ts';

/** Log rows that a kiosk fetches after a snapshot rather than have a new one made: one answer of the log. */
const MAX_ROWS_BEHIND = 5000;
const CLEAR_MS = 60 * 60 * 1000;

export interface SnapshotPlace {
  readonly databaseUrl: string;
  /** This process's own; what is in it can be made again. */
  readonly folder: string;
}

export class Snapshots {
  readonly #central: Central;
  readonly #databaseUrl: string;
  readonly #files: SnapshotFiles;
  readonly #log: FastifyBaseLogger;
  readonly #making = new Map<string, Promise<Snapshot>>();
  /** One is made after the other: each takes a processor and a disk. */
  #last: Promise<unknown> = Promise.resolve();
  readonly #clearing: NodeJS.Timeout;
  #worker: Worker | null = null;
  #isClosed = false;

  constructor(central: Central, { databaseUrl, folder }: SnapshotPlace, log: FastifyBaseLogger) {
    this.#central = central;
    this.#databaseUrl = databaseUrl;
    this.#files = new SnapshotFiles(folder);
    this.#log = log;
    this.#clearing = setInterval(() => this.#files.clear(central.now().getTime()), CLEAR_MS);
    this.#clearing.unref();
  }

  /** One from which the log leads on; undefined while it is being made. Rejects when it cannot be. */
  async newest(scopeId: string, schema: ReplicaSchema, waitMs: number): Promise<Snapshot | undefined> {
    const head = await findHead(this.#central.database, scopeId);
    this.#files.clear(this.#central.now().getTime());
    const made = this.#files.newestOf(scopeId, schema);
    const isNew = made && head && made.epoch === head.epoch && made.revision >= head.prunedTo;
    if (isNew && head.revision - made.revision <= MAX_ROWS_BEHIND) return made;
    return Promise.race([this.#make(scopeId, schema), after(waitMs)]);
  }

  find(id: string): { readonly snapshot: Snapshot; readonly path: string } | undefined {
    const found = this.#files.find(id);
    return found && { snapshot: found, path: this.#files.path(found) };
  }

  /** What is being made is given up. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#clearing);
    await this.#worker?.terminate();
    await this.#last;
  }

  #make(scopeId: string, schema: ReplicaSchema): Promise<Snapshot> {
    const name = `${scopeId} ${schema}`;
    const making =
      this.#making.get(name) ??
      this.#inTurn(() => this.#run(scopeId, schema)).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    return making;
  }

  #inTurn(run: () => Promise<Snapshot>): Promise<Snapshot> {
    const turn = this.#last.then(run);
    this.#last = turn.catch((error) => {
      if (!this.#isClosed) this.#log.error({ err: error }, 'a snapshot could not be made');
    });
    return turn;
  }

  async #run(scopeId: string, schema: ReplicaSchema): Promise<Snapshot> {
    if (this.#isClosed) throw new Error('make a snapshot: central is ending');
    const startedAt = performance.now();
    const order: SnapshotOrder = {
      ...{ databaseUrl: this.#databaseUrl, scopeId, schema, folder: this.#files.folder, draft: randomUUID() },
      madeAt: toInstant(this.#central.now()),
    };
    const made = await this.#inThread(order);
    this.#files.add(made);
    const { id, size, revision } = made;
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    this.#log.info({ scopeId, schema, id, size, revision, seconds }, 'a snapshot was made');
    return made;
  }

  #inThread(order: SnapshotOrder): Promise<Snapshot> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./snapshot-worker.ts', import.meta.url), { workerData: order });
      this.#worker = worker;
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => {
        this.#worker = null;
        reject(new Error('make a snapshot: its thread ended'));
      });
    });
  }
}

function after(waitMs: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, waitMs, undefined).unref());
}
