/** Somebody who may collect a request is given what collects it on a machine that is no kiosk (KR-02, KR-03, KR-08). */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { TOKEN_SECRET_LENGTH, writeCollectionToken } from '../../protocol/collection-token.ts';
import type { Central } from '../central.ts';
import { demandCollectRight } from '../collection/find-request.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { demandTerms, type TermsAnswer } from '../operation/terms.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit, recordAudits } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { newestProfile } from '../repositories/profiles.ts';
import type { RequestRow } from '../repositories/requests.ts';
import { addToken } from '../repositories/soft-collections.ts';
import { type Actor, actorDetail, personOf } from '../request/actor.ts';
import { holdRequest } from '../request/find.ts';
import { onRecord } from '../request/on-record.ts';
import { demandReady } from './begin-attempt.ts';
import { type Collector, readCollector, whoAsks } from './collector.ts';

/** How long somebody has to get to their own machine and type it. */
const LIFE_MS = 15 * 60 * 1000;

export interface GivenToken {
  /** ASCII, to be shown this once; the caller wipes it. */
  readonly token: Uint8Array;
  readonly expiresAt: Date;
}

/**
 * For whoever has just proved themselves at a kiosk. A proof gives one token.
 * @param token of the operator's session, where the proof is what they have signed
 * @throws RefusedError `KR-08-not-nss`, `ID-01-not-proved`, `RP-19-accept-terms`; with a code of `readCollector`, `demandMove`
 */
export async function giveTokenAtKiosk(
  central: Central,
  kiosk: Kiosk,
  asked: {
    readonly requestId: string;
    readonly proofId: string | null;
    readonly token: unknown;
    /** What collects the keys is given to whoever has accepted the terms: elsewhere nobody shows them any more. */
    readonly answer: TermsAnswer;
  },
): Promise<GivenToken> {
  const attempt = { action: 'give token', request: asked.requestId };
  return onRecord(central, await whoAsks(central, kiosk, asked.token), attempt, async (transaction) => {
    const collector = await readCollector(central, transaction, kiosk, asked);
    const { evidence } = collector;
    if (evidence.usedFor !== null)
      throw new RefusedError(403, 'ID-01-not-proved', 'collect request: the proof was used before');
    const { profile } = await demandNss(transaction, collector.request);
    const who = { actor: `kiosk:${kiosk.name}`, cardId: collector.cardId, holderId: collector.owner.id };
    const agreed = demandTerms(profile, asked.answer, { ...who, requestId: collector.request.id });
    await recordAudits(central, transaction, agreed, central.now());
    const { id, ...given } = await give(central, transaction, collector);
    await evidence.use(id);
    return given;
  });
}

/**
 * For whoever an operator, or the administrator at central, has in front of them.
 * @throws RefusedError `KR-06-other-kind`, `KR-08-not-nss`; with a code of ACT_REFUSALS, of `holdRequest`, `demandMove`
 */
export async function giveTokenByCommand(
  central: Central,
  actor: Actor,
  requestId: string,
): Promise<GivenToken> {
  const attempt = { action: 'give token', request: requestId };
  return onRecord(central, actor, attempt, async (transaction) => {
    const { request, owner } = await holdRequest(transaction, actor, requestId);
    if (request.kind !== 'softCertificate') {
      const why = 'it is for no soft certificate; it is collected at a kiosk';
      throw new RefusedError(409, 'KR-06-other-kind', `collect request: ${why}`);
    }
    await demandCollectRight(transaction, actor, owner, request);
    const { id: _, ...given } = await give(central, transaction, { request, actor, cardId: null });
    return given;
  });
}

async function give(
  central: Central,
  transaction: Database,
  { request, actor, cardId }: Pick<Collector, 'request' | 'actor' | 'cardId'>,
): Promise<GivenToken & { readonly id: string }> {
  const now = central.now();
  await demandNss(transaction, request);
  demandReady(request, now);
  const secret = new Uint8Array(randomBytes(TOKEN_SECRET_LENGTH));
  const [id, expiresAt] = [randomUUID(), new Date(now.getTime() + LIFE_MS)];
  await addToken(transaction, {
    ...{ id, requestId: request.id, tokenHash: hashOfToken(Buffer.from(secret).toString('hex')) },
    ...{ givenToId: personOf(actor), givenTo: actor.name, kioskId: actor.kiosk?.id ?? null, cardId },
    ...{ givenAt: now, expiresAt, run: null, endedAt: null },
  });
  const detail = { request: request.id, token: id, expiresAt: toInstant(expiresAt), ...actorDetail(actor) };
  const entry = { type: 'request.token', actor: actor.name, detail };
  await recordAudit(central, transaction, cardId === null ? entry : { ...entry, cardId }, now);
  const token = writeCollectionToken(central.authority.kioskAuthority.fingerprint, secret);
  secret.fill(0);
  return { id, token, expiresAt };
}

/** By the newest revision of its profile. @throws RefusedError `RP-02-no-profile`, `KR-08-not-nss` */
export async function demandNss(transaction: Database, { profileName }: RequestRow) {
  const profile = await newestProfile(transaction, profileName);
  if (!profile) throw new RefusedError(409, 'RP-02-no-profile', 'collect request: its profile is withdrawn');
  if (profile.softRules?.where === 'nss') return { profile, rules: profile.softRules };
  const why = 'its profile has it saved as a file at a kiosk; collect it there';
  throw new RefusedError(409, 'KR-08-not-nss', `collect request: ${why}`);
}

/** As it is in the database. The secret has 104 bits of chance, so that no slow hash is needed. @param secret hex */
export function hashOfToken(secret: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}
