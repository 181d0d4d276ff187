/** Somebody, with all that an operator needs to help them (OP-01). */
import type { PersonPage } from '../../domain/desk-pages.ts';
import { refuseCard } from '../../domain/eligibility.ts';
import type { Profile } from '../../domain/profile.ts';
import { toHistoryLine } from '../audit/history-line.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant, toInstantOrNull } from '../instant.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { countHistoryOf, historyOf } from '../repositories/audit-history.ts';
import { countPublishedOf, publishedOf } from '../repositories/certificates-of-person.ts';
import { nameOfGroup } from '../repositories/groups.ts';
import { hasPhoto, type PersonRow } from '../repositories/people.ts';
import { listProfiles } from '../repositories/profiles.ts';
import { cardsOfHolder } from '../repositories/searches.ts';
import { listOpenOperationsOf } from '../repositories/unfinished-operations.ts';
import { type Actor, refuseAct } from '../request/actor.ts';
import { findSeen } from '../request/find-seen.ts';
import { cardName, describeCard } from './describe-card.ts';
import { newestRequests } from './request-lines.ts';

export const HISTORY_LINES = 50;
const MAX_CERTIFICATES = 100;
/** There is no card yet that could be in a state. */
const ANY_CARD = { state: 'issued', expiresAt: '9999-12-31T23:59:59Z', isManagementKeyKnown: true } as const;

/** @throws RefusedError as `findSeen` */
export async function showPerson(central: Central, actor: Actor, personId: string): Promise<PersonPage> {
  const { database } = central;
  const person = await findSeen(database, actor, personId);
  const profiles = await listProfiles(database);
  const { lines: requests, total } = await newestRequests(database, { ownerId: person.id });
  const allCards = await cardsOfHolder(database, person.id);
  const openFor = new Set((await listOpenOperationsOf(database, person.id)).map(({ cardId }) => cardId));
  const subjects = { personIds: [person.id], requestIds: requests.map(({ id }) => id) };
  const all = { ...subjects, cardIds: allCards.map(({ id }) => id) };
  return {
    person: await describe(database, person),
    // What is only planned is no card yet.
    cards: allCards
      .filter(({ state, serial }) => state !== 'planned' || serial !== null)
      .map((card) => describeCard(card, profiles, openFor.has(card.id))),
    certificates: await describeCertificates(database, person.id),
    requests,
    history: (await historyOf(database, all, HISTORY_LINES)).map(toHistoryLine),
    totals: {
      certificates: await countPublishedOf(database, person.id),
      requests: total,
      history: await countHistoryOf(database, all),
    },
    ...(await whatMayBeRequested(central, actor, person, profiles)),
  };
}

async function describe(database: Database, person: PersonRow): Promise<PersonPage['person']> {
  const { id, displayName, login, mail, state } = person;
  return {
    ...{ id, displayName, login, mail, state, hasPhoto: await hasPhoto(database, id) },
    group: await nameOfGroup(database, person.groupId),
    approvedUntil: toInstantOrNull(person.approvedUntil),
  };
}

async function describeCertificates(
  database: Database,
  ownerId: string,
): Promise<PersonPage['certificates']> {
  const rows = await publishedOf(database, ownerId, MAX_CERTIFICATES);
  const archived = await archivedAmong(
    database,
    ownerId,
    rows.map(({ certificate }) => certificate.publicKey),
  );
  return rows.map(({ certificate, card }) => ({
    ...{ serialNumber: certificate.serialNumber, subject: certificate.subject, slot: certificate.slot },
    ...{ notBefore: toInstant(certificate.notBefore), notAfter: toInstant(certificate.notAfter) },
    state: certificate.revokedAt ? 'revoked' : certificate.state,
    isArchived: archived.has(Buffer.from(certificate.publicKey).toString('hex')),
    card: { id: card.id, name: cardName(card) },
  }));
}

/** Profiles under which this operator may ask for something for them, as things are. */
async function whatMayBeRequested(
  central: Central,
  actor: Actor,
  owner: PersonRow,
  profiles: readonly Profile[],
): Promise<Pick<PersonPage, 'may' | 'profiles'>> {
  const now = toInstant(central.now());
  const holder = { ...owner, approvedUntil: toInstantOrNull(owner.approvedUntil) };
  const tried = [];
  for (const profile of profiles) {
    const refused =
      (await refuseAct(central.database, actor, 'request', { owner, profile })) ??
      refuseCard(ANY_CARD, holder, profile, now);
    tried.push({ profile, refused });
  }
  const open = tried.filter(({ refused }) => refused === null);
  return {
    may: { request: open.length > 0 ? null : (tried[0]?.refused ?? 'RP-02-no-profile') },
    profiles: open.map(({ profile: { name, title } }) => ({ name, title })),
  };
}
