import pg from 'pg';
import { EVERYBODY } from '../../db/central/group-schema.ts';

/** Cards of one transaction, as when many are imported. */
const TOGETHER = 25_000;
const FIRST_SERIAL = 10_000_000;

/** Row `n` of the filled ones: a UUID of version 7, so that rows made one after another are side by side, as imports have it. */
const ID = (kind: number) =>
  `(lpad(to_hex(1790000000 + n / 4096), 8, '0') || '-000${kind}-7' || lpad(to_hex(n % 4096), 3, '0') || '-8' ||
    substr(md5('${kind}' || n), 1, 3) || '-' || substr(md5(n || '${kind}'), 1, 12))::uuid`;

const PEOPLE = `insert into people (id, display_name, mail, user_principal_name, state, approved_until, group_id)
  select ${ID(1)}, (array['Anna', 'Björn', 'Chiara', 'David', 'Élise', 'Franz', 'Greta', 'Hakan'])[1 + n % 8] || ' ' ||
    (array['Sommer', 'Winter', 'Nuñez', 'Okafor', 'Lindqvist', 'Vogel', 'Ferrari'])[1 + n / 8 % 7] || ' ' || n,
    n || '@example.org', n || '@example.org', 'active', case when n % 3 = 0 then now() end, '${EVERYBODY}'
  from generate_series($1::int, $2::int) n`;

const CARDS = `insert into cards (id, serial, guid, fasc_n, chuid_expiry, expires_at, holder_id, state, profile_name,
    profile_revision, management_key_version, management_key_algorithm, puk_version)
  select ${ID(2)}, (${FIRST_SERIAL} + n)::text, gen_random_uuid(), '', '20290101', now() + n % 1000 * interval '1 day',
    ${ID(1)}, (array['issued', 'issued', 'issued', 'disabled'])[1 + n % 4], 'employee', 1, 1, 'AES-192', 1
  from generate_series($1::int, $2::int) n`;

/** The serial numbers of certificates are chance, as a CA's are. */
const CERTIFICATES = `insert into certificates (serial_number, card_id, slot, der, public_key, subject, common_name, mail,
    not_before, not_after, issued_at, state, is_on_card)
  select replace(gen_random_uuid()::text, '-', ''), ${ID(2)}, '9A', '', '', '', '', '', now(),
    now() + n % 1000 * interval '1 day', now(), 'active', true
  from generate_series($1::int, $2::int) n`;

/** What a kiosk copies of each: its holder, itself, a certificate. */
export const ROWS_A_CARD = 3;

/** Adds cards with a holder and a certificate each, in transactions as large as an import's. */
export async function fillCards(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let from = 1; from <= count; from += TOGETHER) {
      const range = [from, Math.min(count, from + TOGETHER - 1)];
      await client.query('begin');
      for (const insert of [PEOPLE, CARDS, CERTIFICATES]) await client.query(insert, range);
      await client.query('commit');
    }
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** The serial number of a filled card, counted from 1. */
export function serialOf(n: number): string {
  return String(FIRST_SERIAL + n);
}
