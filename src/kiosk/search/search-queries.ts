import type Database from 'better-sqlite3';
import { CARD_STATES, PERSON_STATES, UNKNOWN, type Unknown } from '../../domain/card.ts';
import type { SearchHit } from '../../domain/desk-pages.ts';
import { idText, type TermKind } from './search-terms.ts';

/** A place in the index: rows are read from after it on. */
export interface Place {
  readonly term: string;
  readonly id: Uint8Array;
}

/** Words that a name has to have as well: of each, one of its spellings. */
export type OtherWords = readonly (readonly string[])[];

/** Rows of the index that are looked through before anybody else is asked whether that is still wanted: some milliseconds. */
const CHUNK = 20_000;
/** Words that are more frequent than this are all taken for equally frequent. */
const MOST_COUNTED = 20_000;
const BEFORE_ALL = new Uint8Array();

interface PersonRow {
  readonly displayName: string;
  readonly mail: string;
  readonly login: string | null;
  readonly state: string;
}
interface CardRow {
  readonly holderId: string;
  readonly serial: string | null;
  readonly label: string | null;
  readonly state: string;
  readonly title: string | null;
}

/** What a search asks of one open copy, prepared once. */
export class SearchQueries {
  readonly #db: Database.Database;
  readonly #pages = new Map<string, Database.Statement<unknown[], Place>>();
  readonly #edge: Database.Statement<unknown[], string>;
  readonly #count: Database.Statement<unknown[], number>;
  readonly #serials: Database.Statement<unknown[], string>;
  readonly #person: Database.Statement<unknown[], PersonRow>;
  readonly #card: Database.Statement<unknown[], CardRow>;

  /** @param db a copy with the search's table */
  constructor(db: Database.Database) {
    this.#db = db;
    const range = 'from search_terms where kind = ? and term >= ? and term < ?';
    this.#edge = db.prepare<unknown[], string>(`select term ${range} limit 1 offset ${CHUNK}`).pluck();
    this.#count = db
      .prepare<unknown[], number>(`select count(*) from (select 1 ${range} limit ${MOST_COUNTED})`)
      .pluck();
    this.#serials = db
      .prepare<unknown[], string>(
        'select id from cards where serial >= ? and serial < ? order by serial limit ?',
      )
      .pluck();
    this.#person = db.prepare(
      'select display_name as displayName, mail, login, state from people where id = ?',
    );
    this.#card = db.prepare(
      `select c.holder_id as holderId, c.serial, c.label, c.state, json_extract(p.document, '$.title') as title
        from cards c left join profiles p on p.name = c.profile_name where c.id = ?`,
    );
  }

  /** How many terms begin so, up to a number that stands for many. */
  count(kind: TermKind, start: string): number {
    return this.#count.get(kind, start, end(start)) ?? 0;
  }

  /**
   * Ids by the terms that begin so, in the order of the terms, and several times where several do. With `others` only those whose
   * term has those words too, at the beginning of a word: each spelling has a space before it.
   * @param pause called now and then; throws to end it
   */
  *ids(
    kind: TermKind,
    start: string,
    others: OtherWords,
    { page, pause }: { readonly page: number; pause(): void },
  ): Generator<string> {
    const pages = this.#pagesOf(others);
    let from = start;
    for (let isLast = false; !isLast; ) {
      pause();
      const edge = others.length === 0 ? undefined : this.#edgeAfter(kind, from, end(start));
      isLast = edge === undefined;
      let place: Place = { term: from, id: BEFORE_ALL };
      for (;;) {
        const until = edge ?? end(start);
        const rows = pages.all(kind, place.term, place.id, until, ...others.flat(), page);
        for (const { id } of rows) yield idText(id);
        if (rows.length < page) break;
        place = rows.at(-1)!;
      }
      if (edge !== undefined) from = edge;
    }
  }

  /** Ids of cards by the beginning of their serial numbers. @param isWhole by the whole number */
  cardsBySerial(serial: string, isWhole: boolean, limit: number): readonly string[] {
    return this.#serials.all(serial, isWhole ? `${serial}\0` : end(serial), limit);
  }

  /** Undefined where there is nobody of this id. */
  personHit(id: string): SearchHit | undefined {
    const row = this.#person.get(id);
    if (!row) return undefined;
    const { displayName, mail, login } = row;
    const none = { cardId: null, cardName: null, cardSerial: null, cardState: null, profileTitle: null };
    const personState = known(PERSON_STATES, row.state);
    return { kind: 'person', personId: id, displayName, mail, login, personState, ...none };
  }

  /** Undefined where there is no such card, or its holder is not there. */
  cardHit(id: string): SearchHit | undefined {
    const row = this.#card.get(id);
    const person = row && this.personHit(row.holderId);
    if (!person) return undefined;
    const { label, serial, title } = row;
    return {
      ...{ ...person, kind: 'card', cardId: id, cardName: label ?? serial ?? id, cardSerial: serial },
      ...{ cardState: known(CARD_STATES, row.state), profileTitle: title },
    };
  }

  /** Where a piece that begins there ends; undefined for the last. The terms of one piece may be all the same. */
  #edgeAfter(kind: TermKind, from: string, last: string): string | undefined {
    const edge = this.#edge.get(kind, from, last);
    return edge === from ? `${from}\0` : edge;
  }

  #pagesOf(others: OtherWords): Database.Statement<unknown[], Place> {
    const shape = others.map(({ length }) => length).join();
    const present = this.#pages.get(shape);
    if (present) return present;
    const wanted = others.map(
      (spellings) => ` and (${spellings.map(() => "instr(' ' || term, ?) > 0").join(' or ')})`,
    );
    const prepared = this.#db.prepare<unknown[], Place>(
      `select term, id from search_terms where kind = ? and (term, id) > (?, ?) and term < ?${wanted.join('')}
        order by term, id limit ?`,
    );
    this.#pages.set(shape, prepared);
    return prepared;
  }
}

/** Before it all texts that begin so. */
function end(start: string): string {
  return `${start}\u{10ffff}`;
}

function known<Word extends string>(words: readonly Word[], word: string): Word | Unknown {
  return words.find((one) => one === word) ?? UNKNOWN;
}
