/** Where each version of a card's secrets comes from (SE-03, RP-21). */
import { and, eq, sql } from 'drizzle-orm';
import { operations, secretIntents } from '../../../db/central/operation-schema.ts';
import { cardSecrets } from '../../../db/central/schema.ts';
import type { CardSecretKind } from '../../domain/card-secret.ts';
import type { Database } from '../database.ts';

export type CardSecretRow = typeof cardSecrets.$inferSelect;

export async function findCardSecret(
  database: Database,
  cardId: string,
  secret: CardSecretKind,
  version: number,
): Promise<CardSecretRow | undefined> {
  return (await database.select().from(cardSecrets).where(keyOf({ cardId, secret, version })))[0];
}

export async function listCardSecrets(database: Database, cardId: string): Promise<CardSecretRow[]> {
  return database.select().from(cardSecrets).where(eq(cardSecrets.cardId, cardId));
}

/** In the place of what was said of this version before. */
export async function saveCardSecret(transaction: Database, row: CardSecretRow): Promise<void> {
  const target = [cardSecrets.cardId, cardSecrets.secret, cardSecrets.version];
  const { masterKey, sealed } = row;
  await transaction
    .insert(cardSecrets)
    .values(row)
    .onConflictDoUpdate({ target, set: { masterKey, sealed } });
}

/** Secrets that the card does not have any more, imported ones among them. */
export async function forgetReplacedSecrets(transaction: Database, cardId: string): Promise<void> {
  await transaction.execute(sql`delete from card_secrets s using cards c
    where c.id = s.card_id and c.id = ${cardId}
    and s.version < case s.secret when 'puk' then c.puk_version else c.management_key_version end`);
}

/** The card has it, or may have it: some operation has intended it, and it did not come to nothing. */
export async function isGivenOut(
  database: Database,
  cardId: string,
  secret: CardSecretKind,
  version: number,
): Promise<boolean> {
  const found = await database
    .select({ state: secretIntents.state })
    .from(secretIntents)
    .innerJoin(operations, eq(operations.id, secretIntents.operationId))
    .where(
      and(
        eq(operations.cardId, cardId),
        eq(secretIntents.secret, secret),
        eq(secretIntents.version, version),
        sql`${secretIntents.state} in ('intended', 'written')`,
      ),
    )
    .limit(1);
  return found.length > 0;
}

/**
 * How many cards that can still be rewritten have, or may have, a secret of each master key. A version without a row is of
 * the first.
 */
export async function countCardsByMasterKey(database: Database, now: Date): Promise<Map<number, number>> {
  const { rows } = (await database.execute(sql`
    with alive as (select * from cards where state <> 'cancelled' and expires_at > ${now.toISOString()}::timestamptz),
    used as (
      select id as card_id, 'managementKey' as secret, management_key_version as version from alive
      union select id, 'puk', puk_version from alive
      union select o.card_id, i.secret, i.version from secret_intents i
        join operations o on o.id = i.operation_id join alive on alive.id = o.card_id
        where i.secret <> 'pin' and (i.state = 'intended' or o.state = 'open')
    )
    select coalesce(s.master_key, 1) as number, count(distinct used.card_id)::int as cards
    from used left join card_secrets s using (card_id, secret, version)
    where used.version > 0 and s.sealed is null group by 1`)) as unknown as {
    rows: { number: number; cards: number }[];
  };
  return new Map(rows.map(({ number, cards }) => [number, cards]));
}

function keyOf({ cardId, secret, version }: Pick<CardSecretRow, 'cardId' | 'secret' | 'version'>) {
  return and(
    eq(cardSecrets.cardId, cardId),
    eq(cardSecrets.secret, secret),
    eq(cardSecrets.version, version),
  );
}
