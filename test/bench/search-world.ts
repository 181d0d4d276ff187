import Database from 'better-sqlite3';
import { REPLICA_INDEXES, REPLICA_SCHEMA, REPLICA_TABLES } from '../../src/protocol/replica-schema.ts';

const GIVEN =
  'Anna Müge Maria Peter Thomas Michael Andreas Stefan Julia Sabine Monika Claudia Petra Susanne Nicole Katrin Martin Christian Daniel Markus Alexander Sebastian Jan Tobias Lukas Leon Paul Jonas Finn Elias Emma Mia Hannah Sofia Lina Marie Clara Lea Amelie Élise Chloé Zoë Noël François José Jürgen Jörg Björn Søren Åse Łukasz Zofia Agnieszka Dušan Željko Šárka Ondřej Çağla Gülşen Ömer Ayşe Mehmet Ali Fatima Yusuf Hakan Emre Ivan Olga Dmitri Svetlana Natalia Giulia Chiara Luca Matteo Alessandro Carlos Lucía Miguel Inés Nuño Aoife Siobhán Seán Conor Bríd Olivia Charlotte Amelia Harry George Oscar Freya Astrid Ingrid Lars Sven Kerstin Ulrich Ute Volker Wolfgang Xenia Yannick'.split(
    ' ',
  );
const STEMS =
  'Müll Schmid Schneid Fisch Web Mey Wagn Beck Schulz Hoff Koch Baue Richt Klei Wol Schröd Neu Schwarz Zimm Brau Krüg Hof Hart Lang Werne Krau Lehm Köhl Mai Walt Kais Fuchs Pete Scholz Möll Weiß Jung Hahn Vogel Fried Kell Günth Fran Berg Wink Roth Beckm Lore Baum Albre Schust Simon Ludw Böhm Wint Sommer Krä Ott Haas Graf Diet Ziegl Kuhn Kühn Pohl Eng Horn Busch Berge Thoma Sauer Arn Wolff Pfeiff Nuñ Oka Lindqv Ferr Ross Rus Bian Esp Novák Svob Dvoř Černý Kowal Nowak Wiś Wójc Zieli Jenss Niels Hans Peders Øst Åkes Lund Öster Mahm Yıld Öztü Şah Demir Çel Kay Ayd Ivan Smir Kuzn Pop Petr Sok Leb Khan Sing Pat Nguy Tran Lee Wang Zhang'.split(
    ' ',
  );
const ENDINGS =
  ' er mann el ke ing hofer stein berg bauer meier ova ov ska ski sson sen gren oğlu ez es i o ini etti ak ek'.split(
    ' ',
  );

/** Cards and people in one copy, as a kiosk has it, but for the search's index. Always the same. @param path of the new file */
export function writeSearchWorld(path: string, count: number): void {
  const db = new Database(path);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  for (const statement of REPLICA_TABLES) db.exec(statement);
  const person = db.prepare('insert into people values (?, ?, ?, null, ?, ?)');
  const card = db.prepare(
    `insert into cards values (?, ?, ?, ?, 'issued', '2029-01-01T00:00:00Z', 'employee', 0, 1, ?)`,
  );
  const random = seeded(7);
  const write = db.transaction(() => {
    for (let n = 1; n <= count; n += 1) {
      const [given, family] = [nameOf(random, GIVEN), familyOf(random)];
      const both = random() < 0.1 ? `${given} ${nameOf(random, GIVEN)}` : given;
      const login = `${given.slice(0, 1)}${family.slice(0, 5)}${n}`.toLowerCase();
      person.run(
        idOf(1, n),
        `${both} ${family}`,
        'active',
        `${given}.${family}${n}@example.org`.toLowerCase(),
        login,
      );
      card.run(idOf(2, n), serialOf(n), idOf(3, n), idOf(1, n), n % 50 === 0 ? `HQ-${n}` : null);
    }
  });
  write();
  db.prepare('insert into profiles values (?, ?)').run('employee', JSON.stringify({ title: 'Employee' }));
  for (const statement of REPLICA_INDEXES) db.exec(statement);
  db.prepare(`insert into meta values (1, ?, ?, ?, 1, '2026-01-01T00:00:00Z', ?)`).run(
    ...[REPLICA_SCHEMA, idOf(4, 1), idOf(4, 2), SEARCH_SOURCE],
  );
  db.close();
}

/** What the copy says that it came from. */
export const SEARCH_SOURCE = 'https://central.example';

/** What people type, as they type it: each ends with a name, an address, a login or a number that is there. */
export function typedTexts(random: () => number, howMany: number, cards: number): string[] {
  return Array.from({ length: howMany }, (_, index) => {
    const [given, family] = [nameOf(random, GIVEN), familyOf(random)];
    const n = 1 + Math.floor(random() * cards);
    const kinds = [
      `${given} ${family}`,
      family,
      `${family} ${given.slice(0, 3)}`,
      `${given.slice(0, 2)} ${family.slice(0, 3)}`,
      given,
      `${given}.${family.slice(0, 3)}`,
      serialOf(n),
      serialOf(n).slice(-4),
      `HQ-${Math.ceil(n / 50) * 50}`,
      given.slice(0, 1),
    ];
    return kinds[index % kinds.length]!;
  });
}

/** Numbers from 0 to 1, always the same (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The first are frequent, the last are rare. */
function nameOf(random: () => number, names: readonly string[]): string {
  return names[Math.floor(random() ** 2 * names.length)]!;
}

function familyOf(random: () => number): string {
  const one = () => `${nameOf(random, STEMS)}${nameOf(random, ENDINGS)}`;
  return random() < 0.05 ? `${one()}-${one()}` : one();
}

function serialOf(n: number): string {
  return String(10_000_000 + n * 7);
}

function idOf(kind: number, n: number): string {
  const hex = (n * 2654435761).toString(16).padStart(13, '0').slice(-12);
  return `${(1790000000 + Math.floor(n / 4096)).toString(16)}-000${kind}-7${(n % 4096).toString(16).padStart(3, '0')}-8000-${hex}`;
}
