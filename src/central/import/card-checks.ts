import { sql } from 'drizzle-orm';
import type { RowCheck } from './import-kind.ts';
import { isNotTwice, isSaidOfNew } from './row-checks.ts';

const KNOWN = 'join import_known k on k.line = r.line';

/** Of rows by themselves and of what they name; `import_known` says which cards and holders those are. */
export const CARD_ROW_CHECKS: readonly RowCheck[] = [
  isNotTwice('serial'),
  isNotTwice('guid'),
  isNotTwice('label'),
  ...['holder', 'profile', 'expires'].map((column) => isSaidOfNew(column, KNOWN, 'k.card_id is null')),
  {
    field: 'guid',
    query: sql`select r.line, coalesce(c.serial, '-') as value from import_row r
      join import_known k on k.line = r.line join cards c on c.id = k.guid_card_id
      where r.serial is not null and c.serial is distinct from r.serial
      and (c.serial is not null or k.serial_card_id is not null)`,
    describe: (value) => `on record it is the GUID of the card with serial ${value}: correct one of them`,
  },
  {
    field: 'label',
    query: sql`select r.line, r.label as value from import_row r join import_known k on k.line = r.line
      join cards c on c.label = r.label where c.id is distinct from k.card_id`,
    describe: (value) => `${value} is the label of another card: choose another one`,
  },
  {
    field: 'holder',
    query: sql`select r.line, r.holder as value from import_row r join import_known k on k.line = r.line
      where r.holder is not null and k.holder_id is null`,
    describe: (value) => `there is nobody with the login or id ${JSON.stringify(value)}: import people first`,
  },
  {
    field: 'profile',
    query: sql`select r.line, r.profile as value from import_row r where r.profile is not null and not exists (
      select from profiles p where p.name = r.profile and p.withdrawn_at is null
      and p.revision = (select max(revision) from profiles q where q.name = p.name))`,
    describe: (value) =>
      `there is no profile ${JSON.stringify(value)}: put it first (profile put), or see: profile list`,
  },
  {
    field: 'management_key_algorithm',
    query: sql`select line, management_key_algorithm as value from import_row
      where keys = 'factory' and management_key_algorithm in ('AES-128', 'AES-256')`,
    describe: (value) =>
      `no factory key is known for ${value}: write other under keys, and import card-secrets`,
  },
  ...certificateChecks(),
];

/** What a card was is fixed, once it has been rewritten here (RP-02, RP-03, RP-09). */
export const CARD_PLAN_CHECKS: readonly RowCheck[] = [
  {
    field: null,
    query: sql`select n.line, array_to_string(array_remove(array[
        case when n.serial is distinct from t.serial and t.serial is not null then 'serial' end,
        case when n.guid is distinct from t.guid then 'guid' end,
        case when n.holder_id is distinct from t.holder_id then 'holder' end,
        case when n.profile_name is distinct from t.profile_name then 'profile' end,
        case when n.expires_at is distinct from t.expires_at then 'expires' end,
        case when n.fasc_n is distinct from t.fasc_n then 'fasc_n' end,
        case when n.chuid_expiry is distinct from t.chuid_expiry then 'chuid_expiry' end,
        case when n.cardholder_uuid is distinct from t.cardholder_uuid then 'cardholder_uuid' end], null), ', ') as value
      from import_plan n join cards t on t.id = n.id join import_known k on k.line = n.line
      where k.is_rewritten and (n.serial, n.guid, n.holder_id, n.profile_name, n.expires_at, n.fasc_n, n.chuid_expiry,
        n.cardholder_uuid) is distinct from (coalesce(t.serial, n.serial), t.guid, t.holder_id, t.profile_name,
        t.expires_at, t.fasc_n, t.chuid_expiry, t.cardholder_uuid)`,
    describe: (value) =>
      `${value} differs from the record, and the card was issued or rewritten here: leave it as it is on record`,
  },
  {
    field: 'state',
    query: sql`select n.line, n.state as value from import_plan n join cards t on t.id = n.id
      where t.state = 'cancelled' and n.state <> 'cancelled'`,
    describe: (value) =>
      `a cancelled card does not become ${value} again: leave it cancelled, and issue another`,
  },
];

function certificateChecks(): RowCheck[] {
  const field = 'certificates';
  return [
    {
      field,
      query: sql`select c.line, c.slot || ' ' || c.serial_number as value from import_certificate c
        join import_known k on k.line = c.line join certificates x on x.serial_number = c.serial_number
        where x.card_id is distinct from k.card_id`,
      describe: (value) =>
        `${value}: a certificate with this serial number is on record for another card: leave it out`,
    },
    {
      field,
      query: sql`select line, slot || ' ' || serial_number as value from (select c.*,
          count(*) over (partition by serial_number) as same from import_certificate c) as counted where same > 1`,
      describe: (value) => `${value}: this certificate is in the file more than once: leave all but one out`,
    },
    {
      field,
      query: sql`select line, slot as value from (select c.line, c.slot,
          min(line) over same_key <> max(line) over same_key as is_shared from import_certificate c
          window same_key as (partition by public_key)) as counted where is_shared
        union all select c.line, c.slot from import_certificate c join import_known k on k.line = c.line
          join certificates x on x.public_key = c.public_key where x.card_id is distinct from k.card_id`,
      describe: (value) =>
        `${value}: another card has the same key, so it proves nobody: leave the certificate out`,
    },
  ];
}
