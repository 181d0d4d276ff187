/** What became of a soft certificate: saved and read back, or not, and then it is collected again (KR-08, KR-10). */
import type { SoftSaved, SoftStopped } from '../../protocol/soft-certificate.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { tellOfSaved, tellOfStopped, tellOfStored } from '../mail/tell-of.ts';
import { RefusedError } from '../refused.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { lockRequest, moveRequestTo, type RequestRow } from '../repositories/requests.ts';
import {
  changeSoftCollection,
  newestSoftCollection,
  type SoftCollectionRow,
} from '../repositories/soft-collections.ts';
import { onRecord } from '../request/on-record.ts';
import { kioskAlone, MACHINE } from './collector.ts';
import { tellOfSoft } from './soft-entry.ts';

/** The newest attempt at a request, which is held. */
export interface HeldAttempt {
  readonly request: RequestRow;
  readonly collection: SoftCollectionRow;
}

/**
 * The file is where its owner wants it: the request is completed, and they are told. Asked again by that run, nothing more happens.
 * @throws RefusedError `KR-02-not-collecting` in a run that is not the newest one; with a code of `demandMove`
 */
export async function completeSoft(
  central: Central,
  kiosk: Kiosk,
  requestId: string,
  saved: SoftSaved,
): Promise<void> {
  const attempt = { action: 'complete', request: requestId };
  await onRecord(central, kioskAlone(kiosk), attempt, async (transaction) => {
    const held = demandAttempt(await holdAttempt(transaction, kiosk, requestId, saved.run));
    const now = central.now();
    await recordAudits(
      central,
      transaction,
      await recordSaved(central, transaction, kiosk, held, saved),
      now,
    );
  });
}

/** Nothing was saved. What is told late, or twice, changes nothing. */
export async function stopSoft(
  central: Central,
  kiosk: Kiosk,
  requestId: string,
  { run, code }: SoftStopped,
): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const held = await holdAttempt(transaction, kiosk, requestId, run);
    if (!held) return;
    const now = central.now();
    const entries = await recordStopped(central, transaction, held, `kiosk:${kiosk.name}`, code);
    await recordAudits(central, transaction, entries, now);
  });
}

/** Undefined for a run that is not the newest, or not at this kiosk. */
export async function holdAttempt(
  transaction: Database,
  kiosk: Kiosk,
  requestId: string,
  run: Uint8Array,
): Promise<HeldAttempt | undefined> {
  const held = await holdAttemptOf(transaction, requestId, run);
  return held?.collection.kioskId === kiosk.id ? held : undefined;
}

/** The same wherever it is. */
export async function holdAttemptOf(
  transaction: Database,
  requestId: string,
  run: Uint8Array,
): Promise<HeldAttempt | undefined> {
  const request = await lockRequest(transaction, requestId);
  const collection = request && (await newestSoftCollection(transaction, requestId));
  return collection && Buffer.compare(collection.run, run) === 0 ? { request, collection } : undefined;
}

/** @throws RefusedError `KR-02-not-collecting` */
export function demandAttempt(held: HeldAttempt | undefined): HeldAttempt {
  if (held) return held;
  const why = 'another run has taken its place; collect it again';
  throw new RefusedError(409, 'KR-02-not-collecting', `complete request: ${why}`);
}

/** Where keys are now: the file, as the kiosk tells it, or the machine whose NSS database has them. */
type SavedPlace = Pick<SoftCollectionRow, 'sha256' | 'fileName' | 'medium'>;

/** @param kiosk null: on a machine that is none @returns what the audit is to have of it */
export async function recordSaved(
  central: Central,
  transaction: Database,
  kiosk: Kiosk | null,
  { request, collection }: HeldAttempt,
  { sha256, fileName, medium }: SavedPlace,
): Promise<AuditEntry[]> {
  if (collection.state === 'saved') return [];
  const now = central.now();
  const moved = await moveRequestTo(transaction, request, 'finished', now);
  const change = { state: 'saved' as const, endedAt: now, sha256, fileName, medium };
  await changeSoftCollection(transaction, collection.id, change);
  if (kiosk) await tellOfSaved(central, transaction, moved, kiosk);
  else await tellOfStored(central, transaction, moved, medium);
  const actor = kiosk ? kioskAlone(kiosk) : MACHINE;
  return [await tellOfSoft(transaction, moved, { ...collection, ...change }, actor)];
}

/** Its keys were given out: their owner is told. @param actor as in the audit @returns what the audit is to have of it */
export async function recordStopped(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  { request, collection }: HeldAttempt,
  actor: string,
  code: string,
): Promise<AuditEntry[]> {
  if (collection.state !== 'open' || request.state !== 'collecting') return [];
  const now = central.now();
  const moved = await moveRequestTo(transaction, request, 'stopped', now);
  const change = { state: 'stopped' as const, endedAt: now };
  await changeSoftCollection(transaction, collection.id, change);
  await tellOfStopped(central, transaction, moved, collection);
  const entry = await tellOfSoft(transaction, moved, { ...collection, ...change }, { name: actor });
  return [{ ...entry, detail: { ...entry.detail, code } }];
}
