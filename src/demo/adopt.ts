import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Central } from '../central/central.ts';
import { issueCertificate } from '../central/issue.ts';
import { addCard, type CardRow, findCardBySight } from '../central/repositories/cards.ts';
import { findPerson } from '../central/repositories/people.ts';
import { newestProfile } from '../central/repositories/profiles.ts';
import { ACTIVE_SLOTS, type ManagementKeyAlgorithm } from '../domain/slot.ts';
import { type Chuid, parseChuid } from '../piv/objects/chuid.ts';
import { certificateTag, OBJECT_TAGS } from '../piv/reference.ts';
import { PivSession } from '../piv/session.ts';
import { algorithmOf } from '../pki/public-key.ts';
import type { Readers } from '../readers/readers.ts';
import { authenticateWithFactoryKey } from './factory-key.ts';
import { demoFascN } from './issue-card.ts';

/** Takes a real card with factory keys into the demo, as a card of its cardholder's, so that the kiosk can rewrite it. */

const HOLDER = 'anna';
const PROFILE = 'contractor';
const LIFE_MS = 730 * 86_400_000;

/** This card cannot be adopted, or the person would rather not; nothing was changed on it. */
export class AdoptError extends Error {
  override readonly name = 'AdoptError';
}

export interface AdoptOptions {
  readonly central: Central;
  readonly readers: Readers;
  /** The serial, when it need not be typed (tests). */
  readonly yes: string | null;
}

/** What is known of the card before anything is changed on it. */
interface FoundCard {
  readonly serial: string;
  readonly chuid: Chuid | null;
  readonly managementKeyAlgorithm: ManagementKeyAlgorithm;
  /** SubjectPublicKeyInfo of 9A, by which its holder can prove themselves; null: none that the card tells. */
  readonly authenticationKey: Uint8Array | null;
  /** Slots and objects that have something in them. */
  readonly contents: readonly string[];
}

/**
 * Waits for a card, asks, and records it at central. A card without a key in 9A gets one: nobody could prove themselves
 * with it otherwise.
 * @returns its serial
 * @throws AdoptError
 */
export async function adoptCard({ central, readers, yes }: AdoptOptions): Promise<string> {
  process.stdout.write('Put the card with factory keys into a reader.\n');
  const connection = await readers.open(await firstCard(readers));
  try {
    const session = await PivSession.select(connection);
    const found = await inspect(session);
    if (await findCardBySight(central.database, found.serial, null)) return found.serial;
    await confirm(found, yes);
    const key = found.authenticationKey ?? (await makeAuthenticationKey(session));
    await record(central, found, key);
    return found.serial;
  } finally {
    await connection.close();
  }
}

function firstCard(readers: Readers): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const stop = readers.watch((event) => {
    if (event.type === 'cardInserted') resolve(event.reader);
  });
  return promise.finally(stop);
}

async function inspect(session: PivSession): Promise<FoundCard> {
  const serial = await session.serial();
  if (serial === null) {
    throw new AdoptError('adopt card: this card tells no serial number, by which it could be known again');
  }
  const managementKeyAlgorithm = await authenticateWithFactoryKey(session);
  if (managementKeyAlgorithm === null) {
    throw new AdoptError(
      `adopt card ${serial}: its management key is not the factory's. Nothing was changed; reset the card with its own tools first`,
    );
  }
  const chuid = await session.object(OBJECT_TAGS.CHUID);
  const contents: string[] = chuid ? ['CHUID'] : [];
  for (const slot of ACTIVE_SLOTS) {
    if (await session.metadata(slot)) contents.push(`key ${slot}`);
    if (await session.object(certificateTag(slot))) contents.push(`certificate ${slot}`);
  }
  const authenticationKey = (await session.metadata('9A'))?.publicKey ?? null;
  return { serial, chuid: parsed(chuid), managementKeyAlgorithm, authenticationKey, contents };
}

function parsed(chuid: Uint8Array | null): Chuid | null {
  try {
    return chuid && parseChuid(chuid);
  } catch {
    return null; // a broken one is replaced
  }
}

async function confirm({ serial, contents }: FoundCard, yes: string | null): Promise<void> {
  process.stdout.write(
    `Card ${serial}: the kiosk will erase ${contents.length === 0 ? 'nothing, it is empty' : contents.join(', ')}.\n`,
  );
  const typed = yes ?? (await ask(`Type the serial number to let the demo have this card: `));
  if (typed.trim() !== serial) {
    throw new AdoptError(`adopt card: ${typed.trim() || 'nothing'} is not ${serial}. Nothing was changed`);
  }
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await Promise.race([lines.question(question), once(lines, 'close').then(() => '')]);
  } finally {
    lines.close();
  }
}

async function makeAuthenticationKey(session: PivSession): Promise<Uint8Array> {
  await authenticateWithFactoryKey(session);
  return session.generateKey('9A', 'P-256');
}

async function record(central: Central, found: FoundCard, publicKey: Uint8Array): Promise<void> {
  const holder = await findPerson(central.database, HOLDER);
  const profile = await newestProfile(central.database, PROFILE);
  if (!holder || !profile) throw new AdoptError('adopt card: this home holds no demo world');
  algorithmOf(publicKey);
  const card = cardRow(found, holder.id, profile.revision, central.now());
  await central.database.transaction(async (transaction) => {
    await addCard(transaction, card);
    const order = {
      card,
      holder,
      slot: '9A',
      publicKey,
      lifetimeDays: 365,
      notBefore: central.now(),
    } as const;
    await issueCertificate(central, transaction, { ...order, operationId: null });
  });
}

function cardRow(found: FoundCard, holderId: string, profileRevision: number, now: Date): CardRow {
  const { chuid, serial, managementKeyAlgorithm } = found;
  const expiresAt = expiryOf(chuid, now);
  return {
    ...{ id: randomUUID(), label: `adopted-${serial}`, serial, holderId, state: 'issued' },
    guid: chuid?.guid ?? randomUUID(),
    fascN: chuid?.fascN ?? demoFascN(),
    cardholderUuid: chuid?.cardholderUuid ?? randomUUID(),
    chuidExpiry: expiresAt.toISOString().slice(0, 10).replaceAll('-', ''),
    expiresAt,
    ...{ profileName: PROFILE, profileRevision, managementKeyVersion: 0, managementKeyAlgorithm },
    ...{
      canChangeManagementKey: null,
      pukVersion: 0,
      isManagementKeyKnown: true,
      stateReason: null,
      isPukKnown: true,
    },
  };
}

/** The CHUID's day while it lies ahead (RP-03), else two years from now. */
function expiryOf(chuid: Chuid | null, now: Date): Date {
  const day = chuid?.expiry.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3T23:59:59Z');
  const told = day ? new Date(day) : null;
  if (told && told.getTime() > now.getTime()) return told;
  const later = new Date(now.getTime() + LIFE_MS);
  later.setUTCHours(23, 59, 59, 0);
  return later;
}
