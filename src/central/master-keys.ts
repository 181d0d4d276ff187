/** Rotating the card master key: a new one for what is written from now on, the old ones until their last card (SE-03). */
import { FIRST_MASTER_KEY } from './authority/card-master-keys.ts';
import { KeyStoreError } from './authority/sealed-file.ts';
import type { Central } from './central.ts';
import { recordAudit } from './repositories/audit.ts';
import * as rows from './repositories/card-master-keys.ts';
import { countCardsByMasterKey } from './repositories/card-secrets.ts';

/** A master key cannot be made or retired; the message says why and what to do. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

export interface MasterKeyUse {
  readonly number: number;
  readonly isNewest: boolean;
  /** Cards that can still be rewritten and have, or may have, a secret of it. */
  readonly cards: number;
  /** Its file is in this central's folder, and it is the right one. */
  readonly isHere: boolean;
  /** Null: with central itself. */
  readonly madeAt: Date | null;
  readonly retiredAt: Date | null;
}

/** Makes the next one, which every new secret is derived from. @returns its number. @throws MasterKeyError, KeyStoreError */
export async function rotateMasterKey(central: Central, actor: string): Promise<number> {
  const { masterKeys } = central.authority;
  const known = await rows.listMasterKeys(central.database);
  const number = Math.max(FIRST_MASTER_KEY, ...known.map((row) => row.number)) + 1;
  // A file that an earlier try has left is taken: nothing was derived from it.
  const { checkValue } = await masterKeys.make(number);
  const madeAt = central.now();
  await central.database.transaction(async (transaction) => {
    if (!(await rows.addMasterKey(transaction, { number, checkValue, madeAt, retiredAt: null }))) {
      const why = `another central has just made ${number}; copy its file over ${masterKeys.pathOf(number)}`;
      throw new MasterKeyError(`rotate master key: ${why}`);
    }
    const entry = { type: 'master-key.made', actor, detail: { number } };
    await recordAudit(central, transaction, entry, madeAt);
  });
  return number;
}

/** By number. */
export async function listMasterKeysInUse(central: Central): Promise<MasterKeyUse[]> {
  const known = await rows.listMasterKeys(central.database);
  const newest = await rows.newestMasterKey(central.database);
  const cards = await countCardsByMasterKey(central.database, central.now());
  const numbers = new Set([FIRST_MASTER_KEY, ...known.map(({ number }) => number)]);
  const uses: MasterKeyUse[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const row = known.find((one) => one.number === number);
    const isHere = await isAtHand(central, number, row);
    const facts = { number, isNewest: number === newest, cards: cards.get(number) ?? 0, isHere };
    uses.push({ ...facts, madeAt: row?.madeAt ?? null, retiredAt: row?.retiredAt ?? null });
  }
  return uses;
}

/**
 * Retires one that no card needs; its file is destroyed, but for the first, which other keys are derived from.
 * @throws MasterKeyError while a card needs it, for the newest, and for one that does not exist
 */
export async function retireMasterKey(central: Central, number: number, actor: string): Promise<Date> {
  const refuse = (why: string) => new MasterKeyError(`retire master key ${number}: ${why}`);
  const retiredAt = central.now();
  await central.database.transaction(async (transaction) => {
    await rows.holdMasterKeys(transaction, 'retired');
    const known = await rows.findMasterKey(transaction, number);
    if (!known && number !== FIRST_MASTER_KEY)
      throw refuse('there is none of that number; see: master-key list');
    if (known?.retiredAt) throw refuse('it is retired already');
    if (number === (await rows.newestMasterKey(transaction)))
      throw refuse('new secrets are derived from it; rotate first');
    const cards = (await countCardsByMasterKey(transaction, retiredAt)).get(number) ?? 0;
    if (cards > 0) throw refuse(`${cards} cards need it until they are rewritten, cancelled or expired`);
    const { checkValue } = central.authority.masterKeys.first;
    if (!known) await rows.addMasterKey(transaction, { number, checkValue, madeAt: retiredAt, retiredAt });
    await rows.retireMasterKey(transaction, number, retiredAt);
    const entry = { type: 'master-key.retired', actor, detail: { number } };
    await recordAudit(central, transaction, entry, retiredAt);
  });
  await central.authority.masterKeys.discard(number);
  return retiredAt;
}

async function isAtHand(
  central: Central,
  number: number,
  row: rows.CardMasterKeyRow | undefined,
): Promise<boolean> {
  try {
    const { checkValue } = await central.authority.masterKeys.open(number);
    return !row || Buffer.compare(row.checkValue, checkValue) === 0;
  } catch (error) {
    if (error instanceof KeyStoreError) return false;
    throw error;
  }
}
