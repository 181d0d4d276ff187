/** One attempt to collect a request, whoever collects it, and wherever: on record before a key leaves (KR-08, KR-11). */
import { randomUUID } from 'node:crypto';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { tellOfStopped } from '../mail/tell-of.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import { demandMove, moveRequestTo, type RequestRow } from '../repositories/requests.ts';
import {
  addSoftCollection,
  changeSoftCollection,
  type SoftCollectionRow,
} from '../repositories/soft-collections.ts';
import type { Actor } from '../request/actor.ts';
import { type ReleasedKey, recordReleases } from './release-soft.ts';
import { tellOfSoft } from './soft-entry.ts';

export interface Attempting {
  /** Held. */
  readonly request: RequestRow;
  readonly actor: Actor;
  /** Exactly one of kiosk and token. */
  readonly place: Pick<SoftCollectionRow, 'kioskId' | 'tokenId' | 'cardId' | 'medium'>;
  /** The newest attempt so far. */
  readonly before: SoftCollectionRow | undefined;
  /** Public key of the run. */
  readonly run: Uint8Array;
}

export interface Attempt {
  readonly collection: SoftCollectionRow;
  readonly keys: readonly ReleasedKey[];
  readonly entries: readonly AuditEntry[];
}

/**
 * Begins an attempt in the place of the one before it; the same run that asks again goes on with its own.
 * @throws RefusedError with a code of `demandMove`, `recordReleases`
 */
export async function beginAttempt(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  { request, actor, place, before, run }: Attempting,
): Promise<Attempt> {
  const now = central.now();
  const again = ofSameRun(before, run);
  const event = isUnderWay(request) ? 'resumed' : 'begun';
  demandMove(request, event, now);
  const collection = again ?? newAttempt(request, place, before, run, now);
  if (!again) {
    if (before?.state === 'open') {
      await changeSoftCollection(transaction, before.id, { state: 'stopped', endedAt: now });
      await tellOfStopped(central, transaction, request, before);
    }
    await addSoftCollection(transaction, collection);
  }
  const moved = again ? request : await moveRequestTo(transaction, request, event, now);
  const { keys, entries } = await recordReleases(transaction, collection, moved, actor, now);
  const told = again ? [] : [await tellOfSoft(transaction, moved, collection, actor)];
  return { collection, keys, entries: [...told, ...entries] };
}

/** The newest attempt, where it is open and of this run. */
export function ofSameRun(
  before: SoftCollectionRow | undefined,
  run: Uint8Array,
): SoftCollectionRow | undefined {
  return before?.state === 'open' && Buffer.compare(before.run, run) === 0 ? before : undefined;
}

/** That it may be collected now, or once more after an attempt that came to nothing. @throws RefusedError as `demandMove` */
export function demandReady(request: RequestRow, now: Date): void {
  demandMove(request, isUnderWay(request) ? 'resumed' : 'begun', now);
}

function isUnderWay({ state }: RequestRow): boolean {
  return state === 'collecting' || state === 'interrupted';
}

function newAttempt(
  { id: requestId }: RequestRow,
  place: Attempting['place'],
  before: SoftCollectionRow | undefined,
  run: Uint8Array,
  now: Date,
): SoftCollectionRow {
  return {
    ...{ id: randomUUID(), requestId, attempt: (before?.attempt ?? 0) + 1, ...place },
    ...{ run, state: 'open', openedAt: now, endedAt: null },
    ...{ fileName: null, sha256: null },
  };
}
