import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Difference } from '../../src/domain/difference.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import type { WaitingItem } from '../../src/protocol/request.ts';
import { OLD_PIN, publicKeyIn, takesPin } from '../encoder/support/card-run.ts';
import {
  aCollection,
  anOldKey,
  type Collection,
  hex,
  slotsOf,
  type Wanted,
} from '../encoder/support/collection-card.ts';
import { SOON } from '../support/soon.ts';
import { type BenchOptions, type KioskBench, putOnRecord, startBench } from './support/kiosk-bench.ts';

const REQUEST_ID = '88888888-8888-4888-8888-888888888888';
const OTHER_REQUEST_ID = '99999999-9999-4999-8999-999999999999';
const CODE = '58203917';
const recovered = { kind: 'import', from: null } as const;

let bench: KioskBench;
afterEach(() => bench.close());

const listed = (serialNumber: string, year: number) => ({
  ...{ serialNumber, subject: 'CN=Alice Example', state: 'superseded' as const, isArchived: true },
  ...{ notBefore: `${year}-01-01T00:00:00Z`, notAfter: `${year + 3}-01-01T00:00:00Z` },
});
const DIFFERENCE: Difference = {
  entries: [
    { change: 'kept', from: '82', to: '82', certificate: listed('0a', 2020) },
    { change: 'added', from: null, to: '83', certificate: listed('0b', 2017) },
  ],
  problem: null,
};
const WITH_REMOVAL: Difference = {
  ...DIFFERENCE,
  entries: [
    ...DIFFERENCE.entries,
    { change: 'removed', from: '83', to: null, certificate: listed('0c', 2014) },
  ],
};

function anItem(changes: Partial<WaitingItem> = {}): WaitingItem {
  return {
    ...{ requestId: REQUEST_ID, kind: 'existingCard', state: 'ready', note: null, reason: null },
    ...{ requestedAt: '2026-11-20T10:00:00Z', expiresAt: '2099-11-20T10:00:00Z', isForThisCard: true },
    difference: DIFFERENCE as WaitingItem['difference'],
    soft: null,
    obstacle: null,
    hasRecoveredKeys: false,
    ...changes,
  };
}

/** A key stays, and one is recovered; both are known to central, and the card is in the reader. */
async function withCollection(options?: BenchOptions): Promise<Collection> {
  bench = await startBench(options);
  const stays = await anOldKey('stays');
  const wanted: Wanted[] = [
    { slot: '82', key: stays, source: { kind: 'keep' } },
    { slot: '83', key: await anOldKey('recovered', 'RSA-2048'), source: recovered },
  ];
  const collection = await aCollection('full', [stays], wanted, { keys: [], certificates: [] });
  putOnRecord(bench, collection.card);
  for (const slot of ['9A', '9C'] as const) {
    bench.central.provingKeys.set(slot, publicKeyIn(collection.card, slot));
  }
  bench.central.operation = collection.central;
  bench.central.waiting = [anItem()];
  bench.central.differenceOf = () => DIFFERENCE;
  bench.readers.insert(0, collection.card);
  return collection;
}

async function prove(): Promise<void> {
  await bench.at('found');
  bench.press('confirm');
  bench.type(OLD_PIN);
  bench.press('confirm');
}

async function toTheTasks(): Promise<void> {
  await prove();
  await bench.at('chooseTask');
}

async function toTheWarning(): Promise<void> {
  await toTheTasks();
  bench.press('confirm');
  await bench.at('difference');
  bench.press('confirm');
  await bench.at('collectWarning');
}

function everythingWritten(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
}

