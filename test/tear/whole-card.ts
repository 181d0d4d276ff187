import { readFileSync } from 'node:fs';
import { and, eq, inArray } from 'drizzle-orm';
import { operations, secretIntents } from '../../db/central/operation-schema.ts';
import { certificates } from '../../db/central/schema.ts';
import type { Central } from '../../src/central/central.ts';
import { decryptBlock, encryptBlock } from '../../src/central/operation/card-cipher.ts';
import { readManagementKey, readPuk } from '../../src/central/operation/read-secret.ts';
import { type CardRow, findCard } from '../../src/central/repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from '../../src/central/repositories/certificates.ts';
import { listOperationKeys, type OperationRow } from '../../src/central/repositories/operations.ts';
import { findRequest } from '../../src/central/repositories/requests.ts';
import { isEncryptionSlot } from '../../src/domain/slot.ts';
import { buildCertificateObject } from '../../src/piv/objects/certificate.ts';
import { certificateTag, hexTag } from '../../src/piv/reference.ts';
import type { PivSession } from '../../src/piv/session.ts';
import { isExpectedAnswer, makeKeyChallenge } from '../../src/pki/key-challenge.ts';
import { algorithmOf, verifySignature } from '../../src/pki/public-key.ts';
import { type CardState, cardStateSchema } from '../../src/virtual-card/card-state.ts';
import { ascii, onCopy, takes } from './card-copy.ts';
import type { TearCard, TearWorld } from './tear-world.ts';

/** What a card is like on which nothing was ever cut off; values differ from card to card, this does not. */
export interface CardShape {
  readonly objects: readonly string[];
  readonly keys: readonly string[];
  readonly managementKeyAlgorithm: string;
  /** Objects that this make of card keeps as they were. */
  readonly unlikeImage: readonly string[];
}

/** What is on the card beside what central wants on it. */
export async function shapeOf(world: TearWorld, card: TearCard): Promise<CardShape> {
  const state = readState(card);
  return {
    // An empty object is none: some cards keep its name.
    objects: Object.keys(state.objects)
      .filter((tag) => state.objects[tag] !== '')
      .sort(),
    keys: Object.entries(state.keys)
      .map(([slot, { algorithm }]) => `${slot} ${algorithm}`)
      .sort(),
    managementKeyAlgorithm: state.managementKey.algorithm,
    unlikeImage: await unlikeImage(world, card),
  };
}

/**
 * Everything in which a card and central's record of it differ from those of a card that was rewritten without a cut.
 * @param pins that the holder knows to work, and that must work no longer
 */
export async function findFaults(
  world: TearWorld,
  card: TearCard,
  shape: CardShape,
  pins: { readonly works: string; readonly fail: readonly string[] },
): Promise<string[]> {
  const faults: string[] = [];
  const demand = (holds: boolean, otherwise: string) => {
    if (!holds) faults.push(otherwise);
  };
  const found = await shapeOf(world, card);
  for (const part of ['objects', 'keys', 'managementKeyAlgorithm', 'unlikeImage'] as const) {
    const [is, shall] = [JSON.stringify(found[part]), JSON.stringify(shape[part])];
    demand(is === shall, `${part} of the card are ${is}, not ${shall}`);
  }
  for (const pin of pins.fail) {
    const isTaken = await onCopy(card, (copy) => takes(copy, (session) => session.verifyPin(ascii(pin))));
    demand(!isTaken, 'an older PIN works');
  }
  demand(readState(card).pin.triesLeft === readState(card).pin.triesMax, 'PIN tries were used up');
  demand(readState(card).puk.triesLeft === readState(card).puk.triesMax, 'PUK tries were used up');
  const { central } = world;
  const row = (await findCard(central.database, card.row.id))!;
  demand(await hasManagementKey(central, row, card), 'central does not know the management key');
  demand(await hasPuk(central, row, card), 'central does not know the PUK');
  await onCopy(card, async (copy) => {
    const isTaken = await takes(copy, async (session) => {
      const verifyPin = () => session.verifyPin(ascii(pins.works));
      await verifyPin();
      faults.push(...(await findKeyFaults(central, row, session, verifyPin)));
    });
    demand(isTaken, 'the new PIN does not work');
  });
  faults.push(...(await findRecordFaults(central, row, shape)));
  return faults;
}

/** Whether central has seen the end of the card's rewrite. */
export async function isCompleted({ central }: TearWorld, { row }: TearCard): Promise<boolean> {
  return (await completedOperation(central, row)) !== undefined;
}

