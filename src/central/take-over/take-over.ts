/** Taking over the management keys and PUKs of another system's cards (RP-21). */
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import { findCardSecret, saveCardSecret } from '../repositories/card-secrets.ts';
import { type CardRow, changeCard, findCardByName, lockCard } from '../repositories/cards.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { forgetRefusedPuks } from '../repositories/refused-puks.ts';
import {
  CardSecretsError,
  type ForeignSecrets,
  type LineProblem,
  readCardSecrets,
} from './card-secrets-file.ts';

/** Imported values stand in the place of the factory's. */
const IMPORTED_VERSION = 0;

export interface TakenOver {
  readonly cards: number;
  readonly puks: number;
  /** Of these another value had been imported, and never been used. */
  readonly replaced: number;
  /** They can be emptied by their key, and are not rewritten any more. */
  readonly cancelled: number;
}

class DryRun extends Error {}

/**
 * Takes over all cards of a file, or none.
 * @param text content of the file, decrypted
 * @param actor as in the audit
 * @throws CardSecretsError naming each line that cannot be taken; KeyStoreError
 */
export async function takeOverCards(
  central: Central,
  text: string,
  { isDryRun, actor }: { readonly isDryRun: boolean; readonly actor: string },
): Promise<TakenOver> {
  const { rows, problems } = await readCardSecrets(text);
  try {
    return await inTransaction(central, isDryRun, (transaction) =>
      takeOverRows(central, transaction, rows, problems, actor),
    );
  } finally {
    for (const { managementKey, puk } of rows) {
      managementKey.fill(0);
      puk?.fill(0);
    }
  }
}

/** A dry run does everything and takes it back. */
async function inTransaction(
  { database }: Central,
  isDryRun: boolean,
  work: (transaction: Database) => Promise<TakenOver>,
): Promise<TakenOver> {
  let result: TakenOver | null = null;
  try {
    return await database.transaction(async (transaction) => {
      result = await work(transaction);
      if (isDryRun) throw new DryRun('take over cards: nothing is kept of a dry run');
      return result;
    });
  } catch (error) {
    if (error instanceof DryRun && result) return result;
    throw error;
  }
}

async function takeOverRows(
  central: Central,
  transaction: Database,
  rows: readonly ForeignSecrets[],
  unreadable: readonly LineProblem[],
  actor: string,
): Promise<TakenOver> {
  const problems = [...unreadable];
  const lines = new Map<string, number>();
  const counts = { cards: 0, puks: 0, replaced: 0, cancelled: 0 };
  const entries: AuditEntry[] = [];
  for (const { card, row } of await inLockOrder(transaction, rows, problems)) {
    const before = lines.get(card.id);
    const why = before ? `the same card stands in line ${before}` : await refuse(transaction, card, row);
    lines.set(card.id, row.line);
    if (why) problems.push({ line: row.line, why });
    else if (problems.length === 0) {
      counts.cards += 1;
      counts.puks += row.puk ? 1 : 0;
      counts.cancelled += card.state === 'cancelled' ? 1 : 0;
      counts.replaced += (await takeOver(central, transaction, card, row)) ? 1 : 0;
      const detail = { algorithm: row.algorithm, hasPuk: row.puk !== null };
      entries.push({ type: 'card.taken-over', actor, cardId: card.id, detail });
    }
  }
  if (problems.length > 0) throw new CardSecretsError(problems.toSorted((a, b) => a.line - b.line));
  await recordAudits(central, transaction, entries, central.now());
  return counts;
}

/** Cards are locked in the order of their ids, so that two imports do not wait for each other. */
async function inLockOrder(
  transaction: Database,
  rows: readonly ForeignSecrets[],
  problems: LineProblem[],
): Promise<{ card: CardRow; row: ForeignSecrets }[]> {
  const found: { id: string; row: ForeignSecrets }[] = [];
  for (const row of rows) {
    const card = await findCardByName(transaction, row.card);
    if (card) found.push({ id: card.id, row });
    else problems.push({ line: row.line, why: 'central knows no such card' });
  }
  found.sort((a, b) => (a.id === b.id ? a.row.line - b.row.line : a.id < b.id ? -1 : 1));
  const locked: { card: CardRow; row: ForeignSecrets }[] = [];
  for (const { id, row } of found) {
    const card = await lockCard(transaction, id);
    if (card) locked.push({ card, row });
  }
  return locked;
}

/** Null when these values can be the card's. */
async function refuse(transaction: Database, card: CardRow, row: ForeignSecrets): Promise<string | null> {
  if (card.managementKeyVersion !== IMPORTED_VERSION)
    return 'central has given this card a management key of its own; leave the line away';
  if (row.puk && card.pukVersion !== IMPORTED_VERSION)
    return 'central has given this card a PUK of its own; leave the PUK away';
  if (await findOpenOperation(transaction, card.id))
    return 'this card is being rewritten; finish that, or abandon it, first';
  return null;
}

/** @returns whether another value had been imported before */
async function takeOver(
  central: Central,
  transaction: Database,
  card: CardRow,
  { algorithm, managementKey, puk }: ForeignSecrets,
): Promise<boolean> {
  const { importedSecrets } = central.authority;
  const values = { managementKey, puk };
  const before = await findCardSecret(transaction, card.id, 'managementKey', IMPORTED_VERSION);
  for (const secret of ['managementKey', 'puk'] as const) {
    const value = values[secret];
    if (!value) continue;
    const place = { cardId: card.id, secret, version: IMPORTED_VERSION };
    const sealed = await importedSecrets.seal(value, place);
    await saveCardSecret(transaction, { ...place, masterKey: null, sealed });
  }
  if (puk) await forgetRefusedPuks(transaction, card.id);
  await changeCard(transaction, card.id, {
    ...{ managementKeyAlgorithm: algorithm, isManagementKeyKnown: true },
    ...(puk ? { isPukKnown: true } : {}),
  });
  return before !== undefined;
}
