import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { CopyWriter } from '../../../src/kiosk/copy/copy-writer.ts';
import { openSearched } from '../../../src/kiosk/search/open-searched.ts';
import { personId, personRow, SearchedFile, SOURCE } from './search-bench.ts';

const ANNA = { n: 1, name: 'Anna Müller', mail: 'anna@example.org', login: null };

test('a copy that cannot be made searchable now is followed all the same, and made searchable at the next start', () => {
  const file = new SearchedFile([ANNA], []);
  file.writer.close();
  const other = new Database(file.path);
  other.exec('drop table search_terms; pragma journal_mode = wal; begin immediate');
  const said: string[] = [];
  const writer = CopyWriter.open(file.path, SOURCE, true, (error) =>
    said.push((error as { code: string }).code),
  )!;
  other.exec('rollback');
  expect(said).toEqual(['SQLITE_BUSY']);
  expect(openSearched(file.path, SOURCE)).toBeNull();
  const { epoch, revision: from } = writer.meta;
  const row = [from + 1, 'person', personId(1), personRow({ ...ANNA, name: 'Anna Neu' })];
  const batch = { epoch, from, to: from + 1, transactionEnd: from + 1, head: from + 1, rows: [row] };
  expect(writer.apply({ ...batch, madeAt: '2026-11-22T12:00:00Z' }, from)).toBe(true);
  writer.close();
  other.close();
  file.writer = CopyWriter.open(file.path, SOURCE, true)!;
  expect(
    file
      .terms()
      .filter((term) => term.startsWith('0|'))
      .map((term) => term.split('|')[1]),
  ).toEqual(['anna neu ', 'neu anna ']);
  file.close();
});

test('a name that comes again with the same words changes nothing in the index, and one that goes leaves nothing there', () => {
  const file = new SearchedFile([ANNA], [{ n: 1, holder: 1, serial: '1001', label: 'Gate' }]);
  const before = file.terms();
  file.write(['person', personId(1), personRow({ ...ANNA, name: 'ANNA  müller' })]);
  expect(file.terms()).toEqual(before);
  file.write(['person', personId(1), null], ['card', '00000000-0000-4000-9000-000000000001', null]);
  expect(file.terms()).toEqual([]);
  file.close();
});
