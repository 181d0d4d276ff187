import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../../src/kiosk/log.ts';
import { Search } from '../../../src/kiosk/search/search.ts';
import { type CopyBench, openCopyBench } from '../support/copy-bench.ts';
import { cardId, personId, scopeData, type WorldCard, type WorldPerson } from './search-bench.ts';

const PEOPLE: readonly WorldPerson[] = [
  { n: 1, name: 'Anna Müller', mail: 'anna.mueller@example.org', login: 'amueller' },
  { n: 2, name: 'Andreas Mülders', mail: 'a.muelders@example.org', login: null },
  { n: 3, name: 'Zoë Angström', mail: 'zoe@example.org', login: 'zoe' },
  { n: 4, name: 'Zoltan Varga', mail: 'zv@example.org', login: 'muck' },
];
const CARDS: readonly WorldCard[] = [
  { n: 1, holder: 1, serial: '10004711', label: 'Gate 7' },
  { n: 2, holder: 3, serial: '10004712', label: null },
];

const EXAMPLES: readonly (readonly [text: string, expected: readonly string[]])[] = [
  ['mül an', ['Anna Müller', 'Andreas Mülders'].toReversed()],
  ['an mül', ['Andreas Mülders', 'Anna Müller']],
  ['MUELLER', ['Anna Müller']],
  ['muller', ['Anna Müller']],
  ['mu', ['Andreas Mülders', 'Anna Müller', 'Zoltan Varga']],
  ['angs', ['Zoë Angström']],
  ['zo', ['Zoë Angström', 'Zoltan Varga']],
  ['zoe', ['Zoë Angström']],
  ['a.mue', ['Andreas Mülders', 'Anna Müller']],
  ['anna.mueller@ex', ['Anna Müller']],
  ['amu', ['Anna Müller']],
  ['muck', ['Zoltan Varga']],
  ['1000471', ['Gate 7: Anna Müller', '10004712: Zoë Angström']],
  ['10004712', ['10004712: Zoë Angström']],
  ['711', ['Gate 7: Anna Müller']],
  ['gate', ['Gate 7: Anna Müller']],
  ['11', []],
  ['nobody', []],
  ['   ', []],
  ['%_\'"*', []],
];

let bench: CopyBench;
let search: Search;
const logged: unknown[] = [];
const log = { error: (...said: unknown[]) => void logged.push(said) } as Pick<Log, 'error'>;

beforeEach(async () => {
  bench = await openCopyBench(scopeData(PEOPLE, CARDS), (path, source) => {
    search = new Search({ replicaPath: path, source, log });
    return search;
  });
});
afterEach(async () => {
  await search.close();
  await bench.close();
});

async function started(): Promise<void> {
  bench.start();
  await bench.upToDate();
  await searchable();
}

/** The first copy is read before it can be searched. */
async function searchable(): Promise<void> {
  await bench.until('the index', async () => {
    const { isReady } = await search.query('');
    if (!isReady) throw new Error('not yet');
    return true;
  });
}

async function found(text: string): Promise<readonly string[]> {
  const { hits, isReady } = await search.query(text);
  expect(isReady).toBe(true);
  return hits.map(({ displayName, cardName }) =>
    cardName === null ? displayName : `${cardName}: ${displayName}`,
  );
}

describe('an operator finds', () => {
  beforeEach(started);

  test('by half a name in any order, the start of an address or login, a label, and either end of a number', async () => {
    for (const [text, expected] of EXAMPLES) expect(await found(text), text).toEqual(expected);
  });

  test('everything that a page needs of a person, and of a card with its holder', async () => {
    const [person] = (await search.query('amueller')).hits;
    const who = {
      ...{ personId: personId(1), displayName: 'Anna Müller', mail: 'anna.mueller@example.org' },
      ...{ login: 'amueller', personState: 'active' },
    };
    const none = { cardId: null, cardName: null, cardSerial: null, cardState: null, profileTitle: null };
    expect(person).toEqual({ kind: 'person', ...who, ...none });
    const [card] = (await search.query('gate 7')).hits;
    const which = { cardId: cardId(1), cardName: 'Gate 7', cardSerial: '10004711', cardState: 'issued' };
    expect(card).toEqual({ kind: 'card', ...who, ...which, profileTitle: 'Staff card' });
  });

  test('somebody by their new name a moment after it was changed, and by the old one no more', async () => {
    const [anna, ...others] = PEOPLE;
    bench.central.data = scopeData(
      [{ ...anna!, name: 'Anna Neu', mail: 'neu@example.org' }, ...others],
      CARDS,
    );
    await bench.upToDate();
    expect(await found('neu')).toEqual(['Anna Neu']);
    expect(await found('müller')).toEqual([]);
    bench.central.data = scopeData(others, CARDS.slice(1));
    await bench.upToDate();
    expect(await found('anna')).toEqual([]);
    expect(await found('gate')).toEqual([]);
  });
});

