import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { findOpenOperation } from '../../src/central/repositories/operations.ts';
import { sweep } from '../../src/central/sweep.ts';
import type { Command } from '../../src/flows/command.ts';
import { isWriteCommand } from '../../src/piv/apdu.ts';
import type { InsertableCard } from '../../src/readers/memory-readers.ts';
import { pinOf } from './card-copy.ts';
import { seeded, spread } from './seeded.ts';
import { type KioskPlace, openKiosk } from './tear-kiosk.ts';
import { OLD_PIN, type TearCard, type TearKind, TearWorld } from './tear-world.ts';
import { type Screen, type WalkEnd, walk } from './walk.ts';
import { findFaults, shapeOf } from './whole-card.ts';

/** One for each visit, since none may be the one before it. */
const PINS = [OLD_PIN, '31415926', '16180339', '57721566'];
/** How far down the list the reason is that asks for a new encryption key, the old one in a retired slot. */
const ROTATION = 5;
const NO_ORPHANS = {
  ...{ expiredRequests: 0, heldWithoutOperation: 0, activeNotOnCard: 0, certificatesWithoutCard: 0 },
};

let world: TearWorld;
let places: KioskPlace[];
beforeAll(async () => {
  world = await TearWorld.open();
  places = [await world.place('here'), await world.place('elsewhere')];
});
afterAll(() => world.close());

/** Goes through a visit with the PIN that the card has, whichever of theirs it is. */
async function visit(
  card: TearCard,
  number: number,
  reason: number,
  chip: InsertableCard = card.card,
): Promise<WalkEnd> {
  const kiosk = await openKiosk(places[number % places.length]!);
  try {
    // Where a cut is, and how many APDUs there are without one, is counted from the same first look at the card.
    await kiosk.hearsCentral();
    kiosk.insert(chip);
    const pin = await pinOf(card, PINS);
    return await walk(choosing(kiosk.screen, reason), { pins: [pin!], newPin: PINS[number + 1]! });
  } finally {
    await kiosk.close();
  }
}

/** Goes down the list of reasons before one is confirmed. */
function choosing(screen: Screen, reason: number): Screen {
  return {
    state: () => screen.state(),
    onState: (listener) => screen.onState(listener),
    command(command: Command) {
      const isChoice = command.kind === 'confirm' && screen.state().kind === 'chooseReason';
      for (let down = 0; isChoice && down < reason; down += 1) screen.command({ kind: 'down' });
      screen.command(command);
    },
  };
}

/** Cuts a rewrite off, abandons it, and so on; then has the card rewritten by a new operation. @returns what is wrong then */
async function abandonAndRewrite(
  card: TearCard,
  shape: Awaited<ReturnType<typeof shapeOf>>,
  cuts: readonly { readonly apdu: number; readonly when: 'before' | 'after' }[],
  reason: number,
): Promise<string[]> {
  for (const [number, { apdu, when }] of cuts.entries()) {
    card.card.cutAt(apdu, when);
    const end = await visit(card, number, reason);
    const isUncut = card.card.faults.cut !== null;
    card.card.faults.cut = null;
    // The run without a cut may have looked at its card longer than this one, whose kiosk knew it by then.
    if (end.kind === 'done' && isUncut) return whatIsWrong(card, shape, PINS[number + 1]!);
    if (end.kind !== 'gone') return [`run ${number} ended with ${JSON.stringify(end)}`];
    const open = await findOpenOperation(world.central.database, card.row.id);
    if (open) await abandonOperation(world.central, open.id, { actor: 'command', why: null });
    expect(await sweep(world.central)).toEqual({ abandoned: 0, ...NO_ORPHANS });
  }
  const end = await visit(card, cuts.length, reason);
  if (end.kind !== 'done') return [`the last run ended with ${JSON.stringify(end)}`];
  expect(await sweep(world.central)).toEqual({ abandoned: 0, ...NO_ORPHANS });
  return whatIsWrong(card, shape, PINS[cuts.length + 1]!);
}

