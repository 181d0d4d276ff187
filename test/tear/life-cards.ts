import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { requests } from '../../db/central/request-schema.ts';
import { people } from '../../db/central/schema.ts';
import { cancelCard } from '../../src/central/card-life/change-card.ts';
import type { Central } from '../../src/central/central.ts';
import { giveNumber } from '../../src/central/new-card/give-number.ts';
import { findCard } from '../../src/central/repositories/cards.ts';
import { findRequest } from '../../src/central/repositories/requests.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import { FACTORY_PIN } from '../../src/encoder/empty-card.ts';
import { cardStateSchema } from '../../src/virtual-card/card-state.ts';
import { PERSONALITIES, type PersonalityName } from '../../src/virtual-card/personality.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { ascii, onCopy, takes } from './card-copy.ts';
import type { TearCard, TearWorld } from './tear-world.ts';

/** The two ends of a card's life: a blank one becomes somebody's, a cancelled one becomes blank. */

const FACTORY_PUK = '12345678';
const FACTORY_KEY = Uint8Array.from({ length: 24 }, (_, i) => 1 + (i % 8));

/** A blank card in software, the request that it is for, and the number that collects it. */
export interface BlankCard {
  readonly card: VirtualCard;
  readonly path: string;
  readonly requestId: string;
  readonly number: string;
}

let serial = 60_000_000;

/** A card as it came from the factory, for somebody of their own. @param profileName by which it is issued */
export async function awaitIssue(
  world: TearWorld,
  make: PersonalityName,
  profileName: string,
): Promise<BlankCard> {
  const { central } = world;
  serial += 1;
  const path = join(world.folder, `blank-${serial}.json`);
  const personality = { ...PERSONALITIES[make], apduMs: 0, rsaKeyMs: 0 };
  const card = VirtualCard.create(path, { name: 'blank', serial, personality }, { takePreparedKey });
  const { id: ownerId } = await world.savePerson(`new-${serial}`);
  const wish = { kind: 'newCard' as const, ownerId, profileName, certificates: [], inPlaceOf: null };
  const { id: requestId, state } = await fileRequest(central, COMMAND, { ...wish, note: null });
  if (state !== 'ready') throw new Error(`await issue: the request is ${state}`);
  const { code } = await giveNumber(central, requestId, 'long', 'command');
  return { card, path, requestId, number: Buffer.from(code).toString('latin1') };
}

/** The card that it has become. */
export async function issued({ central }: TearWorld, blank: BlankCard): Promise<TearCard> {
  const request = await findRequest(central.database, blank.requestId);
  const row = request?.newCardId ? await findCard(central.database, request.newCardId) : undefined;
  if (!row) throw new Error('issued: the request has no card');
  return { card: blank.card, path: blank.path, row, kind: 'full' };
}

/** In what a card's record differs from that of one that was issued. */
export async function findIssueFaults({ central }: TearWorld, card: TearCard): Promise<string[]> {
  const row = await findCard(central.database, card.row.id);
  const isTheirs = row?.state === 'issued' && (row.serial !== null || card.card.serial === null);
  return isTheirs ? [] : [`the card is ${row?.state}, serial ${row?.serial}`];
}

/** A card that was rewritten once, so that it has secrets of its own, and was cancelled. */
export async function cancelled(world: TearWorld, make: PersonalityName): Promise<TearCard> {
  const card = await world.issue(make);
  await cancelCard(world.central, COMMAND, card.row.id, { reason: 'leaver', note: null });
  return card;
}

/** In what a card differs from one that came from the factory, and its record from that of one that was emptied. */
export async function findEmptyFaults({ central }: TearWorld, card: TearCard): Promise<string[]> {
  const faults: string[] = [];
  const state = cardStateSchema.parse(JSON.parse(readFileSync(card.path, 'utf8')));
  const objects = Object.keys(state.objects).filter(
    (tag) => state.objects[tag] !== '' && !FIXED.includes(tag),
  );
  if (objects.length > 0) faults.push(`the card still has ${objects}`);
  const keys = Object.keys(state.keys).filter((slot) => slot !== 'F9');
  if (keys.length > 0) faults.push(`the card still has keys in ${keys}`);
  const has = async (what: string, command: Parameters<typeof takes>[1]) => {
    if (!(await onCopy(card, (copy) => takes(copy, command))))
      faults.push(`its ${what} is not the factory’s`);
  };
  await has('PIN', (session) => session.verifyPin(ascii(FACTORY_PIN)));
  await has('PUK', (session) => session.changePuk(ascii(FACTORY_PUK), ascii(FACTORY_PUK)));
  if (Buffer.compare(Buffer.from(state.managementKey.value, 'base64'), FACTORY_KEY) !== 0)
    faults.push('its management key is not the factory’s');
  const row = await findCard(central.database, card.row.id);
  if (row?.state !== 'cancelled' || row.serial !== null)
    faults.push(`the record is ${row?.state}, serial ${row?.serial}`);
  return faults;
}

/** What a card has by itself. */
const FIXED = ['7E', '7e'];

/** The card was looked at for the last time. */
export async function forgetIssue(world: TearWorld, blank: BlankCard, card: TearCard): Promise<void> {
  await world.forget(card);
  await forgetRequest(world.central, blank.requestId, card.row.holderId);
  rmSync(blank.path, { force: true });
}

async function forgetRequest({ database }: Central, id: string, ownerId: string): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`set local session_replication_role = replica`);
    await transaction.delete(requests).where(eq(requests.id, id));
    await transaction.delete(people).where(eq(people.id, ownerId));
  });
}

function takePreparedKey(algorithm: KeyAlgorithm): KeyObject | undefined {
  if (algorithm !== 'P-256' && algorithm !== 'P-384') return undefined;
  return generateKeyPairSync('ec', { namedCurve: algorithm }).privateKey;
}
