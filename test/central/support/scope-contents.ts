/** What a scope holds, found in two ways: by a fresh query, and by following its log. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../../../src/central/database.ts';
import { listCards } from '../../../src/central/repositories/cards.ts';
import { listCertificates } from '../../../src/central/repositories/certificates.ts';
import { readLog } from '../../../src/central/repositories/copy-log.ts';
import { listPeople } from '../../../src/central/repositories/people.ts';
import { listProfiles } from '../../../src/central/repositories/profiles.ts';
import { listReasons } from '../../../src/central/repositories/reasons.ts';
import { type LogRow, logRow } from '../../../src/protocol/log.ts';

/** Rows by `kind key`, without order. */
export type Contents = Map<string, unknown>;

type PersonRow = Readonly<Record<'id' | 'group_id' | 'mail', string>> & { readonly login: string | null };
type CardRow = Readonly<Record<'id' | 'holder_id', string>> & { readonly label: string | null };

/** By the queries that central decides with, and the groups written out by the test. */
export async function queryScope(database: Database, groupIds: readonly string[]): Promise<Contents> {
  const answer = await database.execute(sql`select id, group_id, mail, login from people`);
  const { rows } = answer as unknown as { readonly rows: readonly PersonRow[] };
  const found = new Map(rows.map(({ id, mail, login }) => [id, { mail, login }]));
  const here = new Set(rows.filter((row) => groupIds.includes(row.group_id)).map(({ id }) => id));
  const cards = (await listCards(database)).filter(({ holderId }) => here.has(holderId));
  // Of a card too that kiosks do not see: it was never issued, and what it had is on the revocation list.
  const all = await database.execute(sql`select id, holder_id, label from cards`);
  const { rows: allCards } = all as unknown as { readonly rows: readonly CardRow[] };
  const labels = new Map(allCards.map(({ id, label }) => [id, { label }]));
  const cardIds = new Set(allCards.filter((card) => here.has(card.holder_id)).map(({ id }) => id));
  const certificates = (await listCertificates(database)).filter(({ cardId }) => cardIds.has(cardId));
  return new Map<string, unknown>([
    ...(await listPeople(database))
      .filter(({ id }) => here.has(id))
      .map((one) => [`person ${one.id}`, { ...one, ...found.get(one.id) }] as const),
    ...cards.map((one) => [`card ${one.id}`, { ...one, ...labels.get(one.id) }] as const),
    ...certificates.map((one) => [`certificate ${one.serialNumber}`, one] as const),
    ...(await listProfiles(database)).map((one) => [`profile ${one.name}`, one] as const),
    ...(await listReasons(database, 'reprovision')).map(
      ({ operations: _for, ...one }) => [`reason ${one.code}`, one] as const,
    ),
  ]);
}

export function applyRow(contents: Contents, [, kind, key, row]: LogRow): void {
  if (row === null) contents.delete(`${kind} ${key}`);
  else contents.set(`${kind} ${key}`, row);
}

/** Every row of a log after a revision, as kiosks get them; @throws where one is missing or a piece ends badly. */
export async function readWholeLog(
  database: Database,
  scopeId: string,
  since: number,
  limit: number,
): Promise<LogRow[]> {
  const all: LogRow[] = [];
  for (let from = since; ; ) {
    const piece = await readLog(database, scopeId, from, limit);
    if (!piece) throw new Error('there is no such scope');
    const rows = z.array(logRow).parse(JSON.parse(`[${piece.rows}]`));
    if (rows.some(([revision], index) => revision !== from + 1 + index)) throw new Error('a row is missing');
    if (rows.length !== piece.to - from) throw new Error('a piece has not the rows that it names');
    if (piece.to < piece.transactionEnd && rows.length < limit)
      throw new Error('a piece ends within a transaction');
    all.push(...rows);
    from = piece.to;
    if (from === piece.revision) return all;
  }
}
