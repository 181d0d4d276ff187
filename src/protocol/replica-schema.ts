/**
 * The tables of a kiosk's copy: a contract between both programs, since central makes whole copies as files (snapshots) and
 * kiosks go on writing in them. Any change is a new number; a kiosk whose copy has another one fetches a snapshot. Central
 * makes those of one version back too (SY-06).
 */
import type { CopyKind } from '../domain/copy-kind.ts';

/** What a kiosk of this version asks for. */
export const REPLICA_SCHEMA = 2;

/** What central makes snapshots of. */
export const REPLICA_SCHEMAS = [1, 2] as const;
export type ReplicaSchema = (typeof REPLICA_SCHEMAS)[number];

export interface ReplicaTable {
  readonly table: string;
  /** The first is the primary key. */
  readonly columns: readonly string[];
}

interface ReplicaForm {
  readonly tables: readonly string[];
  readonly rows: Readonly<Record<CopyKind, ReplicaTable>>;
}

/** Keys are text as central gives it out (ids in lower case), instants ISO 8601 UTC to the second, truth 0 or 1. */
const PEOPLE =
  'id text primary key not null, display_name text not null, state text not null, approved_until text';
const CARDS = `id text primary key not null, serial text, guid text not null, holder_id text not null, state text not null,
    expires_at text not null, profile_name text not null, has_open_operation integer not null,
    is_management_key_known integer not null`;

const OTHER_TABLES = [
  `create table certificates (
    serial_number text primary key not null, card_id text not null, slot text not null, not_after text not null,
    state text not null
  ) without rowid`,
  'create table profiles (name text primary key not null, document text not null) without rowid',
  `create table reasons (
    code text primary key not null, position integer not null, document text not null
  ) without rowid`,
  // One row: what this is a copy of. `source` is null in a snapshot; the kiosk puts central's address there.
  `create table meta (
    id integer primary key check (id = 1), schema integer not null, scope text not null, epoch text not null,
    revision integer not null, made_at text not null, source text
  )`,
];

const PEOPLE_COLUMNS = ['id', 'display_name', 'state', 'approved_until'];
const CARDS_COLUMNS = [
  ...['id', 'serial', 'guid', 'holder_id', 'state', 'expires_at', 'profile_name'],
  ...['has_open_operation', 'is_management_key_known'],
];
const OTHER_ROWS = {
  profile: { table: 'profiles', columns: ['name', 'document'] },
  reason: { table: 'reasons', columns: ['code', 'position', 'document'] },
  certificate: {
    table: 'certificates',
    columns: ['serial_number', 'card_id', 'slot', 'not_after', 'state'],
  },
} as const;

/** Each version's tables, and where each kind of row belongs. `document` is the row as it was sent. */
export const REPLICA_FORMS: Readonly<Record<ReplicaSchema, ReplicaForm>> = {
  1: {
    tables: tables(PEOPLE, CARDS),
    rows: {
      ...OTHER_ROWS,
      person: { table: 'people', columns: PEOPLE_COLUMNS },
      card: { table: 'cards', columns: CARDS_COLUMNS },
    },
  },
  // Since 2 it has what people and cards are searched by.
  2: {
    tables: tables(`${PEOPLE}, mail text not null, login text`, `${CARDS}, label text`),
    rows: {
      ...OTHER_ROWS,
      person: { table: 'people', columns: [...PEOPLE_COLUMNS, 'mail', 'login'] },
      card: { table: 'cards', columns: [...CARDS_COLUMNS, 'label'] },
    },
  },
};

function tables(people: string, cards: string): string[] {
  return [
    `create table people (\n    ${people}\n  ) without rowid`,
    `create table cards (\n    ${cards}\n  ) without rowid`,
    ...OTHER_TABLES,
  ];
}

/** Of the version that this kiosk asks for. */
export const { tables: REPLICA_TABLES, rows: REPLICA_ROWS } = REPLICA_FORMS[REPLICA_SCHEMA];

/** Apart from the tables: whoever loads many rows makes them afterwards. The same in all versions. */
export const REPLICA_INDEXES: readonly string[] = [
  'create index cards_serial on cards (serial)',
  'create index cards_guid on cards (guid)',
  'create index certificates_card on certificates (card_id)',
];
