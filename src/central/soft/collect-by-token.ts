/** A request is collected on a machine that central knows by a token alone (KR-08, KR-11). */
import { refuseCard } from '../../domain/eligibility.ts';
import type { SoftRules } from '../../domain/soft-certificate.ts';
import {
  type CollectionOpenRequest,
  type CollectionOpenResponse,
  TOKEN_REFUSALS,
} from '../../protocol/collection-token.ts';
import type { Central } from '../central.ts';
import { demandCollectRight } from '../collection/find-request.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { ACCEPT_TERMS, demandTermsElsewhere } from '../operation/terms.ts';
import { RefusedError, refusal } from '../refused.ts';
import { type AuditEntry, recordAudit, recordAudits } from '../repositories/audit.ts';
import { type CardRow, lifeOf, lockCard } from '../repositories/cards.ts';
import { findPerson, type PersonRow, toPerson } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { lockRequest } from '../repositories/requests.ts';
import {
  type CollectionTokenRow,
  changeToken,
  findTokenByHash,
  newestSoftCollection,
  type SoftCollectionRow,
} from '../repositories/soft-collections.ts';
import { type Actor, COMMAND, operatorActor } from '../request/actor.ts';
import { refuseRequest } from '../request/request-error.ts';
import { beginAttempt, ofSameRun } from './begin-attempt.ts';
import { MACHINE } from './collector.ts';
import { demandNss, hashOfToken } from './give-token.ts';
import { type ReleasedKey, sealKeys } from './release-soft.ts';

/** With the IP address that it was asked from. */
type Opening = CollectionOpenRequest & { readonly address: string };

/**
 * Gives the keys of a request out to the first run that names its token, and to that run again. Whoever was given the token must be somebody
 * who may collect it, now. Refused, the token is over.
 * @throws RefusedError with a code of TOKEN_REFUSALS; `KR-08-not-nss`, with a code of ACT_REFUSALS, REFUSALS, of `demandMove`, `sealKeys`;
 * `RP-19-accept-terms` with the terms, and then the token is not over
 */
export async function openByToken(central: Central, asked: Opening): Promise<CollectionOpenResponse> {
  const found = await findToken(central.database, asked.secret);
  demandGood(found, asked.recipientKey, central.now());
  try {
    const opened = await central.database.transaction((transaction) => open(central, transaction, asked));
    const { collection, owner, keys, rules } = opened;
    return {
      ...{
        requestId: collection.requestId,
        collectionId: collection.id,
        ownerName: owner.displayName,
        rules,
      },
      keys: await sealKeys(central, collection, owner, keys),
    };
  } catch (error) {
    if (error instanceof RefusedError) await refuse(central, found, asked, error.code);
    throw error;
  }
}

interface Opened {
  readonly collection: SoftCollectionRow;
  readonly owner: PersonRow;
  readonly rules: SoftRules;
  readonly keys: readonly ReleasedKey[];
}

async function open(central: Central, transaction: Database, asked: Opening): Promise<Opened> {
  const { secret, recipientKey: run, machine } = asked;
  const { cardId, requestId } = await findToken(transaction, secret);
  // In the order of all who hold a card and a request of it.
  const card = cardId === null ? undefined : await lockCard(transaction, cardId);
  const request = await lockRequest(transaction, requestId);
  const owner = request && (await findPerson(transaction, request.ownerId));
  if (!request || !owner) throw refuseRequest('KR-01-no-such-request');
  // Nobody gives another one, nor uses this one, while the request is held.
  const token = await findToken(transaction, secret);
  const now = central.now();
  demandGood(token, run, now);
  if (card) await demandCardGood(transaction, card, owner, now);
  const actor = await actorOf(transaction, token, owner);
  await demandCollectRight(transaction, actor, owner, request);
  const { rules, profile } = await demandNss(transaction, request);
  const before = await newestSoftCollection(transaction, request.id);
  const who = { actor: MACHINE.name, cardId, holderId: owner.id, requestId };
  // At a kiosk they were accepted before the token was shown.
  const isRead = token.kioskId !== null || ofSameRun(before, run) !== undefined;
  const agreed = isRead ? [] : demandTermsElsewhere(profile, asked, who);
  const place = { kioskId: null, tokenId: token.id, cardId, medium: machine };
  const attempt = await beginAttempt(central, transaction, { request, actor: MACHINE, place, before, run });
  await changeToken(transaction, token.id, { run });
  const entries = [...agreed, ...attempt.entries].map((entry) => withPlace(entry, token, asked));
  await recordAudits(central, transaction, entries, now);
  return { collection: attempt.collection, owner, rules, keys: attempt.keys };
}