describe('recovered keys', () => {
  test('come onto the card with its PIN kept, and its PIN nowhere else', async () => {
    const { card, wanted } = await withCollection();
    await toTheWarning();
    bench.press('confirm');
    expect(await bench.at('done')).toMatchObject({ work: 'collection', stillWaiting: 0 });
    expect(bench.central.collected).toMatchObject({ leavesOut: [], confirmedRemovals: [] });
    const types = () => bench.central.happened.map(({ type, detail }) => [type, detail.kind, detail.request]);
    await vi.waitFor(
      () =>
        expect(types()).toEqual([
          ['operation.begun', 'collection', REQUEST_ID],
          ['operation.completed', 'collection', REQUEST_ID],
        ]),
      SOON,
    );
    expect(everythingWritten(bench.folder)).not.toContain(OLD_PIN);
    bench.readers.pull(0);
    await bench.at('insertCard');
    const slots = await slotsOf(card);
    expect(slots.get('83')!.publicKey).toBe(hex(wanted[1]!.key.publicKey));
    expect(await takesPin(card, OLD_PIN)).toBe(true);
  });

  test('are written once, however often Enter is pressed on the way', async () => {
    await withCollection();
    await bench.at('found');
    bench.press('confirm', 'confirm');
    bench.type(OLD_PIN);
    bench.press('confirm', 'confirm');
    await bench.at('chooseTask');
    bench.press('confirm', 'confirm');
    await bench.at('difference');
    expect(bench.central.asked).not.toContain('POST /requests/:id/collect');
    bench.press('confirm', 'confirm', 'confirm');
    await bench.at('done');
    expect(bench.central.asked.filter((route) => route === 'POST /requests/:id/collect')).toHaveLength(1);
    // Nothing else waits.
    bench.press('confirm');
    expect(bench.state().kind).toBe('done');
  });

  test('that take others off the card are confirmed by a yes, and central is told which', async () => {
    await withCollection();
    bench.central.differenceOf = () => WITH_REMOVAL;
    await toTheTasks();
    bench.press('confirm');
    await bench.at('difference');
    bench.press('confirm', 'confirm', 'confirm');
    expect(codeOf(bench.state())).toBe('KR-05-confirm-removal');
    bench.press('yes');
    await bench.at('collectWarning');
    bench.press('confirm');
    await bench.at('done');
    expect(bench.central.collected).toMatchObject({ confirmedRemovals: ['0c'] });
  });

  test('for which there is too little room are brought without those that the person leaves out', async () => {
    await withCollection();
    bench.central.differenceOf = (leavesOut) =>
      leavesOut.length > 0 ? DIFFERENCE : { ...DIFFERENCE, problem: 'KR-07-too-few-slots' };
    await toTheTasks();
    bench.press('confirm');
    await bench.at('chooseLeft');
    bench.press('confirm', 'toggle', 'confirm');
    await bench.at('difference');
    bench.press('confirm');
    await bench.at('collectWarning');
    bench.press('confirm');
    await bench.at('done');
    expect(bench.central.collected).toMatchObject({ leavesOut: ['0b'] });
  });

  test('whose writing is cut off are finished when the card is put in again, with the same request', async () => {
    const { card, wanted } = await withCollection();
    await toTheWarning();
    bench.central.before = (route) => {
      if (route.endsWith('/keys/:slot')) card.cutAt(2, 'after');
    };
    bench.press('confirm');
    expect(await bench.at('interrupted')).toMatchObject({ code: 'RP-17-card-removed', isCardIn: false });
    bench.central.before = () => {};
    bench.central.waiting = [];
    bench.readers.insert(0, card);
    expect((await bench.at('found')).card.hasOpenOperation).toBe(true);
    await prove();
    expect(await bench.at('collectWarning')).toMatchObject({
      ...{ isResume: true, requestId: REQUEST_ID, difference: DIFFERENCE },
    });
    bench.press('confirm');
    await bench.at('done');
    bench.readers.pull(0);
    const slots = await slotsOf(card);
    expect(slots.get('83')!.publicKey).toBe(hex(wanted[1]!.key.publicKey));
    expect(await takesPin(card, OLD_PIN)).toBe(true);
  });

  test.each(['chooseTask', 'difference', 'chooseLeft', 'confirmRemoval', 'collectWarning'] as const)(
    'are not brought, and the card is as it was, when it is taken out at %s',
    async (kind) => {
      const { card } = await withCollection();
      bench.central.differenceOf = () => {
        return kind === 'chooseLeft' ? { ...WITH_REMOVAL, problem: 'KR-07-too-few-slots' } : WITH_REMOVAL;
      };
      await toTheTasks();
      if (kind !== 'chooseTask') {
        bench.press('confirm');
        await bench.at(kind === 'chooseLeft' ? kind : 'difference');
        if (kind === 'confirmRemoval' || kind === 'collectWarning') bench.press('confirm');
        if (kind === 'collectWarning') bench.press('yes');
      }
      await bench.at(kind);
      bench.readers.pull(0);
      await bench.at('insertCard');
      expect(card.counters.writeApdus).toBe(0);
      expect(bench.central.asked).not.toContain('POST /requests/:id/collect');
    },
  );

  test('are not waited for: Esc drops the question what would change, and it can be asked again', async () => {
    await withCollection();
    await toTheTasks();
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    bench.central.before = (route) => {
      if (!route.endsWith('/difference')) return;
      asked();
      return isReleased;
    };
    bench.press('confirm');
    await isAsked;
    bench.press('back');
    await bench.at('chooseTask');
    bench.central.before = () => {};
    bench.press('confirm');
    await bench.at('difference');
    release();
  });

  test('that central refuses at last leave a card as it was, with the code of why', async () => {
    const { card, staying } = await withCollection();
    await toTheWarning();
    bench.central.operation = null;
    bench.press('confirm');
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-06-disabled' });
    await bench.takeOutRefused(0);
    await bench.at('insertCard');
    const slots = await slotsOf(card);
    expect([slots.get('82')!.publicKey, slots.get('83')!.publicKey]).toEqual([
      hex(staying[0]!.publicKey),
      null,
    ]);
    expect(await takesPin(card, OLD_PIN)).toBe(true);
  });
});