/** In a card that was rewritten in the end. @param works the PIN that it was given last */
function whatIsWrong(
  card: TearCard,
  shape: Awaited<ReturnType<typeof shapeOf>>,
  works: string,
): Promise<string[]> {
  return findFaults(world, card, shape, { works, fail: PINS.filter((pin) => pin !== works) });
}

/** How many APDUs a rewrite takes, and from its first write on; what such a card is like. */
async function rewriteUncut(kind: TearKind, reason: number) {
  const card = await world.issue(kind);
  let fromFirstWrite = 0;
  const chip = interrupted(card, async (count) => {
    fromFirstWrite = count;
  });
  expect(await visit(card, 0, reason, chip)).toMatchObject({ kind: 'done' });
  return { apdus: card.card.counters.apdus, fromFirstWrite, shape: await shapeOf(world, card) };
}

describe('after an operation was abandoned, the next one finishes its half-written card', () => {
  test.each([
    ['full', 0, 8],
    ['standard', 0, 5],
    ['serial-absent', 0, 5],
    ['full', ROTATION, 10],
  ] as const)('of make %s, reason %i, at %i places', { timeout: 600_000 }, async (make, reason, count) => {
    const { apdus, shape } = await rewriteUncut(make, reason);
    const all = Array.from({ length: apdus * 2 }, (_, i) => ({
      apdu: 1 + (i >> 1),
      when: i % 2 === 0 ? ('before' as const) : ('after' as const),
    }));
    for (const cut of spread(all, count, seeded(7))) {
      const card = await world.issue(make);
      expect(await abandonAndRewrite(card, shape, [cut], reason), JSON.stringify(cut)).toEqual([]);
      await world.forget(card);
    }
  });

  test('and after two were', { timeout: 600_000 }, async () => {
    const { apdus, shape } = await rewriteUncut('full', ROTATION);
    for (const [first, second] of [
      [0.35, 0.3],
      [0.45, 0.46],
      [0.6, 0.4],
      [0.9, 0.95],
    ] as const) {
      const card = await world.issue('full');
      const cuts = [first, second].map((share) => ({
        ...{ apdu: Math.floor(share * (apdus - 4)), when: 'after' as const },
      }));
      expect(await abandonAndRewrite(card, shape, cuts, ROTATION), JSON.stringify(cuts)).toEqual([]);
      await world.forget(card);
    }
  });
});

/** The card, and something that happens just before each APDU from the first that writes on, which is the first. */
function interrupted({ card }: TearCard, happen: (count: number) => Promise<void>): InsertableCard {
  let count = 0;
  return {
    atr: card.atr,
    isContactless: card.isContactless,
    reset: () => card.reset(),
    async transmit(command) {
      if (count > 0 || isWriteCommand(command)) {
        count += 1;
        await happen(count);
      }
      return card.transmit(command);
    },
  };
}

test('a card that is disabled while it is written is written, not valid, and is finished once it is enabled', async () => {
  const { fromFirstWrite, shape } = await rewriteUncut('full', 0);
  for (const at of [fromFirstWrite, Math.floor(fromFirstWrite * 0.4)]) {
    const card = await world.issue('full');
    const disable = async (count: number) => {
      if (count === at) await changeCard(world.central.database, card.row.id, { state: 'disabled' });
    };
    const end = await visit(card, 0, 0, interrupted(card, disable));
    expect(end).toEqual({ kind: 'stopped', code: 'RP-06-disabled' });
    const open = await findOpenOperation(world.central.database, card.row.id);
    expect(open).toMatchObject({ state: 'open', refusedWith: 'RP-06-disabled' });
    expect(await sweep(world.central)).toEqual({ abandoned: 0, ...NO_ORPHANS });

    await changeCard(world.central.database, card.row.id, { state: 'issued' });
    expect(await visit(card, 1, 0)).toMatchObject({ kind: 'done' });
    const works = (await pinOf(card, PINS))!;
    expect(await findFaults(world, card, shape, { works, fail: [OLD_PIN] })).toEqual([]);
  }
});