/** By its hash: how long that takes tells nothing of the token. @throws RefusedError `KR-08-token-unknown` */
export async function findToken(database: Database, secret: string): Promise<CollectionTokenRow> {
  const token = await findTokenByHash(database, hashOfToken(secret));
  if (token) return token;
  throw refused('unknown', 'central has not given out this token; type all of it, or have another one given');
}

/** Once, in its time, and then by the run that has it. */
function demandGood({ run, endedAt, expiresAt }: CollectionTokenRow, asking: Uint8Array, now: Date): void {
  const isOther = run !== null && Buffer.compare(run, asking) !== 0;
  if (isOther) throw refused('used', 'this token was used before; have another one given');
  if (endedAt !== null) throw refused('used', 'this token is over; have another one given');
  if (expiresAt <= now)
    throw refused('expired', 'this token is older than 15 minutes; have another one given');
}

/** The card by which they have proved themselves is as good as it was then. @throws RefusedError with a code of REFUSALS */
async function demandCardGood(
  transaction: Database,
  card: CardRow,
  owner: PersonRow,
  now: Date,
): Promise<void> {
  const profile = await newestProfile(transaction, card.profileName);
  const code = refuseCard(lifeOf(card), toPerson(owner), profile ?? NO_RULES, toInstant(now));
  if (code) throw refusal(code);
}

const NO_RULES = { requiresApprovedHolder: false };

/** Whoever was given it, as they are now. */
async function actorOf(
  transaction: Database,
  { givenToId, givenTo: name }: CollectionTokenRow,
  owner: PersonRow,
): Promise<Actor> {
  if (givenToId === null) return COMMAND;
  if (givenToId === owner.id) return { ...COMMAND, standing: { kind: 'holder', personId: owner.id }, name };
  const person = await findPerson(transaction, givenToId);
  if (!person) throw refuseRequest('RP-07-nobody');
  return operatorActor(transaction, person, null);
}

function withPlace(entry: AuditEntry, { id, givenTo }: CollectionTokenRow, asked: Opening): AuditEntry {
  const { machine, address } = asked;
  return { ...entry, detail: { ...entry.detail, token: id, givenTo, machine, address } };
}

/** A token whose request cannot be collected is not tried again and again. */
async function refuse(
  central: Central,
  token: CollectionTokenRow,
  asked: Opening,
  code: string,
): Promise<void> {
  // Who reads the terms first begins with this one again.
  if (code === ACCEPT_TERMS || Object.values<string>(TOKEN_REFUSALS).includes(code)) return;
  await central.database.transaction(async (transaction) => {
    const now = central.now();
    await lockRequest(transaction, token.requestId);
    await changeToken(transaction, token.id, { endedAt: now });
    const detail = { action: 'collect', request: token.requestId, code };
    const entry = { type: 'request.refused', actor: MACHINE.name, detail };
    await recordAudit(central, transaction, withPlace(entry, token, asked), now);
  });
}

function refused(kind: keyof typeof TOKEN_REFUSALS, why: string): RefusedError {
  return new RefusedError(403, TOKEN_REFUSALS[kind], `collect request: ${why}`);
}
