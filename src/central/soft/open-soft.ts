/** Collecting a soft certificate: archived keys to one run at one kiosk, on record before they go (KR-01 to KR-04, KR-08, KR-11). */
import { randomUUID } from 'node:crypto';
import type { Profile } from '../../domain/profile.ts';
import { DEFAULT_SOFT_RULES } from '../../domain/soft-certificate.ts';
import type { SoftRequest, SoftResponse } from '../../protocol/soft-certificate.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { PersonRow } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { changeProof } from '../repositories/proofs.ts';
import { demandMove, moveRequestTo, type RequestRow } from '../repositories/requests.ts';
import {
  addSoftCollection,
  changeSoftCollection,
  newestSoftCollection,
  type SoftCollectionRow,
} from '../repositories/soft-collections.ts';
import { onRecord } from '../request/on-record.ts';
import { kioskAlone, readCollector } from './collector.ts';
import { type ReleasedKey, recordReleases, sealKeys } from './release-soft.ts';
import { tellOfSoft } from './soft-entry.ts';

const RECIPIENT_KEY_LENGTH = 32;

/**
 * Gives the keys of a request out to one run: by its owner's card and PIN, or to an operator who may collect for them. The same run that asks
 * again (its answer was lost) is given the same; another run takes the place of the one before it.
 * @param token of the operator's session, where there is no proof
 * @throws RefusedError `KR-01-no-such-request`, `KR-06-other-kind`, `KR-08-nss-only`, `KR-03-no-right`, `KR-11-not-archived`; with a code
 * of `readCollector`, `demandMove`, `sealKeys`
 */
export async function openSoft(
  central: Central,
  kiosk: Kiosk,
  requestId: string,
  { proofId, recipientKey: run }: SoftRequest,
  token: unknown,
): Promise<SoftResponse> {
  if (run.length !== RECIPIENT_KEY_LENGTH)
    throw new RefusedError(400, 'SE-07-bad-request', 'collect request: the recipient key has 32 bytes');
  const attempt = { action: 'collect', request: requestId };
  const opened = await onRecord(central, kioskAlone(kiosk), attempt, (transaction) =>
    open(central, transaction, kiosk, { requestId, proofId, run, token }),
  );
  return {
    collectionId: opened.collection.id,
    ownerName: opened.owner.displayName,
    rules: opened.profile.softRules ?? DEFAULT_SOFT_RULES,
    keys: await sealKeys(central, opened.collection, opened.owner, opened.keys),
  };
}

interface Opening {
  readonly requestId: string;
  readonly proofId: string | null;
  readonly run: Uint8Array;
  readonly token: unknown;
}

interface Opened {
  readonly collection: SoftCollectionRow;
  readonly owner: PersonRow;
  readonly profile: Profile;
  readonly keys: readonly ReleasedKey[];
}

async function open(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { requestId, proofId, run, token }: Opening,
): Promise<Opened> {
  const now = central.now();
  const collector = await readCollector(central, transaction, kiosk, { requestId, proofId, token });
  const { request, owner, actor, proof } = collector;
  const before = await newestSoftCollection(transaction, request.id);
  const isSameRun = before?.state === 'open' && Buffer.compare(before.run, run) === 0;
  demandUnused(proof, isSameRun ? before : undefined);
  const profile = await demandHere(transaction, request);
  const event = isUnderWay(request) ? 'resumed' : 'begun';
  demandMove(request, event, now);
  const collection = isSameRun ? before : newAttempt(kiosk, request, before, { run, now, collector });
  if (!isSameRun) {
    if (before?.state === 'open')
      await changeSoftCollection(transaction, before.id, { state: 'stopped', endedAt: now });
    await addSoftCollection(transaction, collection);
  }
  if (proof) await changeProof(transaction, proof.id, { operationId: collection.id });
  const moved = isSameRun ? request : await moveRequestTo(transaction, request, event, now);
  const { keys, entries } = await recordReleases(transaction, collection, moved, actor, now);
  const told = isSameRun ? [] : [await tellOfSoft(transaction, moved, collection, actor)];
  await recordAudits(central, transaction, [...told, ...entries], now);
  return { collection, owner, profile, keys };
}

function isUnderWay({ state }: RequestRow): boolean {
  return state === 'collecting' || state === 'interrupted';
}

/** One proof opens one attempt; only that one may be asked for again with it. */
function demandUnused(
  proof: { readonly operationId: string | null } | null,
  same: SoftCollectionRow | undefined,
): void {
  if (!proof || proof.operationId === null || proof.operationId === same?.id) return;
  throw new RefusedError(403, 'ID-01-not-proved', 'collect request: the proof was used before');
}

/** By the newest revision: what it says now counts. */
async function demandHere(transaction: Database, { profileName }: RequestRow): Promise<Profile> {
  const profile = await newestProfile(transaction, profileName);
  if (!profile) throw new RefusedError(409, 'RP-02-no-profile', 'collect request: its profile is withdrawn');
  if (profile.softRules?.where !== 'nss') return profile;
  const why =
    'it goes into the certificate store on its owner’s own machine, never at a kiosk; ask the helpdesk';
  throw new RefusedError(409, 'KR-08-nss-only', `collect request: ${why}`);
}

function newAttempt(
  kiosk: Kiosk,
  { id: requestId }: RequestRow,
  before: SoftCollectionRow | undefined,
  {
    run,
    now,
    collector,
  }: { readonly run: Uint8Array; readonly now: Date; readonly collector: { readonly cardId: string | null } },
): SoftCollectionRow {
  return {
    ...{ id: randomUUID(), requestId, attempt: (before?.attempt ?? 0) + 1, kioskId: kiosk.id, tokenId: null },
    ...{ cardId: collector.cardId, run, state: 'open', openedAt: now, endedAt: null },
    ...{ fileName: null, sha256: null, medium: null },
  };
}