function readState({ path }: TearCard): CardState {
  return cardStateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Objects and certificates that are not what central's last completed operation froze and issued. */
async function unlikeImage({ central }: TearWorld, { row, card }: TearCard): Promise<string[]> {
  const operation = await completedOperation(central, row);
  if (!operation) return ['there is no completed operation'];
  const valid = await validCertificates(central, row);
  const wanted = [
    ...operation.image.objects.map(({ tag, content }) => [tag, Buffer.from(content, 'base64')] as const),
    ...operation.image.emptiedCertificates.map(
      (slot) => [hexTag(certificateTag(slot)), Buffer.of()] as const,
    ),
    ...valid.map(({ slot, der }) => [hexTag(certificateTag(slot)), buildCertificateObject(der)] as const),
  ];
  const isAsWanted = (tag: string, content: Uint8Array) => {
    const onCard = card.object(Number.parseInt(tag, 16)) ?? new Uint8Array();
    return Buffer.compare(onCard, content) === 0;
  };
  return wanted.filter(([tag, content]) => !isAsWanted(tag, content)).map(([tag]) => tag);
}

async function completedOperation({ database }: Central, row: CardRow): Promise<OperationRow | undefined> {
  const ofCard = and(eq(operations.cardId, row.id), eq(operations.state, 'completed'));
  return (await database.select().from(operations).where(ofCard))[0];
}

/** Active, or still held; of a card onto which keys were collected: what is on it, wherever it was issued for. */
async function validCertificates(central: Central, row: CardRow): Promise<CertificateRow[]> {
  const { database } = central;
  const operation = await completedOperation(central, row);
  if (operation?.kind === 'collection') return [...(await certificatesOnCard(database, row.id)).values()];
  const isValid = and(eq(certificates.cardId, row.id), inArray(certificates.state, ['active', 'held']));
  return database.select().from(certificates).where(isValid);
}

/** One valid certificate for each slot of the image, none more; nothing left open. */
async function findRecordFaults(central: Central, row: CardRow, shape: CardShape): Promise<string[]> {
  const { database } = central;
  const faults: string[] = [];
  const all = await database.select().from(operations).where(eq(operations.cardId, row.id));
  // One that was cut off before its first write may have been cancelled.
  const states = all.map(({ state }) => state).filter((state) => state !== 'abandoned');
  if (states.join() !== 'completed') faults.push(`operations of the card are ${states.join()}`);
  const operation = await completedOperation(central, row);
  if (!operation) return faults;
  if (operation.requestId !== null) faults.push(...(await findRequestFaults(central, operation.requestId)));
  const slots =
    operation.kind === 'collection'
      ? shape.keys.map((key) => key.split(' ')[0])
      : (await listOperationKeys(database, operation.id)).map(({ slot }) => slot).sort();
  const valid = await validCertificates(central, row);
  const held = valid.filter(({ state, isOnCard }) => state !== 'active' || !isOnCard);
  if (held.length > 0) faults.push(`certificates for ${held.map(({ slot }) => slot).join()} are not active`);
  const certified = valid.map(({ slot }) => slot).sort();
  if (certified.join() !== slots.join()) faults.push(`valid certificates are for ${certified}, not ${slots}`);
  const intents = await database
    .select()
    .from(secretIntents)
    .where(and(eq(secretIntents.operationId, operation.id), eq(secretIntents.state, 'intended')));
  if (intents.length > 0) faults.push(`secrets without outcome: ${intents.map(({ secret }) => secret)}`);
  return faults;
}

async function findRequestFaults({ database }: Central, id: string): Promise<string[]> {
  const request = await findRequest(database, id);
  return request?.state === 'completed' ? [] : [`the request is ${request?.state}`];
}

/** The private key of each certificate is on the card, and does its work. */
async function findKeyFaults(
  central: Central,
  row: CardRow,
  session: PivSession,
  verifyPin: () => Promise<void>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { slot, publicKey } of await validCertificates(central, row)) {
    const algorithm = algorithmOf(publicKey);
    // 9C wants it before each use.
    await verifyPin();
    if (isEncryptionSlot(slot)) {
      const { challenge, expected } = makeKeyChallenge(publicKey);
      const answer =
        challenge.kind === 'decrypt'
          ? await session.decrypt(slot, algorithm, challenge.value)
          : await digest(await session.agree(slot, algorithm, challenge.value));
      if (!isExpectedAnswer(expected, answer)) faults.push(`the key in ${slot} is not its certificate's`);
    } else {
      const message = ascii(`prove ${slot}`);
      const signature = await session.sign(slot, algorithm, message);
      if (!verifySignature(publicKey, message, signature))
        faults.push(`the key in ${slot} is not its certificate's`);
    }
  }
  return faults;
}

async function digest(secret: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(secret)));
}

/** The card passes mutual authentication with the key that central's record names. */
async function hasManagementKey(central: Central, row: CardRow, card: TearCard): Promise<boolean> {
  const { managementKeyAlgorithm: algorithm, managementKeyVersion: version } = row;
  const key = await readManagementKey(central, central.database, row.id, { version, algorithm });
  const challenge = new Uint8Array(algorithm === '3DES' ? 8 : 16).fill(7);
  return onCopy(card, async (copy) => {
    let isAuthenticated = false;
    await takes(copy, async (session) => {
      isAuthenticated = await session.authenticateManagementKey(algorithm, {
        answerWitness: async (witness) => ({
          decryptedWitness: decryptBlock(algorithm, key, witness),
          challenge,
        }),
        checkResponse: async (response) =>
          Buffer.compare(response, encryptBlock(algorithm, key, challenge)) === 0,
      });
    });
    return isAuthenticated;
  });
}

async function hasPuk(central: Central, row: CardRow, card: TearCard): Promise<boolean> {
  const known = await readPuk(central, central.database, row.id, row.pukVersion);
  return onCopy(card, (copy) => takes(copy, (session) => session.changePuk(known, known)));
}
