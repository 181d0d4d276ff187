/** The snapshots that this process's folder has: a packed file each, and beside it what it is. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Snapshot, snapshot } from '../../protocol/log.ts';
import type { ReplicaSchema } from '../../protocol/replica-schema.ts';

export const SNAPSHOT_ENDINGS = { file: '.zst', description: '.json' } as const;

/** Of each scope and schema the newest, and the one before it, which somebody may be fetching. */
const KEPT = 2;
/** A copy of people's data does not lie about for longer; whoever wants one then has it made anew. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

export class SnapshotFiles {
  readonly folder: string;
  #all: readonly Snapshot[];

  /** What an earlier process has left half done is removed. */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#all = readAll(folder);
    const known = new Set(this.#all.flatMap(({ id }) => [pathOf('', id), descriptionOf('', id)]));
    for (const name of readdirSync(folder)) if (!known.has(name)) rmSync(join(folder, name), { force: true });
  }

  newestOf(scopeId: string, schema: ReplicaSchema): Snapshot | undefined {
    return this.#all.find((one) => one.scope === scopeId && one.schema === schema);
  }

  find(id: string): Snapshot | undefined {
    return this.#all.find((one) => one.id === id);
  }

  path({ id }: Snapshot): string {
    return pathOf(this.folder, id);
  }

  /** Takes what was made; what it makes superfluous goes. */
  add(made: Snapshot): void {
    this.#all = [made, ...this.#all.filter(({ id }) => id !== made.id)];
    this.clear(Date.parse(made.madeAt));
  }

  /** Removes what is too old, or was replaced twice. */
  clear(nowMs: number): void {
    const isKept = (one: Snapshot) =>
      nowMs - Date.parse(one.madeAt) < MAX_AGE_MS &&
      this.#all.filter((other) => isLike(one, other)).indexOf(one) < KEPT;
    for (const one of this.#all.filter((each) => !isKept(each))) this.#remove(one);
    this.#all = this.#all.filter(isKept);
  }

  #remove({ id }: Snapshot): void {
    for (const path of [descriptionOf(this.folder, id), pathOf(this.folder, id)])
      rmSync(path, { force: true });
  }
}

function isLike(one: Snapshot, other: Snapshot): boolean {
  return one.scope === other.scope && one.schema === other.schema;
}

function pathOf(folder: string, id: string): string {
  return join(folder, id + SNAPSHOT_ENDINGS.file);
}

function descriptionOf(folder: string, id: string): string {
  return join(folder, id + SNAPSHOT_ENDINGS.description);
}

/** Newest first. */
function readAll(folder: string): Snapshot[] {
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .flatMap((name) => readDescription(join(folder, name)) ?? [])
    .sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
}

/** Null for one that was cut off by a crash, or is of another version. */
function readDescription(path: string): Snapshot | null {
  try {
    return snapshot.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
