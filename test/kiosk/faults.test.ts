/**
 * Each fault that a kiosk meets in its corridor, switched on and off: what it says meanwhile, that it heals without a key press, and that
 * no event is lost on the way (SY-02, SY-03, UX-06).
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KioskView } from '../../src/flows/kiosk-view.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCard } from '../encoder/support/card-run.ts';
import { openScreen } from '../screens/one-screen.tsx';
import { SOON } from '../support/soon.ts';
import { type BenchOptions, type KioskBench, putOnRecord, startBench } from './support/kiosk-bench.ts';
import { aCopy } from './support/small-world.ts';
import { UnpluggableReaders } from './support/unpluggable-readers.ts';

const HOUR_MS = 3_600_000;
/** What is told ten seconds after something else was told, at the earliest. */
const LATER = { timeout: 60_000 };

let bench: KioskBench;
let readers: UnpluggableReaders;
/** How far the kiosk's clock is ahead. */
let aheadMs: number;
/** The kiosk's own database, below drizzle. */
let own: Database.Database;
const screen = openScreen();

beforeEach(() => {
  readers = new UnpluggableReaders();
  aheadMs = 0;
  const { pragma } = Database.prototype;
  vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (
    this: Database.Database,
    ...args: Parameters<typeof pragma>
  ) {
    if (this.name.endsWith('own.sqlite')) own = this;
    return pragma.apply(this, args);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bench.close();
});

const begin = async (options: BenchOptions = {}) => {
  bench = await startBench({
    ...{ copy: aCopy(), readers, now: () => new Date(Date.now() + aheadMs) },
    ...options,
  });
};
/** What is to be read on the screen now, without the breaks of its lines. */
const words = () => screen.draw(bench.kiosk.view()).join(' ').replace(/\s+/g, ' ');
const until = (what: string, holds: (view: KioskView) => boolean) => bench.until(what, holds);
const atStart = () => until('the first screen', ({ walkUp }) => walkUp.kind === 'insertCard');

/** Something that happens: a card that cannot be used here. Each is an event. */
let refusals = 0;
async function refuseCard(reader = 0): Promise<void> {
  readers.insert(reader, VirtualCard.create(null, { name: 'none', hasPiv: false }));
  await bench.at('refused');
  await bench.takeOutRefused(reader);
  await atStart();
  refusals += 1;
}

/** Every event that there was is at central: each chain whole and in order, and each refusal once. */
async function expectNothingLost(): Promise<void> {
  const refused = () => bench.central.events.filter(({ type }) => type === 'card.refused');
  await vi.waitFor(() => expect(refused()).toHaveLength(refusals), SOON);
  const chains = Map.groupBy(bench.central.events, ({ chain }) => chain);
  for (const [, events] of chains) expect(events.map(({ n }) => n)).toEqual(events.map((_, i) => i + 1));
}

interface Fault {
  readonly on: () => void;
  readonly off: () => void;
  /** Stands on the first screen while it is on. */
  readonly says: string;
  /** As the kiosk sees it. */
  readonly isOn: (view: KioskView) => boolean;
  /** Cards are seen all the same. */
  readonly leavesReaders?: boolean;
  /** It is met with a later event than the first. */
  readonly fillsUp?: boolean;
}

const centralIs = (weather: KioskBench['central']['weather']): Fault => ({
  on: () => {
    bench.central.weather = weather;
  },
  off: () => {
    bench.central.weather = 'up';
  },
  says: 'Central not reached',
  isOn: ({ isCentralReached }) => !isCentralReached,
  leavesReaders: true,
});

const FAULTS: Readonly<Record<string, Fault>> = {
  'central is gone': centralIs('down'),
  'a network that answers for central': centralIs('garbage'),
  'a central that fails at everything': centralIs('failing'),
  'the card service is gone': {
    on: () => readers.serviceGoes(),
    off: () => readers.serviceComes(),
    says: 'The card service of this kiosk is not running.',
    isOn: ({ isCardServiceUp }) => !isCardServiceUp,
  },
  'no reader is plugged in': {
    on: () => {
      for (const reader of [0, 1]) readers.unplug(reader);
    },
    off: () => {
      for (const reader of [0, 1]) readers.plugIn(reader);
    },
    says: 'No card reader is plugged in.',
    isOn: (view) => view.readers.length === 0,
  },
  'the disk is full': {
    on: () => {
      own.exec('create table filling (content)');
      own.pragma('max_page_count = 1');
      expect(() => {
        for (;;) own.exec('insert into filling values (zeroblob(1000))');
      }).toThrow(/full/);
    },
    off: () => {
      own.pragma('max_page_count = 1000000');
      own.exec('drop table filling');
    },
    says: 'kiosk disk full',
    isOn: ({ hasNoRoom }) => hasNoRoom === true,
    leavesReaders: true,
    fillsUp: true,
  },
  'the file system is read only': {
    on: () => void own.pragma('query_only = 1'),
    off: () => void own.pragma('query_only = 0'),
    says: 'kiosk disk full',
    isOn: ({ hasNoRoom }) => hasNoRoom === true,
    leavesReaders: true,
  },
};

const NEW_PIN = '84726195';

/** From the card that is in to a state that holds its reader. */
const HELD: Readonly<Record<string, () => Promise<unknown>>> = {
  found: () => bench.at('found'),
  enterPin: async () => {
    await bench.at('found');
    bench.press('confirm');
    await bench.at('enterPin');
  },
  warning: async () => {
    await bench.at('found');
    bench.press('confirm');
    bench.type('123456');
    bench.press('confirm');
    await until('a choice', ({ walkUp }) => ['chooseReason', 'warning'].includes(walkUp.kind));
    if (bench.state().kind === 'chooseReason') bench.press('confirm');
    await bench.at('warning');
  },
  newPin: () => bench.walkToRepeatedPin(NEW_PIN),
  writing: async () => {
    await bench.walkToRepeatedPin(NEW_PIN);
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    bench.central.before = (route) => (route.endsWith('/certificates') ? asked() : undefined);
    bench.press('confirm');
    await isAsked;
  },
};

const TROUBLES = {
  'the reader is unplugged': {
    on: () => readers.unplug(0),
    off: (card: VirtualCard) => readers.plugIn(0, card),
    code: 'UX-06-reader-gone',
  },
  'the card service goes': {
    on: () => readers.serviceGoes(),
    off: (card: VirtualCard) => readers.serviceComes(card),
    code: 'UX-06-service-gone',
  },
} as const;

describe('While somebody is at it', () => {
  const table = Object.keys(HELD).flatMap((kind) =>
    Object.keys(TROUBLES).map((name) => [name, kind, name as keyof typeof TROUBLES] as const),
  );
  test.each(table)('%s in the state %s: it is seen, and the card goes on when it is back', async (...row) => {
    const [, kind, name] = row;
    const { on, off, code } = TROUBLES[name];
    refusals = 0;
    await begin();
    const card = aCard();
    putOnRecord(bench, card);
    readers.insert(0, card);
    await HELD[kind]!();
    const isWriting = kind === 'writing';
    on();
    if (isWriting) {
      expect(await bench.at('interrupted')).toMatchObject({ isCardIn: false });
      await until(code, ({ walkUp }) => codeOf(walkUp) === code);
    } else {
      await atStart();
    }
    off(card);
    await bench.at('found');
    expect(codeOf(bench.state())).toBe(isWriting ? 'RP-17-unfinished' : 'RP-11-card-found');
    readers.pull(0);
    if (!isWriting) await atStart();
    await expectNothingLost();
  });

  test('central hangs in the middle of an operation: it waits in sight, and goes on', async () => {
    refusals = 0;
    await begin();
    const card = aCard();
    putOnRecord(bench, card);
    readers.insert(0, card);
    await bench.walkToRepeatedPin(NEW_PIN);
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    bench.central.before = (route) => (route.endsWith('/certificates') ? isOver : undefined);
    bench.press('confirm');
    await until('waiting', ({ walkUp }) => walkUp.kind === 'writing' && walkUp.waitsForCentral);
    expect(words()).toContain('Waiting for central');
    bench.central.before = () => {};
    end();
    await bench.at('done');
    readers.pull(0);
    await atStart();
    await refuseCard();
    await expectNothingLost();
  });
});

/** Nothing of a database can be read in it any more. */
const spoil = (name: string) => () =>
  writeFileSync(join(bench.folder, 'state', name), 'this was a database once '.repeat(400));

describe('A kiosk that is started', () => {
  test('with a damaged database of its own keeps it aside, says so to central, and works', async () => {
    refusals = 0;
    await begin();
    await refuseCard();
    await expectNothingLost();
    bench.central.weather = 'down';
    await bench.restart(spoil('own.sqlite'));
    await refuseCard();
    bench.central.weather = 'up';
    await refuseCard();
    await expectNothingLost();
    const began = bench.central.events.filter(({ type }) => type === 'chain.began');
    expect(began.at(-1)?.detail).toMatchObject({ why: 'set-aside' });
    expect(readdirSync(join(bench.folder, 'state')).some((name) => name.includes('unusable'))).toBe(true);
  });

  test('with a damaged copy of central’s data makes it anew', async () => {
    refusals = 0;
    await begin();
    await refuseCard();
    await bench.restart(spoil('replica.sqlite'));
    await until('a copy', ({ dataAgeSeconds }) => dataAgeSeconds !== null);
    readers.insert(0, aCard());
    await bench.at('found');
    readers.pull(0);
    await atStart();
    await expectNothingLost();
  });

  test('where no name server knows central says so, and tells it all once the name is there', async () => {
    refusals = 0;
    let isKnown = false;
    const centralUrl = (real: string) => (isKnown ? real : real.replace('127.0.0.1', 'central.invalid'));
    await begin({ centralUrl });
    await until('no central', ({ isCentralReached }) => !isCentralReached);
    expect(words()).toContain('Central not reached');
    await refuseCard();
    await bench.restart(() => {
      isKnown = true;
    });
    await until('central', ({ isCentralReached }) => isCentralReached);
    await refuseCard();
    await expectNothingLost();
  });
});

describe('A clock that is hours wrong', () => {
  test.each([
    ['ahead of', 5],
    ['behind', -5],
  ])('%s central is told, and neither a card nor central is taken for another by it', async (_, hours) => {
    refusals = 0;
    aheadMs = hours * HOUR_MS;
    await begin();
    const offset = () =>
      bench.central.events.filter(({ type }) => type === 'health').at(-1)?.detail.clockOffsetSeconds;
    await vi.waitFor(() => expect(offset()).toBeCloseTo(hours * 3600, -2), LATER);
    await until('central, and young data', (view) => {
      const { isCentralReached, refusedAs, dataAgeSeconds } = view;
      return isCentralReached && refusedAs === null && dataAgeSeconds !== null && dataAgeSeconds < 60;
    });
    readers.insert(0, aCard());
    expect(codeOf(await bench.at('found'))).toBe('RP-11-card-found');
    readers.pull(0);
    await atStart();
    aheadMs = 0;
    await refuseCard();
    await vi.waitFor(() => expect(offset()).toBeCloseTo(0, -1), LATER);
    await expectNothingLost();
  });
});

describe('A kiosk whose fault is that', () => {
  test.each(Object.entries(FAULTS))('%s says so, heals by itself and loses no event', async (_, fault) => {
    refusals = 0;
    await begin();
    await refuseCard();
    await until('no fault yet', (view) => !fault.isOn(view));
    fault.on();
    // What room there is left in the file is used up by a few of them.
    if (fault.leavesReaders) await refuseCard();
    for (let more = 0; more < 12 && fault.fillsUp && !fault.isOn(bench.kiosk.view()); more += 1)
      await refuseCard();
    await until('the fault', fault.isOn);
    expect(words()).toContain(fault.says);
    if (fault.leavesReaders) await refuseCard();
    fault.off();
    await until('the healing', (view) => !fault.isOn(view));
    expect(words()).not.toContain(fault.says);
    await refuseCard();
    await expectNothingLost();
  });
});
