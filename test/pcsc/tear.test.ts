import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { codeOf } from '../../src/flows/walk-up.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { createKiosk, type Kiosk } from '../../src/kiosk/kiosk.ts';
import { createPcscReaders } from '../../src/readers/pcsc-readers.ts';
import type { Readers } from '../../src/readers/readers.ts';
import type { Cut } from '../../src/virtual-card/faults.ts';
import { VPCD_PORTS, type VpcdCard, VpcdReader } from '../../src/virtual-card/vpcd.ts';
import { PCSCD_HOOK_LIMIT_MS, startPcscd, type TestPcscd, until } from '../support/pcscd.ts';
import { PATIENCE } from '../support/soon.ts';
import { pinOf } from '../tear/card-copy.ts';
import { seeded, spread } from '../tear/seeded.ts';
import { configurationOf, NO_TERMINAL, screenOf } from '../tear/tear-kiosk.ts';
import { OLD_PIN, type TearCard, TearWorld } from '../tear/tear-world.ts';
import { SPARE_PIN, type WalkEnd, walk } from '../tear/walk.ts';
import { type CardShape, findFaults, shapeOf } from '../tear/whole-card.ts';
import { onlyReader } from './only-reader.ts';

vi.setConfig(PATIENCE);

/** The promise of RP-17 through real PC/SC: the real kiosk and central, the card in vpcd's readers behind a real pcscd. */

const NEW_PIN = '31415926';
const CUTS = 30;
/** By then the card is recognised, its holder proven, and the writing has begun. */
const FIRST_WRITES = 25;
/** Printed with every failure. */
const SEED = Number(process.env.TEAR_SEED ?? 20_261_122);
const chance = seeded(SEED);

/** A kiosk with one of the two readers. It is never started again, whatever happens to pcscd. */
interface Lane {
  readonly kiosk: Kiosk;
  readonly slot: VpcdReader;
}

let pcscd: TestPcscd;
let world: TearWorld;
let readers: Readers;
let lanes: Lane[] = [];
let uncut: { readonly apdus: number; readonly shape: CardShape };

beforeAll(async () => {
  pcscd = await startPcscd();
  world = await TearWorld.open();
  readers = createPcscReaders();
  lanes = await Promise.all(VPCD_PORTS.map(openLane));
  await pcscdReady();
  uncut = await rewriteUncut(lanes[0]!);
}, PCSCD_HOOK_LIMIT_MS);
afterEach(async () => {
  await Promise.all(lanes.map(takeOut));
  for (const { kiosk } of lanes) kiosk.command({ kind: 'back' });
});
afterAll(async () => {
  await Promise.all(lanes.map(({ kiosk }) => kiosk.close()));
  await readers?.close();
  await world?.close();
  await pcscd?.stop();
});

async function openLane(port: number, reader: number): Promise<Lane> {
  const place = await world.place(`pcsc-${reader}`);
  const kiosk = createKiosk({
    readers: onlyReader(readers, reader),
    stdout: NO_TERMINAL,
    configuration: configurationOf(place),
  });
  await kiosk.start();
  return { kiosk, slot: new VpcdReader({ port, isQuick: true }) };
}

function pcscdReady(): Promise<unknown> {
  return until('both readers', () => lanes.every(({ kiosk }) => kiosk.view().readers.length === 1));
}

const stateOf = ({ kiosk }: Lane): WalkUpState => kiosk.view().walkUp;

function hasNoCard(lane: Lane): boolean {
  const state = stateOf(lane);
  const hasEnded = state.kind === 'interrupted' || state.kind === 'refused';
  return state.kind === 'insertCard' || (hasEnded && !state.isCardIn);
}

async function takeOut(lane: Lane): Promise<void> {
  lane.slot.pull();
  await until('an empty reader', () => hasNoCard(lane));
}

/** Resolves once the kiosk has seen it: one that is cut off at its first command is gone again at once. */
async function putIn(lane: Lane, card: VpcdCard): Promise<void> {
  let isSeen = false;
  const stop = lane.kiosk.onView(() => {
    isSeen ||= !hasNoCard(lane);
  });
  lane.slot.insert(card);
  await until('the card to be seen', () => isSeen).finally(stop);
}