describe('what waits', () => {
  test('is not asked of whom nothing waits for: the reasons come at once', async () => {
    await withCollection();
    bench.central.waiting = [];
    await prove();
    expect(await bench.at('chooseReason')).toMatchObject({ tasks: [] });
  });

  test('is not guessed at while central is away', async () => {
    await withCollection();
    bench.central.before = (route) => {
      if (route.endsWith('/waiting')) bench.central.weather = 'down';
    };
    await prove();
    expect(await bench.at('refused')).toMatchObject({ code: 'SY-03-central-not-reached' });
  });

  test('is nothing at a central that knows of no such thing yet (SY-06)', async () => {
    await withCollection();
    bench.central.waiting = null;
    await prove();
    expect(await bench.at('chooseReason')).toMatchObject({ tasks: [] });
  });

  test('as an update of the card is begun as what was asked for (RP-15)', async () => {
    const { card } = await withCollection();
    putOnRecord(bench, card);
    const update = { kind: 'cardUpdate', reason: 'second', difference: null } as const;
    bench.central.waiting = [anItem({ ...update, requestId: OTHER_REQUEST_ID })];
    await toTheTasks();
    bench.press('confirm');
    const warning = await bench.at('warning');
    expect(warning.reasons[warning.selected]?.code).toBe('second');
    bench.press('confirm');
    for (const _ of ['new', 'repeat']) {
      bench.type('84726195');
      bench.press('confirm');
    }
    await bench.at('done');
    expect(bench.central.begun).toMatchObject({ reason: 'second', requestId: OTHER_REQUEST_ID });
  });

  test('as keys is not for whoever came by a code, who can rewrite the card (KR-02)', async () => {
    await withCollection();
    bench.central.code = CODE;
    await bench.at('found');
    bench.press('confirm', 'otherWay');
    bench.type(CODE);
    bench.press('confirm');
    await bench.at('chooseTask');
    bench.press('up');
    await bench.until('the reason why not', ({ walkUp }) => codeOf(walkUp) === 'KR-02-pin-needed');
    bench.press('confirm');
    expect(bench.state().kind).toBe('chooseTask');
    bench.press('down', 'confirm');
    expect(await bench.at('chooseReason')).toMatchObject({ by: 'code' });
  });

  test('in a word that this kiosk does not know is shown, and not carried out (SY-06)', async () => {
    await withCollection();
    bench.central.waiting = [{ ...anItem(), kind: 'holographicCard' }];
    await toTheTasks();
    bench.press('up');
    await bench.until('its code', ({ walkUp }) => codeOf(walkUp) === 'SY-06-newer-kiosk');
  });

  test('and of which more waits is gone on with at the end, after the PIN', async () => {
    await withCollection();
    bench.central.waiting = [anItem(), anItem({ requestId: OTHER_REQUEST_ID })];
    await toTheWarning();
    bench.press('confirm');
    expect(await bench.at('done')).toMatchObject({ stillWaiting: 1 });
    bench.press('confirm');
    await bench.at('found');
  });

  test('goes back to the start when nobody is there, with nothing asked and nothing written', async () => {
    const { card } = await withCollection({ idleSeconds: 1 });
    await prove();
    await bench.until('the start', ({ walkUp }) => walkUp.kind === 'insertCard' && walkUp.passedOver === 0);
    expect(card.counters.writeApdus).toBe(0);
  });
});

test('an unfinished operation of a kind that this kiosk does not know is left to another one (SY-06)', async () => {
  await withCollection();
  bench.central.openKind = 'engraving';
  bench.central.openRequest = REQUEST_ID;
  await prove();
  expect(await bench.at('refused')).toMatchObject({ code: 'SY-06-newer-kiosk' });
});