describe('a question', () => {
  test('says that it cannot be answered while there is no copy, and no more once there is', async () => {
    expect(await search.query('anna')).toEqual({
      ...{ hits: [], isMore: false, isReady: false, isOvertaken: false },
    });
    await started();
    expect(await found('anna m')).toEqual(['Anna Müller']);
  });

  test('is overtaken by the next one, which is answered', async () => {
    await started();
    const asked = ['m', 'mü', 'mül', 'müll'].map((text) => search.query(text));
    const answers = await Promise.all(asked);
    expect(answers.map(({ isOvertaken }) => isOvertaken)).toEqual([true, true, true, false]);
    expect(answers.at(-1)!.hits.map(({ displayName }) => displayName)).toEqual(['Anna Müller']);
  });

  test('that is asked while the copy is replaced is answered from one of them, and the thread lets go of the old one', async () => {
    await started();
    for (let round = 1; round <= 5; round += 1) {
      const last = { n: 9, name: `Round Number${round}`, mail: '', login: null };
      bench.central.scope.restore(bench.central.scope.head, randomUUID());
      bench.central.data = scopeData([...PEOPLE, last], CARDS);
      const asked: boolean[] = [];
      await bench.until('the new copy', async () => {
        const { hits, isReady } = await search.query(`number${round}`);
        asked.push(isReady);
        if (hits.length === 0) throw new Error('not yet');
        return true;
      });
      expect(asked).not.toContain(false);
    }
    expect(logged).toEqual([]);
  });

  test('is answered after a copy without an index was found, as one of a program that made none', async () => {
    await started();
    await bench.restart(() => {
      const db = new Database(bench.path);
      db.exec('drop table search_terms');
      db.close();
    });
    await bench.until('an answer', async () => {
      if ((await found('varga')).length === 0) throw new Error('not yet');
      return true;
    });
    expect(bench.central.scope.ranges).toHaveLength(1);
  });

  test('that meets a damaged index has the copy fetched anew, and says meanwhile that it cannot be answered', async () => {
    await started();
    // All of it is in the one file then, and the thread has let go of it.
    await bench.restart();
    const times = bench.confirmed.length;
    await bench.until('central', () => bench.confirmed.length > times);
    const db = new Database(bench.path, { readonly: true });
    const root = db.prepare("select rootpage from sqlite_schema where name = 'search_terms'").pluck().get();
    const size = db.pragma('page_size', { simple: true }) as number;
    db.close();
    damage(bench.path, (Number(root) - 1) * size, size);
    expect((await search.query('varga')).isReady).toBe(false);
    expect(logged).toHaveLength(1);
    await bench.until('a second snapshot', () => bench.central.scope.ranges.length === 2);
    await bench.until('an answer', async () => {
      const { hits } = await search.query('varga');
      if (hits.length === 0) throw new Error('not yet');
      return true;
    });
    logged.length = 0;
  });

  test('is not answered from a copy of another central, nor after the end', async () => {
    await started();
    const other = new Search({ replicaPath: bench.path, source: 'https://other.example', log });
    expect((await other.query('anna')).isReady).toBe(false);
    await other.close();
    expect((await other.query('anna')).isReady).toBe(false);
  });

  test('that waits when the program ends has its answer', async () => {
    const waiting = search.query('anna');
    await search.close();
    expect((await waiting).isReady).toBe(false);
  });
});

function damage(path: string, from: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, from);
  closeSync(file);
}
