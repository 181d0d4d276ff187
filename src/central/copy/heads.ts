/** The heads of all scopes in memory, and who waits for one to move: an idle kiosk costs no query. */
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../database.ts';
import type { Notifications } from '../notifications.ts';
import { type Head, listHeads } from '../repositories/copy-log.ts';

/** Of notifications (migration `copy-log`): `<scope> <epoch> <revision>`. */
const CHANNEL = 'copy';
/** What notifications have missed is found by then. */
const POLL_MS = 1000;
/**
 * A scope is notified of once a second at most (migration `copy-told`); so for longer than that after each time, the heads are
 * looked at as often as this.
 */
const BUSY_POLL_MS = 50;
const BUSY_MS = 2500;
/** Heads that nobody has confirmed for so long are not known any more: the database is away. */
const TRUST_MS = 3000;

export class CopyHeads {
  readonly #database: Database;
  readonly #log: FastifyBaseLogger;
  readonly #heads = new Map<string, Head>();
  readonly #waiters = new Map<string, Set<() => void>>();
  #timer: NodeJS.Timeout | null = null;
  #busyUntil = 0;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;
  #isClosed = false;

  constructor(database: Database, notifications: Notifications, log: FastifyBaseLogger) {
    this.#database = database;
    this.#log = log;
    notifications.on(CHANNEL, (payload) => this.#hear(payload));
    this.#poll();
  }

  /** False once central ends: nobody waits any more. */
  get isOpen(): boolean {
    return !this.#isClosed;
  }

  /** Where a scope's log ends, as far as it is known here; undefined while that may be old. */
  headOf(scopeId: string): Head | undefined {
    return performance.now() - this.#readAt < TRUST_MS ? this.#heads.get(scopeId) : undefined;
  }

  /** Resolves when the scope's head has moved, after a time, or when central ends; whichever is first. */
  moved(scopeId: string, waitMs: number): Promise<void> {
    if (this.#isClosed || waitMs <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const waiters = this.#waiters.get(scopeId) ?? new Set();
      this.#waiters.set(scopeId, waiters);
      const wake = () => {
        clearTimeout(timer);
        waiters.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      waiters.add(wake);
    });
  }

  /** What somebody has just read in the database. */
  saw(scopeId: string, head: Head): void {
    this.#put(scopeId, head);
  }

  /** Nobody waits longer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const scopeId of this.#waiters.keys()) this.#wake(scopeId);
    await this.#reading;
  }

  #hear(payload: string): void {
    const [scopeId, epoch, revision] = payload.split(' ');
    if (scopeId && epoch && revision) this.#put(scopeId, { epoch, revision: Number(revision) });
    this.#busyUntil = performance.now() + BUSY_MS;
    this.#poll();
  }

  /** Looks at the heads, and again and again from then on. */
  #poll(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    void this.#read().then(() => {
      if (this.#isClosed || this.#timer) return;
      const isBusy = performance.now() < this.#busyUntil;
      this.#timer = setTimeout(() => this.#poll(), isBusy ? BUSY_POLL_MS : POLL_MS);
      this.#timer.unref();
    });
  }

  #put(scopeId: string, head: Head): void {
    const known = this.#heads.get(scopeId);
    if (known?.epoch === head.epoch && known.revision >= head.revision) return;
    this.#heads.set(scopeId, head);
    this.#wake(scopeId);
  }

  #wake(scopeId: string): void {
    for (const wake of [...(this.#waiters.get(scopeId) ?? [])]) wake();
  }

  /** One at a time: a database that hangs is not asked again and again. */
  #read(): Promise<void> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    if (this.#isClosed) return;
    const askedAt = performance.now();
    try {
      for (const { scopeId, ...head } of await listHeads(this.#database)) this.#put(scopeId, head);
      this.#readAt = askedAt;
    } catch (error) {
      this.#log.warn({ err: error }, 'the heads of scopes are not known');
    }
  }
}
