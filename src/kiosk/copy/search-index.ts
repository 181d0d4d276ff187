import Database, { type Statement } from 'better-sqlite3';
import { REPLICA_ROWS } from '../../protocol/replica-schema.ts';
import { cardTerms, idBytes, personTerms, SEARCH_TABLE, type Term } from '../search/search-terms.ts';
import type { Cell, CheckedRow } from './checked-rows.ts';

/** What terms are made of; a row like those of the log. */
interface Source {
  /** Reads what the copy has of one. */
  readonly present: Statement<[string]>;
  /** Columns of it in a row of the log. */
  readonly columns: readonly number[];
  readonly termsOf: (values: readonly Cell[]) => Term[];
}

const SOURCES = {
  person: {
    columns: ['display_name', 'mail', 'login'],
    termsOf: ([displayName, mail, login]: readonly Cell[]) =>
      personTerms({ displayName: String(displayName), mail: String(mail), login: textOf(login) }),
  },
  card: {
    columns: ['serial', 'label'],
    termsOf: ([serial, label]: readonly Cell[]) =>
      cardTerms({ serial: textOf(serial), label: textOf(label) }),
  },
} as const;
type Searched = keyof typeof SOURCES;
const SEARCHED = Object.keys(SOURCES) as Searched[];

/** Keeps the table that the search reads true to people and cards, as they are written one by one. */
export class SearchIndex {
  readonly #sources: Readonly<Record<Searched, Source>>;
  readonly #add: Statement;
  readonly #remove: Statement;

  /** @param db a copy that has the table */
  constructor(db: Database.Database) {
    this.#sources = { person: sourceOf(db, 'person'), card: sourceOf(db, 'card') };
    this.#add = db.prepare('insert or ignore into search_terms (kind, term, id) values (?, ?, ?)');
    this.#remove = db.prepare('delete from search_terms where kind = ? and term = ? and id = ?');
  }

  /** Call it before the rows are written, in the same transaction. */
  follow(rows: readonly CheckedRow[]): void {
    for (const kind of SEARCHED) {
      const last = new Map<string, CheckedRow['cells']>();
      for (const row of rows) if (row.kind === kind) last.set(row.key, row.cells);
      for (const [key, cells] of last) this.#become(this.#sources[kind], key, cells);
    }
  }

  #become({ present, columns, termsOf }: Source, key: string, cells: CheckedRow['cells']): void {
    const before = present.get(key) as readonly Cell[] | undefined;
    const after = cells?.length ? columns.map((column) => cells[column]!) : undefined;
    if (before && after && before.every((value, index) => value === after[index])) return;
    const id = idBytes(key);
    const gone = new Map((before ? termsOf(before) : []).map((term) => [term.join(' '), term]));
    for (const term of after ? termsOf(after) : [])
      if (!gone.delete(term.join(' '))) this.#add.run(...term, id);
    for (const term of gone.values()) this.#remove.run(...term, id);
  }
}

function sourceOf(db: Database.Database, kind: Searched): Source {
  const { table, columns: all } = REPLICA_ROWS[kind];
  const { columns, termsOf } = SOURCES[kind];
  return {
    present: db.prepare<[string]>(`select ${columns.join(', ')} from ${table} where id = ?`).raw(),
    columns: columns.map((column) => all.indexOf(column)),
    termsOf,
  };
}

/**
 * Makes the table for a copy that has its rows and does not have it: sorted first, so that each term is put at its end.
 * @param db outside of a transaction, and locked by nobody
 */
export function buildSearchIndex(db: Database.Database): void {
  // The rows are read by another connection: this one is busy with the statement that asks for them.
  const reader = new Database(db.name, { readonly: true, fileMustExist: true });
  try {
    db.table('new_search_terms', {
      columns: ['kind', 'term', 'id'],
      *rows() {
        for (const kind of SEARCHED) yield* termsOfAll(reader, kind);
      },
    });
    db.transaction(() => {
      db.exec(SEARCH_TABLE);
      db.exec('insert into search_terms select kind, term, id from new_search_terms order by 1, 2, 3');
    })();
  } finally {
    reader.close();
  }
}

function* termsOfAll(reader: Database.Database, kind: Searched): Generator<[number, string, Uint8Array]> {
  const { columns, termsOf } = SOURCES[kind];
  const { table } = REPLICA_ROWS[kind];
  const rows = reader.prepare<[], Cell[]>(`select id, ${columns.join(', ')} from ${table}`).raw();
  for (const [key, ...values] of rows.iterate()) {
    const id = idBytes(String(key));
    for (const [termKind, term] of termsOf(values)) yield [termKind, term, id];
  }
}

function textOf(value: Cell | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