/** The walk of somebody whose card is in: with whichever of their PINs it has. */
async function walkOn(lane: Lane, card: TearCard): Promise<WalkEnd> {
  const pin = await pinOf(card, [OLD_PIN, NEW_PIN, SPARE_PIN]);
  return walk(screenOf(lane.kiosk), { pins: pin ? [pin] : [], newPin: NEW_PIN });
}

async function rewriteUncut(lane: Lane): Promise<typeof uncut> {
  const card = await world.issue('full');
  await putIn(lane, card.card);
  expect(await walkOn(lane, card)).toMatchObject({ kind: 'done' });
  await takeOut(lane);
  const shape = await shapeOf(world, card);
  const faults = await findFaults(world, card, shape, { works: NEW_PIN, fail: [OLD_PIN] });
  expect(faults).toEqual([]);
  return { apdus: card.card.counters.apdus, shape };
}

/** Put in again, finished, and as good as one that was never cut off. */
async function finish(lane: Lane, card: TearCard): Promise<string[]> {
  card.card.faults.cut = null;
  await takeOut(lane);
  await putIn(lane, card.card);
  const end = await walkOn(lane, card);
  await takeOut(lane);
  return whatIsWrong(card, end);
}

async function whatIsWrong(card: TearCard, end: WalkEnd): Promise<string[]> {
  if (end.kind !== 'done') return [`the last run ended with ${JSON.stringify(end)}`];
  const faults = await findFaults(world, card, uncut.shape, { works: end.pin, fail: [OLD_PIN] });
  await world.forget(card);
  return faults;
}

async function tear(lane: Lane, cut: Cut): Promise<string[]> {
  const card = await world.issue('full');
  card.card.cutAt(cut.apdu, cut.when);
  await putIn(lane, card.card);
  const end = await walkOn(lane, card);
  // The run without a cut may have looked at its card once more than this one, and so have been longer.
  if (end.kind === 'done' && card.card.counters.apdus < cut.apdu) {
    await takeOut(lane);
    return (await whatIsWrong(card, end)).map((fault) => `${nameOf(cut)} uncut: ${fault}`);
  }
  const isCutOff = end.kind === 'gone' || (end.kind === 'stopped' && end.code === 'RP-17-card-removed');
  const faults = isCutOff ? [] : [`the cut run ended with ${JSON.stringify(end)}`];
  return [...faults, ...(await finish(lane, card))].map((fault) => `${nameOf(cut)} ${fault}`);
}

/** As the card, but something happens at its k-th APDU: before it is carried out, or before it is answered. */
function disturbed({ card }: TearCard, cut: Cut, disturb: () => Promise<unknown> | unknown): VpcdCard {
  let apdus = 0;
  return {
    atr: card.atr,
    reset: () => card.reset(),
    async transmit(apdu) {
      apdus += 1;
      if (apdus === cut.apdu && cut.when === 'before') await disturb();
      const answer = await card.transmit(apdu);
      if (apdus === cut.apdu && cut.when === 'after') await disturb();
      return answer;
    },
  };
}

/** Every APDU of a run from this one on, each with a chance to be carried out before the cut. */
function places(first: number): Cut[] {
  return Array.from({ length: uncut.apdus + 1 - first }, (_, i) => anyCut(first + i));
}

const nameOf = ({ when, apdu }: Cut) => `seed ${SEED} ${when}:${apdu}`;

function anyCut(apdu: number): Cut {
  return { apdu, when: chance.next() < 0.5 ? 'before' : 'after' };
}

test(`a card cut off at any of ${CUTS} places in a reader of pcscd is finished by putting it in again`, async () => {
  const cuts = [...spread(places(1), CUTS, chance)];
  const faults: string[] = [];
  const work = async (lane: Lane, share: Cut[]) => {
    for (let cut = share.shift(); cut; cut = share.shift()) faults.push(...(await tear(lane, cut)));
  };
  const [left, right] = lanes as [Lane, Lane];
  // Where vpcd is left as slow as it is, a card that is gone is an error of pcscd's, not an empty answer.
  const slowCuts = [3, 9, 15, 21].flatMap((i) => cuts.splice(i, 1));
  right.slot.isQuick = false;
  const slowly = work(right, slowCuts).finally(() => {
    right.slot.isQuick = true;
  });
  await Promise.all([work(left, cuts), slowly.then(() => work(right, cuts))]);
  expect(faults).toEqual([]);
});

