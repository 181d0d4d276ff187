/**
 * The secrets of a card by version: derived from one of the card master keys, imported, or the factory's. Whoever gets one
 * wipes it.
 */
import type { ManagementKeyVersion } from '../../domain/card.ts';
import type { CardSecretKind } from '../../domain/card-secret.ts';
import type { CardMasterKey } from '../authority/card-master-key.ts';
import { FIRST_MASTER_KEY } from '../authority/card-master-keys.ts';
import { KeyStoreError } from '../authority/sealed-file.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { findMasterKey, holdMasterKeys, newestMasterKey } from '../repositories/card-master-keys.ts';
import { findCardSecret, isGivenOut, listCardSecrets, saveCardSecret } from '../repositories/card-secrets.ts';
import type { CardRow } from '../repositories/cards.ts';
import { factoryManagementKey, factoryPuk } from './factory-secrets.ts';

/**
 * @throws RefusedError `RP-21-no-management-key` for a factory key that central does not know,
 * `SE-03-no-master-key` when this central lacks the key that it is derived from or sealed under
 */
export async function readManagementKey(
  central: Central,
  database: Database,
  cardId: string,
  { version, algorithm }: ManagementKeyVersion,
): Promise<Uint8Array> {
  const source = await openSource(central, database, cardId, 'managementKey', version);
  if (source === 'factory') return factoryManagementKey(algorithm);
  return source instanceof Uint8Array ? source : source.deriveManagementKey(cardId, version, algorithm);
}

/** As the card takes it: eight bytes. @throws RefusedError `SE-03-no-master-key` */
export async function readPuk(
  central: Central,
  database: Database,
  cardId: string,
  version: number,
): Promise<Uint8Array> {
  const source = await openSource(central, database, cardId, 'puk', version);
  if (source === 'factory') return factoryPuk();
  return source instanceof Uint8Array ? source : source.derivePuk(cardId, version);
}

/**
 * Says where a version that is about to be set comes from: the newest master key, unless the card may have this very version
 * already. @throws RefusedError `SE-03-no-master-key`
 */
export async function chooseMasterKey(
  central: Central,
  transaction: Database,
  cardId: string,
  secret: CardSecretKind,
  version: number,
): Promise<void> {
  await holdMasterKeys(transaction, 'used');
  const recorded = await findCardSecret(transaction, cardId, secret, version);
  const isOld = await isGivenOut(transaction, cardId, secret, version);
  const number = isOld ? (recorded?.masterKey ?? FIRST_MASTER_KEY) : await newestMasterKey(transaction);
  await openMasterKey(central, transaction, number);
  const row = { cardId, secret, version, masterKey: number, sealed: null };
  if (recorded?.masterKey !== number) await saveCardSecret(transaction, row);
}

/**
 * That this central has every key which this card needs, old and new: found out before anything is begun with the card.
 * @throws RefusedError `SE-03-no-master-key`
 */
export async function demandKeysOfCard(central: Central, database: Database, card: CardRow): Promise<void> {
  const { id: cardId, managementKeyVersion, pukVersion } = card;
  const numbers = new Set([await newestMasterKey(database)]);
  for (const { secret, version, masterKey, sealed } of await listCardSecrets(database, cardId)) {
    const current = secret === 'puk' ? pukVersion : managementKeyVersion;
    // Another one was intended and came to nothing, or is replaced: nobody asks for its key.
    const isLive =
      version === current || (version > current && (await isGivenOut(database, cardId, secret, version)));
    if (!isLive) continue;
    if (masterKey !== null) numbers.add(masterKey);
    if (sealed) (await openImported(central, sealed, { cardId, secret, version })).fill(0);
  }
  for (const number of numbers) await openMasterKey(central, database, number);
}

async function openSource(
  central: Central,
  database: Database,
  cardId: string,
  secret: CardSecretKind,
  version: number,
): Promise<CardMasterKey | Uint8Array | 'factory'> {
  const row = await findCardSecret(database, cardId, secret, version);
  if (row?.sealed) return openImported(central, row.sealed, { cardId, secret, version });
  if (version === 0) return 'factory';
  return openMasterKey(central, database, row?.masterKey ?? FIRST_MASTER_KEY);
}

/** Another key of the same number, from a folder that went its own way, must never be tried at a card. */
async function openMasterKey(central: Central, database: Database, number: number): Promise<CardMasterKey> {
  const { masterKeys } = central.authority;
  const name = masterKeys.nameOf(number);
  const key = await orRefused(name, () => masterKeys.open(number));
  const row = await findMasterKey(database, number);
  if (row && Buffer.compare(row.checkValue, key.checkValue) !== 0) throw noMasterKey(name);
  return key;
}

function openImported(
  { authority }: Central,
  sealed: Uint8Array,
  place: { readonly cardId: string; readonly secret: CardSecretKind; readonly version: number },
): Promise<Uint8Array> {
  const { name } = authority.importedSecrets;
  return orRefused(name, () => authority.importedSecrets.open(sealed, place));
}

async function orRefused<T>(name: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof KeyStoreError) throw noMasterKey(name);
    throw error;
  }
}

function noMasterKey(name: string): RefusedError {
  const why = `this central lacks ${name} or has another one; copy it into its authority folder from the central that made it`;
  return new RefusedError(409, 'SE-03-no-master-key', `read secret of card: ${why}`);
}
