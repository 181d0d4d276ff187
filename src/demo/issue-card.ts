import { createPrivateKey, generateKeyPair, type KeyObject, randomInt, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { archiveKeyPair, openArchivedKey } from '../central/archive/archive-key-pair.ts';
import type { Central } from '../central/central.ts';
import { issueCertificate } from '../central/issue.ts';
import { buildCardObjects } from '../central/planner/card-objects.ts';
import { findArchivedKey } from '../central/repositories/archived-keys.ts';
import { addCard, type CardRow } from '../central/repositories/cards.ts';
import { findPhoto, type PersonRow } from '../central/repositories/people.ts';
import type { Profile } from '../domain/profile.ts';
import type { KeyAlgorithm, Slot } from '../domain/slot.ts';
import { buildCertificateObject } from '../piv/objects/certificate.ts';
import { buildFascN } from '../piv/objects/fasc-n.ts';
import { certificateTag, tagNumber } from '../piv/reference.ts';
import { spkiOf } from '../pki/public-key.ts';
import type { VirtualCard } from '../virtual-card/virtual-card.ts';
import { DEMO_PIN, type IssuedSituation } from './situations.ts';

/** Issues a virtual card as it was issued long ago: central's records, its keys, certificates, objects and secrets. */

const DAY_MS = 86_400_000;
const ISSUED_DAYS_AGO = 200;
const FIRST_VERSION = 1;
const makeKeyPair = promisify(generateKeyPair);

export interface CardIssue {
  readonly label: string;
  readonly situation: IssuedSituation;
  /** As they were called then. */
  readonly holder: PersonRow;
  readonly profile: Profile;
}

/** Puts everything onto the card, and the card into central's records. */
export async function issueVirtualCard(
  central: Central,
  card: VirtualCard,
  issue: CardIssue,
): Promise<CardRow> {
  const { situation, profile, holder } = issue;
  const now = central.now();
  const row = cardRow(issue, card, now);
  await addCard(central.database, row);
  const lifetimeDays = situation.hasExpiredCertificates ? ISSUED_DAYS_AGO - 1 : null;
  const notBefore = new Date(now.getTime() - ISSUED_DAYS_AGO * DAY_MS);
  for (const { slot, algorithm, lifetimeDays: usual, isArchived } of profile.slots) {
    const privateKey = isArchived
      ? await archivedKey(central, slot, algorithm, holder)
      : (await slotKey(algorithm)).privateKey;
    const order = {
      card: row,
      holder,
      slot,
      publicKey: spkiOf(privateKey),
      lifetimeDays: lifetimeDays ?? usual,
      notBefore,
    };
    const { der } = await issueCertificate(central, central.database, { ...order, operationId: null });
    card.putKey(slot, privateKey);
    card.putObject(certificateTag(slot), buildCertificateObject(der));
  }
  for (const { tag, content } of await buildCardObjects(central, {
    card: row,
    holder,
    readPhoto: () => findPhoto(central.database, holder.id),
    profile,
    retiredKeys: 0,
    now,
  })) {
    if (content.length > 0) card.putObject(tagNumber(tag), content);
  }
  const masterKey = central.authority.masterKeys.first;
  const algorithm = row.managementKeyAlgorithm;
  card.setManagementKey(algorithm, masterKey.deriveManagementKey(row.id, FIRST_VERSION, algorithm));
  card.setPinAndPuk(DEMO_PIN, Buffer.from(masterKey.derivePuk(row.id, FIRST_VERSION)).toString('latin1'));
  return row;
}

/** Made at central, archived there, and taken out for this card, as a key that an operation brings. */
async function archivedKey(
  central: Central,
  slot: Slot,
  algorithm: KeyAlgorithm,
  { id: ownerId }: PersonRow,
): Promise<KeyObject> {
  const order = { slot, algorithm, ownerId, operationId: null };
  const publicKey = await archiveKeyPair(central, central.database, order);
  const archived = await findArchivedKey(central.database, publicKey);
  if (!archived) throw new Error(`issue card: the key for ${slot} is not in the archive`);
  const pkcs8 = await openArchivedKey(central, archived);
  const key = createPrivateKey({
    key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length),
    format: 'der',
    type: 'pkcs8',
  });
  pkcs8.fill(0);
  return key;
}

function cardRow({ label, situation, holder, profile }: CardIssue, card: VirtualCard, now: Date): CardRow {
  const expiresAt = new Date(now.getTime() + situation.expiresInDays * DAY_MS);
  expiresAt.setUTCHours(23, 59, 59, 0);
  return {
    id: randomUUID(),
    label,
    serial: card.serial === null ? null : String(card.serial),
    guid: randomUUID(),
    fascN: demoFascN(),
    cardholderUuid: randomUUID(),
    chuidExpiry: expiresAt.toISOString().slice(0, 10).replaceAll('-', ''),
    expiresAt,
    holderId: holder.id,
    state: situation.state,
    profileName: profile.name,
    profileRevision: profile.revision,
    managementKeyVersion: FIRST_VERSION,
    // As issued: of the kind that every card takes. The next rewrite brings the profile's.
    managementKeyAlgorithm: '3DES',
    canChangeManagementKey: null,
    pukVersion: FIRST_VERSION,
    isManagementKeyKnown: true,
    stateReason: null,
    isPukKnown: true,
  };
}

/** A FASC-N of the test agency 9999. */
export function demoFascN(): Uint8Array {
  const digits = (count: number) => String(randomInt(10 ** count)).padStart(count, '0');
  return buildFascN({
    agencyCode: '9999',
    systemCode: '0001',
    credentialNumber: digits(6),
    credentialSeries: '1',
    individualCredentialIssue: '1',
    personIdentifier: digits(10),
    organizationalCategory: '1',
    organizationalIdentifier: '9999',
    personAssociation: '1',
  });
}

/** A key pair as a card would have made it. */
export async function slotKey(
  algorithm: KeyAlgorithm,
): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  if (algorithm === 'P-256' || algorithm === 'P-384') return makeKeyPair('ec', { namedCurve: algorithm });
  return makeKeyPair('rsa', { modulusLength: Number(algorithm.slice('RSA-'.length)) });
}
