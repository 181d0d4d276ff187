/** Collecting a soft certificate: archived keys to one run at one kiosk, on record before they go (KR-01 to KR-04, KR-08, KR-11). */
import type { Profile } from '../../domain/profile.ts';
import { DEFAULT_SOFT_RULES } from '../../domain/soft-certificate.ts';
import type { SoftRequest, SoftResponse } from '../../protocol/soft-certificate.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { demandTerms, type TermsAnswer } from '../operation/terms.ts';
import { RefusedError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { PersonRow } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import type { RequestRow } from '../repositories/requests.ts';
import { newestSoftCollection, type SoftCollectionRow } from '../repositories/soft-collections.ts';
import { onRecord } from '../request/on-record.ts';
import { beginAttempt, ofSameRun } from './begin-attempt.ts';
import { type Evidence, readCollector, whoAsks } from './collector.ts';
import { type ReleasedKey, sealKeys } from './release-soft.ts';

const RECIPIENT_KEY_LENGTH = 32;

/**
 * Gives the keys of a request out to one run: by its owner's card and PIN, or to an operator who has signed that they are there. The same run that asks
 * again (its answer was lost) is given the same; another run takes the place of the one before it.
 * @param token of the operator's session, where the proof is what they have signed
 * @throws RefusedError `KR-01-no-such-request`, `KR-06-other-kind`, `KR-08-nss-only`, `KR-03-no-right`, `KR-11-not-archived`, `RP-19-accept-terms`; with a code
 * of `readCollector`, `demandMove`, `sealKeys`
 */
export async function openSoft(
  central: Central,
  kiosk: Kiosk,
  requestId: string,
  { proofId, recipientKey: run, ...answer }: SoftRequest,
  token: unknown,
): Promise<SoftResponse> {
  if (run.length !== RECIPIENT_KEY_LENGTH)
    throw new RefusedError(400, 'SE-07-bad-request', 'collect request: the recipient key has 32 bytes');
  const attempt = { action: 'collect', request: requestId };
  const opened = await onRecord(central, await whoAsks(central, kiosk, token), attempt, (transaction) =>
    open(central, transaction, kiosk, { requestId, proofId, run, token, answer }),
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
  readonly answer: TermsAnswer;
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
  { requestId, proofId, run, token, answer }: Opening,
): Promise<Opened> {
  const now = central.now();
  const collector = await readCollector(central, transaction, kiosk, { requestId, proofId, token });
  const { request, owner, actor, evidence, cardId } = collector;
  const before = await newestSoftCollection(transaction, request.id);
  const same = ofSameRun(before, run);
  demandUnused(evidence, same);
  const profile = await demandHere(transaction, request);
  const who = { actor: `kiosk:${kiosk.name}`, cardId, holderId: owner.id, requestId };
  const agreed = same ? [] : demandTerms(profile, answer, who);
  const place = { kioskId: kiosk.id, tokenId: null, cardId, medium: null };
  const attempt = await beginAttempt(central, transaction, { request, actor, place, before, run });
  const { collection, keys, entries } = attempt;
  await evidence.use(collection.id);
  await recordAudits(central, transaction, [...agreed, ...entries], now);
  return { collection, owner, profile, keys };
}

/** One proof, or one word of an operator, opens one attempt; only that one may be asked for again with it. */
function demandUnused({ usedFor }: Evidence, same: SoftCollectionRow | undefined): void {
  if (usedFor === null || usedFor === same?.id) return;
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
