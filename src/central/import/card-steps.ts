/** What an import of cards does besides writing their rows. */
import { sql } from 'drizzle-orm';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { revokeHeld } from '../operation/revoke-held.ts';
import { lockCard } from '../repositories/cards.ts';
import { selectRows } from './select-rows.ts';

/** Makes `import_known`: which card and which holder on record each row means, and whether the card was ever written here. */
export async function findKnownCards(transaction: Database): Promise<void> {
  await transaction.execute(sql`create temporary table import_known on commit drop as
    select r.line, s.id as serial_card_id, u.id as guid_card_id, coalesce(s.id, u.id) as card_id,
      coalesce(h.id, i.id) as holder_id,
      exists (select from operations o where o.card_id = coalesce(s.id, u.id))
        or exists (select from certificates x where x.card_id = coalesce(s.id, u.id) and x.foreign_issuer is null)
        as is_rewritten
    from import_row r
    left join cards s on s.serial = r.serial
    left join cards u on u.guid = r.guid
    left join people h on h.login = r.holder
    left join people i on i.id = case when r.holder ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then r.holder::uuid end`);
  await transaction.execute(sql`create index on import_certificate (line)`);
  await transaction.execute(sql`analyze import_known`);
}

/** A certificate takes the place of the one that was imported for its slot before. */
export async function addCertificates(central: Central, transaction: Database): Promise<void> {
  const isNew = sql`join import_plan n on n.line = c.line and n.new_certificates is not null
    where not exists (select from certificates x where x.serial_number = c.serial_number)`;
  await transaction.execute(sql`update certificates old set is_on_card = false, state = 'superseded'
    from (select n.id as card_id, c.slot from import_certificate c ${isNew}) as fresh
    where old.card_id = fresh.card_id and old.slot = fresh.slot and old.is_on_card`);
  await transaction.execute(sql`insert into certificates (serial_number, card_id, slot, der, public_key, subject,
      common_name, mail, not_before, not_after, issued_at, state, is_on_card, foreign_issuer)
    select c.serial_number, n.id, c.slot, c.der, c.public_key, c.subject, c.common_name, c.mail, c.not_before,
      c.not_after, ${central.now().toISOString()}::timestamptz, 'active', true, c.issuer
    from import_certificate c ${isNew}`);
}

/** What operations of cards that are not good any more have issued dies (operation.md D). */
export async function stopOperationsOfCards(central: Central, transaction: Database): Promise<void> {
  const open = await selectRows<{ id: string; card_id: string }>(
    transaction,
    sql`select o.id, o.card_id from import_plan n join operations o on o.card_id = n.id
      where o.state = 'open' and n.state <> 'issued' and not n.is_new order by o.card_id`,
  );
  for (const { id, card_id } of open) {
    await lockCard(transaction, card_id);
    await revokeHeld(transaction, id, central.now());
  }
}
