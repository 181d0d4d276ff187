/**
 * The tables of a kiosk's copy: a contract between both programs, since central makes whole copies as files (snapshots) and
 * kiosks go on writing in them. Any change is a new number; a kiosk whose copy has another one fetches a snapshot.
 */
import type { CopyKind } from '../domain/copy-kind.ts';

/** What a kiosk of this version asks for. */
export const REPLICA_SCHEMA = 1;

/** Keys are text as central gives it out (ids in lower case), instants ISO 8601 UTC to the second, truth 0 or 1. */
export const REPLICA_TABLES: readonly string[] = [
  `create table people (
    id text primary key not null, display_name text not null, state text not null, approved_until text
  ) without rowid`,
  `create table cards (
    id text primary key not null, serial text, guid text not null, holder_id text not null, state text not null,
    expires_at text not null, profile_name text not null, has_open_operation integer not null,
    is_management_key_known integer not null
  ) without rowid`,
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

/** Apart from the tables: whoever loads many rows makes them afterwards. */
export const REPLICA_INDEXES: readonly string[] = [
  'create index cards_serial on cards (serial)',
  'create index cards_guid on cards (guid)',
  'create index certificates_card on certificates (card_id)',
];

export interface ReplicaTable {
  readonly table: string;
  /** The first is the primary key. */
  readonly columns: readonly string[];
}

/** Where each kind of row belongs. `document` is the row as it was sent. */
export const REPLICA_ROWS: Readonly<Record<CopyKind, ReplicaTable>> = {
  profile: { table: 'profiles', columns: ['name', 'document'] },
  reason: { table: 'reasons', columns: ['code', 'position', 'document'] },
  person: { table: 'people', columns: ['id', 'display_name', 'state', 'approved_until'] },
  card: {
    table: 'cards',
    columns: [
      ...['id', 'serial', 'guid', 'holder_id', 'state', 'expires_at', 'profile_name'],
      ...['has_open_operation', 'is_management_key_known'],
    ],
  },
  certificate: {
    table: 'certificates',
    columns: ['serial_number', 'card_id', 'slot', 'not_after', 'state'],
  },
};
