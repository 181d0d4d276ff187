import { statfsSync } from 'node:fs';
import { HEALTH } from '../protocol/event.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox.ts';

/** How this kiosk is at one moment (OP-04). Nothing of it is about a person. */
export interface Condition {
  readonly isCardServiceUp: boolean;
  readonly readers: readonly { readonly reader: number; readonly name: string }[];
  /** Null while there is no copy. */
  readonly copyAgeSeconds: number | null;
  /** How far the clock is ahead of central's; null while that is not known. */
  readonly clockOffsetMs: number | null;
  /** Why central takes no events; null while it does, or is not reached. */
  readonly refusal: string | null;
  /** Nothing can be sent now. */
  readonly isSendingStuck: boolean;
}

export interface HealthMonitorOptions {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** The file system of this folder is the one that must not be full. */
  readonly stateFolder: string;
  condition(): Condition;
  /** Something is in the outbox. */
  onRecorded(): void;
}

const INTERVAL_MS = 5 * 60_000;
/** A reader that comes and goes all the time is not told each time. */
const SHORTEST_MS = 10_000;
const MEBIBYTE = 1024 * 1024;
/** From here on something is wrong, and is told at once. */
const LIMITS = { copyAgeSeconds: 300, diskFreeMiB: 500, clockOffsetSeconds: 60 } as const;

type Detail = Record<string, string | number | boolean | null>;

/** Records how the kiosk is, every five minutes and when something about it changes. */
export class HealthMonitor {
  readonly #options: HealthMonitorOptions;
  readonly #startedMs: number;
  #toldMs: number | null = null;
  #toldState = '';
  #stop: () => void = () => {};

  constructor(options: HealthMonitorOptions) {
    this.#options = options;
    this.#startedMs = options.clock.monotonicMs();
  }

  start(): void {
    this.#stop = this.#options.clock.everySecond(() => this.#tick());
  }

  close(): void {
    this.#stop();
  }

  #tick(): void {
    const { clock, log } = this.#options;
    const sinceMs = this.#toldMs === null ? Number.POSITIVE_INFINITY : clock.monotonicMs() - this.#toldMs;
    if (sinceMs < SHORTEST_MS) return;
    try {
      const condition = this.#options.condition();
      const diskFreeMiB = freeMiB(this.#options.stateFolder);
      const state = stateOf(condition, diskFreeMiB);
      // While nothing can be sent, only what changes is kept.
      const isTime = sinceMs >= INTERVAL_MS && !condition.isSendingStuck;
      if (state !== this.#toldState || isTime) this.#tell(condition, diskFreeMiB, state);
    } catch (error) {
      this.#toldMs = clock.monotonicMs();
      log.error({ err: error }, 'the health of this kiosk cannot be recorded');
    }
  }

  #tell(condition: Condition, diskFreeMiB: number, state: string): void {
    const { outbox, clock, version, onRecorded } = this.#options;
    const { copyAgeSeconds, clockOffsetMs, isCardServiceUp, refusal, readers } = condition;
    const detail: Detail = {
      ...{ version, uptimeSeconds: Math.round((clock.monotonicMs() - this.#startedMs) / 1000) },
      ...{ isCardServiceUp, copyAgeSeconds, diskFreeMiB },
      clockOffsetSeconds: clockOffsetMs === null ? null : Math.round(clockOffsetMs / 1000),
      unsentEvents: outbox.count(),
      refusal,
      ...Object.fromEntries(readers.map(({ reader, name }) => [`reader${reader}`, name.slice(0, 200)])),
    };
    outbox.record({ type: HEALTH, cardId: null, operationId: null, detail });
    this.#toldMs = clock.monotonicMs();
    this.#toldState = state;
    onRecorded();
  }
}

/** What is told at once when it becomes another one. */
function stateOf(condition: Condition, diskFreeMiB: number): string {
  const { copyAgeSeconds, clockOffsetMs, isCardServiceUp, readers, refusal } = condition;
  const isCopyOld = copyAgeSeconds !== null && copyAgeSeconds > LIMITS.copyAgeSeconds;
  const isClockWrong = Math.abs(clockOffsetMs ?? 0) > LIMITS.clockOffsetSeconds * 1000;
  const isDiskLow = diskFreeMiB < LIMITS.diskFreeMiB;
  return JSON.stringify([isCardServiceUp, readers, isCopyOld, isClockWrong, isDiskLow, refusal]);
}

/** Room on the file system of a folder. */
export function freeMiB(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / MEBIBYTE);
}
