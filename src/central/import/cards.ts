import { sql } from 'drizzle-orm';
import { CARD_STATES } from '../../domain/card.ts';
import { MANAGEMENT_KEY_ALGORITHMS } from '../../domain/slot.ts';
import { isCardDate } from '../../piv/objects/card-date.ts';
import { NO_AGENCY_FASC_N, parseFascN } from '../../piv/objects/fasc-n.ts';
import { ObjectFormatError } from '../../piv/objects/fields.ts';
import { readInstant } from '../person-fields.ts';
import { attachCertificates, CERTIFICATE_COLUMNS } from './card-certificates.ts';
import { CARD_PLAN_CHECKS, CARD_ROW_CHECKS } from './card-checks.ts';
import { addCertificates, findKnownCards, stopOperationsOfCards } from './card-steps.ts';
import { oneOf } from './columns.ts';
import type { ImportKind } from './import-kind.ts';
import { CellError } from './problem.ts';

/** What was issued, at some time. */
const IMPORTED_STATES = CARD_STATES.filter((state) => state !== 'planned');

/**
 * Cards of another system, by `serial` (of the chip) or `guid`. What a row leaves empty stays as it is on record; of a new
 * card it is the default.
 */
export const CARDS: ImportKind = {
  name: 'cards',
  table: 'cards',
  columns: [
    { name: 'serial', type: 'text', read: readSerial },
    { name: 'guid', type: 'uuid', read: readUuid },
    { name: 'label', type: 'text', read: readLabel },
    { name: 'holder', type: 'text', read: (text) => text },
    { name: 'profile', type: 'text', read: (text) => text },
    { name: 'expires', type: 'timestamptz', read: (text) => readInstant(text, '23:59:59').toISOString() },
    { name: 'state', type: 'text', read: oneOf(IMPORTED_STATES) },
    { name: 'fasc_n', type: 'bytea', read: readFascN },
    { name: 'chuid_expiry', type: 'text', read: readCardDate },
    { name: 'cardholder_uuid', type: 'uuid', read: readUuid },
    { name: 'keys', type: 'text', read: oneOf(['factory', 'other']) },
    { name: 'management_key_algorithm', type: 'text', read: oneOf(MANAGEMENT_KEY_ALGORITHMS) },
  ],
  attachedColumns: CERTIFICATE_COLUMNS,
  keys: ['serial', 'guid'],
  fields: [
    { name: 'serial', column: 'serial' },
    { name: 'guid', column: 'guid' },
    { name: 'label', column: 'label' },
    {
      name: 'holder',
      column: 'holder_id',
      shown: (alias) =>
        `(select coalesce(p.login, p.id::text) from people p where p.id = ${alias}.holder_id)`,
    },
    { name: 'profile', column: 'profile_name' },
    {
      name: 'expires',
      column: 'expires_at',
      shown: (alias) => `to_char(${alias}.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    },
    { name: 'state', column: 'state' },
    { name: 'fasc_n', column: 'fasc_n', shown: (alias) => `encode(${alias}.fasc_n, 'hex')` },
    { name: 'chuid_expiry', column: 'chuid_expiry' },
    { name: 'cardholder_uuid', column: 'cardholder_uuid' },
    {
      name: 'keys',
      column: 'is_management_key_known',
      shown: (alias) => `case when ${alias}.is_management_key_known then 'factory' else 'other' end`,
    },
    { name: 'management_key_algorithm', column: 'management_key_algorithm' },
    ...['management_key_version', 'puk_version', 'is_puk_known', 'profile_revision'].map((column) => ({
      ...{ name: column, column, isShown: false },
    })),
    {
      name: 'certificates',
      column: 'new_certificates',
      shown: (alias) => (alias === 'n' ? 'n.new_certificates' : 'null::text'),
      differs: 'n.new_certificates is not null',
      isStored: false,
    },
  ],
  attach: attachCertificates,
  prepare: findKnownCards,
  rowChecks: CARD_ROW_CHECKS,
  plan: sql`select r.line, coalesce(t.id, r.new_id) as id, t.id is null as is_new,
      coalesce(r.serial, t.serial) as serial,
      coalesce(r.guid, t.guid, gen_random_uuid()) as guid,
      coalesce(r.label, t.label) as label,
      coalesce(h.id, t.holder_id) as holder_id,
      coalesce(r.profile, t.profile_name) as profile_name,
      coalesce(r.expires, t.expires_at) as expires_at,
      coalesce(r.state, t.state, 'issued') as state,
      coalesce(r.fasc_n, t.fasc_n, ${Buffer.from(NO_AGENCY_FASC_N)}::bytea) as fasc_n,
      coalesce(r.chuid_expiry, t.chuid_expiry, to_char(r.expires at time zone 'UTC', 'YYYYMMDD')) as chuid_expiry,
      coalesce(r.cardholder_uuid, t.cardholder_uuid) as cardholder_uuid,
      coalesce(t.profile_revision, 0) as profile_revision,
      coalesce(t.management_key_algorithm, r.management_key_algorithm, '3DES') as management_key_algorithm,
      coalesce(t.management_key_version, 0) as management_key_version,
      coalesce(t.puk_version, 0) as puk_version,
      coalesce(t.is_management_key_known, r.keys = 'factory', false) as is_management_key_known,
      coalesce(t.is_puk_known, r.keys = 'factory', false) as is_puk_known,
      (select string_agg(c.slot || ' ' || c.serial_number, ', ' order by c.slot) from import_certificate c
        where c.line = r.line and k.is_rewritten is not true
        and not exists (select from certificates x where x.serial_number = c.serial_number)) as new_certificates
    from import_row r
    join import_known k on k.line = r.line
    left join cards t on t.id = k.card_id
    left join people h on h.id = k.holder_id`,
  planChecks: CARD_PLAN_CHECKS,
  after: async (central, transaction) => {
    await addCertificates(central, transaction);
    await stopOperationsOfCards(central, transaction);
  },
};

function readSerial(text: string): string {
  if (/^[1-9][0-9]{0,39}$/.test(text)) return text;
  throw new CellError('write the serial number of the chip in decimal, without a leading zero');
}

function readUuid(text: string): string {
  const hex = text.toLowerCase().replaceAll('-', '');
  if (/^[0-9a-f]{32}$/.test(hex) && !/^0+$/.test(hex)) return hex;
  throw new CellError('write 32 hexadecimal digits, with or without hyphens, not all of them 0');
}

function readLabel(text: string): string {
  if (/^(?![0-9]+$)[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}$/u.test(text)) return text;
  throw new CellError('a label has up to 63 letters, digits, dots, hyphens and spaces, and not digits alone');
}

function readFascN(text: string): Uint8Array {
  const bytes = /^[0-9a-f]{50}$/i.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : new Uint8Array();
  try {
    parseFascN(bytes);
  } catch (cause) {
    if (!(cause instanceof ObjectFormatError)) throw cause;
    throw new CellError(
      'write the 25 bytes of the FASC-N as they are in the CHUID, as 50 hexadecimal digits',
      {
        cause,
      },
    );
  }
  return bytes;
}

function readCardDate(text: string): string {
  const digits = text.replaceAll('-', '');
  if (isCardDate(digits)) return digits;
  throw new CellError('write the date of the CHUID as 20311231');
}
