import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYBODY } from '../../db/central/group-schema.ts';
import type { Central } from '../central/central.ts';
import { putOperator } from '../central/command/put-operator.ts';
import { putProfile } from '../central/command/put-profile.ts';
import {
  type CertificateRow,
  certificatesOnCard,
  changeCertificate,
} from '../central/repositories/certificates.ts';
import { type PersonRow, type PersonWithPhoto, savePerson } from '../central/repositories/people.ts';
import { newestProfile } from '../central/repositories/profiles.ts';
import { markListStale } from '../central/repositories/revocation-lists.ts';
import { buildChuid } from '../piv/objects/chuid.ts';
import { OBJECT_TAGS } from '../piv/reference.ts';
import { VirtualCard } from '../virtual-card/virtual-card.ts';
import { demoFascN, issueVirtualCard, slotKey } from './issue-card.ts';
import { DEMO_PIN, type DemoPerson, OPERATORS, PEOPLE, SITUATIONS, type Situation } from './situations.ts';

const DAY_MS = 86_400_000;
const ASSETS = import.meta.dirname;

/**
 * Makes the demo world: people, profiles, and a card for each situation, issued by an older revision of its profile
 * and, where somebody's name has changed since, under the old name.
 */
export async function makeWorld(central: Central, cardFolder: string): Promise<void> {
  mkdirSync(cardFolder, { recursive: true, mode: 0o700 });
  const people = new Map(PEOPLE.map((person) => [person.login, personRow(person, central.now())]));
  for (const [login, person] of people) {
    const before = PEOPLE.find((one) => one.login === login)?.issuedAs ?? {};
    await savePerson(central.database, { ...person, ...before });
  }
  for (const file of documents('first')) await putProfile(central, file);
  for (const situation of SITUATIONS) await makeCard(central, cardFolder, situation, people);
  for (const file of documents('second')) await putProfile(central, file);
  for (const person of people.values()) await savePerson(central.database, person);
  for (const { login, role } of OPERATORS) await putOperator(central, login, role, 'all');
}

/** Takes up the cards where they were left. */
export function openCards(cardFolder: string): VirtualCard[] {
  const order = SITUATIONS.map(({ name }) => name);
  return readdirSync(cardFolder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => VirtualCard.open(join(cardFolder, file)))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function documents(which: 'first' | 'second'): string[] {
  const folder = join(ASSETS, 'profiles', which);
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

function personRow(person: DemoPerson, now: Date): PersonWithPhoto {
  const { login, displayName, mail, state, approvedForDays } = person;
  const approvedUntil = approvedForDays === null ? null : new Date(now.getTime() + approvedForDays * DAY_MS);
  approvedUntil?.setUTCMilliseconds(0);
  return {
    ...{
      id: randomUUID(),
      login,
      displayName,
      mail,
      userPrincipalName: `${login}@demo.example`,
      state,
      approvedUntil,
    },
    groupId: EVERYBODY,
    photo: new Uint8Array(readFileSync(join(ASSETS, 'photos', 'golden-piv.jpg'))),
  };
}

async function makeCard(
  central: Central,
  folder: string,
  situation: Situation,
  people: ReadonlyMap<string, PersonRow>,
): Promise<void> {
  const { name, serial, card: what } = situation;
  const path = join(folder, `${name}.json`);
  if (what.kind !== 'issued') {
    const card = VirtualCard.create(path, {
      ...{ name, serial, contactless: what.kind === 'contactless', hasPiv: what.kind !== 'no-piv' },
    });
    if (what.kind === 'unknown') await fillForeignCard(card);
    return;
  }
  const card = VirtualCard.create(path, { name, serial, personality: what.personality });
  const holder = people.get(what.holder)!;
  const before = PEOPLE.find((one) => one.login === what.holder)?.issuedAs ?? {};
  const profile = (await newestProfile(central.database, what.profile))!;
  const issue = { label: name, situation: what, holder: { ...holder, ...before }, profile };
  const row = await issueVirtualCard(central, card, issue);
  const certificates = await certificatesOnCard(central.database, row.id);
  for (const slot of what.revokedElsewhere) await revokeElsewhere(central, certificates.get(slot));
}

/** On the CRL, and central's record does not know (RP-05). */
async function revokeElsewhere(central: Central, certificate: CertificateRow | undefined): Promise<void> {
  if (!certificate) return;
  const change = { revokedAt: central.now(), crlReason: 'superseded', isOnCrlOnly: true } as const;
  await changeCertificate(central.database, certificate.serialNumber, change);
  await markListStale(central.database);
}

/** A card of another issuer: it has a CHUID and a key, and central knows neither. */
async function fillForeignCard(card: VirtualCard): Promise<void> {
  const inTwoYears = new Date(Date.now() + 730 * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  const chuid = {
    ...{ fascN: demoFascN(), organizationalIdentifier: null, guid: randomUUID(), expiry: inTwoYears },
    ...{ cardholderUuid: null, signature: new Uint8Array() },
  };
  card.putObject(OBJECT_TAGS.CHUID, buildChuid(chuid));
  card.putKey('9A', (await slotKey('P-256')).privateKey);
  card.setPinAndPuk(DEMO_PIN, '87654321');
}
