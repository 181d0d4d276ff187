import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { CopyKind } from '../../../src/domain/copy-kind.ts';
import { CopyWriter } from '../../../src/kiosk/copy/copy-writer.ts';
import type { LogRow } from '../../../src/protocol/log.ts';
import { FakeScope, type ScopeData } from '../support/fake-scope.ts';
import { aCardRecord, aCopy, aPerson } from '../support/small-world.ts';

export const SOURCE = 'https://central.example';

export interface WorldPerson {
  /** Its place in the world, which makes its id. */
  readonly n: number;
  readonly name: string;
  readonly mail: string;
  readonly login: string | null;
}
export interface WorldCard {
  readonly n: number;
  readonly holder: number;
  readonly serial: string | null;
  readonly label: string | null;
}

export const personId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const cardId = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;

/** As central sends them. */
export const personRow = ({ n, name, mail, login }: WorldPerson) => ({
  ...aPerson({ id: personId(n), displayName: name }),
  ...{ mail, login },
});
export const cardRow = ({ n, holder, serial, label }: WorldCard) => ({
  ...aCardRecord({ id: cardId(n), holderId: personId(holder), serial, guid: personId(n) }),
  label,
});

export function scopeData(people: readonly WorldPerson[], cards: readonly WorldCard[]): ScopeData {
  return aCopy({ people: people.map(personRow), cards: cards.map(cardRow), certificates: [] });
}

/** A row of the log without its revision. */
export type RowChange = readonly [kind: CopyKind, key: string, row: LogRow[3]];

/** A copy in a folder of its own, and the thread of sync's hand in it. */
export class SearchedFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'recard-search-'));
  readonly path = join(this.folder, 'replica.sqlite');
  writer: CopyWriter;

  constructor(people: readonly WorldPerson[], cards: readonly WorldCard[]) {
    const scope = new FakeScope();
    scope.change(scopeData(people, cards));
    scope.writeFile(this.path);
    const db = new Database(this.path);
    db.prepare('update meta set source = ?').run(SOURCE);
    db.close();
    this.writer = CopyWriter.open(this.path, SOURCE, true)!;
  }

  /** As one answer of central. */
  write(...changes: RowChange[]): void {
    const { epoch, revision } = this.writer.meta;
    const to = revision + changes.length;
    const rows = changes.map((change, index) => [revision + 1 + index, ...change]);
    const madeAt = '2026-11-22T12:00:00Z';
    this.writer.apply({ epoch, from: revision, to, transactionEnd: to, head: to, madeAt, rows }, revision);
  }

  /** Every row of the index, as text. */
  terms(): string[] {
    const db = new Database(this.path, { readonly: true });
    const rows = db.prepare('select kind, term, hex(id) from search_terms order by 1, 2, 3').raw().all();
    db.close();
    return rows.map((row) => (row as unknown[]).join('|'));
  }

  close(): void {
    this.writer.close();
    rmSync(this.folder, { recursive: true });
  }
}