test('a card is finished in the reader when pcscd, killed in the middle of its writing, is there again', async () => {
  const [lane] = lanes as [Lane];
  for (const [i, cut] of spread(places(FIRST_WRITES), 3, chance).entries()) {
    const card = await world.issue('full');
    await putIn(
      lane,
      disturbed(card, cut, () => pcscd.kill()),
    );
    expect(await walkOn(lane, card), nameOf(cut)).not.toMatchObject({ kind: 'done' });
    await until('the screen to say so', () => codeOf(stateOf(lane)) === 'UX-06-service-gone');
    expect(lane.kiosk.view().isCardServiceUp).toBe(false);
    if (i === 1) lane.slot.pull();
    await pcscd.start();
    if (i === 1) lane.slot.insert(card.card);
    await until('the card to be seen again', () => !hasNoCard(lane));
    expect(await whatIsWrong(card, await walkOn(lane, card)), nameOf(cut)).toEqual([]);
    await takeOut(lane);
  }
});

test('a card whose reader process was killed in the middle of its writing is finished where it is, or put in again', async () => {
  const [lane] = lanes as [Lane];
  for (const [i, cut] of spread(places(FIRST_WRITES), 2, chance).entries()) {
    const card = await world.issue('full');
    await putIn(
      lane,
      disturbed(card, cut, () => killReaderProcess()),
    );
    expect(await walkOn(lane, card), nameOf(cut)).toMatchObject({
      kind: 'stopped',
      code: 'RP-17-interrupted',
    });
    if (i === 0) {
      expect(await finish(lane, card), nameOf(cut)).toEqual([]);
    } else {
      lane.kiosk.command({ kind: 'confirm' });
      expect(await whatIsWrong(card, await walkOn(lane, card)), nameOf(cut)).toEqual([]);
    }
    await takeOut(lane);
  }
});

test('pcscd killed while nobody is there is said on the screen, and a card is looked at when it is back', async () => {
  const [lane] = lanes as [Lane];
  await pcscd.kill();
  await until('the screen to say so', () => !lane.kiosk.view().isCardServiceUp);
  expect(lane.kiosk.view().readers).toEqual([]);
  await pcscd.start();
  await pcscdReady();
  expect(lane.kiosk.view().isCardServiceUp).toBe(true);
  await putIn(lane, (await world.issue('full')).card);
  await until('the card', () => codeOf(stateOf(lane)) === 'RP-11-card-found');
});

test('a reader that another program holds is said to be busy, and the card is found as soon as it is let go', async () => {
  const [lane] = lanes as [Lane];
  await putIn(lane, (await world.issue('full')).card);
  await until('the card', () => codeOf(stateOf(lane)) === 'RP-11-card-found');
  lane.kiosk.command({ kind: 'back' });
  await until('the first screen', () => stateOf(lane).kind === 'insertCard');
  const letGo = await holdReader();
  lane.kiosk.command({ kind: 'confirm' });
  await until('the screen to say so', () => codeOf(stateOf(lane)) === 'UX-06-reader-busy');
  await letGo();
  await until('the card', () => codeOf(stateOf(lane)) === 'RP-11-card-found');
});

test('a half-written card that another program holds is finished as soon as it is let go', async () => {
  const [lane] = lanes as [Lane];
  const card = await world.issue('full');
  const [cut] = spread(places(FIRST_WRITES), 1, chance);
  const holding = Promise.withResolvers<() => Promise<void>>();
  const disturb = () => {
    killReaderProcess();
    holdReader().then(holding.resolve, holding.reject);
  };
  await putIn(lane, disturbed(card, cut!, disturb));
  expect(await walkOn(lane, card)).toMatchObject({ kind: 'stopped', code: 'RP-17-interrupted' });
  const letGo = await holding.promise;
  lane.kiosk.command({ kind: 'confirm' });
  await until('the screen to say so', () => codeOf(stateOf(lane)) === 'UX-06-reader-busy');
  await letGo();
  expect(await whatIsWrong(card, await walkOn(lane, card))).toEqual([]);
});

function killReaderProcess(): void {
  process.kill(readers.pids()[0]!, 'SIGKILL');
}

/** Another program connects EXCLUSIVE to the first reader, as soon as it can. @returns how it lets go */
async function holdReader(): Promise<() => Promise<void>> {
  const other = createPcscReaders();
  const connection = await until('the other program to have the card', () => other.open(0).catch(() => null));
  return async () => {
    await connection.close();
    await other.close();
  };
}
