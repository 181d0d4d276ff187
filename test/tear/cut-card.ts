import { setTimeout as delay } from 'node:timers/promises';
import { unfinishedSteps } from '../../src/kiosk/journal.ts';
import { openOwnDatabase } from '../../src/kiosk/own-database.ts';
import type { InsertableCard } from '../../src/readers/memory-readers.ts';
import type { Cut } from '../../src/virtual-card/faults.ts';
import { pinOf } from './card-copy.ts';
import { letStrangerTry } from './stranger.ts';
import { type KioskPlace, openKiosk } from './tear-kiosk.ts';
import { OLD_PIN, type TearCard, type TearKind, type TearWorld } from './tear-world.ts';
import { SPARE_PIN, type WalkEnd, walk } from './walk.ts';
import { type CardShape, findFaults, shapeOf } from './whole-card.ts';

export const NEW_PIN = '31415926';
const THIRD_PIN = '16180339';
/** Slowness is nothing here: this make stands for cards whose encryption key is moved to a retired slot (routine rotation). */
const MOVES_KEY: TearKind = 'slow';
const [FIRST_REASON, ROUTINE_ROTATION] = [1, 6];
const FORGET_LIMIT_MS = 60_000;

/** The kiosks of one card after the other. */
export interface Lane {
  readonly here: KioskPlace;
  readonly elsewhere: KioskPlace;
  /** Where a stranger comes with what they have found. */
  readonly strangers: KioskPlace;
}

/** One operation and where it is cut off; the last run finishes it. */
export interface Tear {
  readonly kind: TearKind;
  readonly cuts: readonly Cut[];
  /** The run after a cut is at another kiosk. */
  readonly goesElsewhere: boolean;
  /** The holder wants yet another PIN when they come back, where they are asked for one. */
  readonly changesMind: boolean;
}

/** What came of it: nothing to complain of means that it survived. */
export interface TornCard {
  readonly faults: readonly string[];
  /** APDUs of the run that finished it. */
  readonly finishingApdus: number;
}

/** Rewrites a card without any cut. @returns how many APDUs that takes, and what such a card is like */
export async function rewriteUncut(
  world: TearWorld,
  lane: Lane,
  kind: TearKind,
): Promise<{ readonly apdus: number; readonly shape: CardShape }> {
  const card = await world.issue(kind);
  const end = await visit(lane.here, card, [OLD_PIN], NEW_PIN);
  if (end.kind !== 'done') throw new Error(`rewrite ${kind} without a cut: ${JSON.stringify(end)}`);
  const shape = await shapeOf(world, card);
  const faults = await findFaults(world, card, shape, {
    works: end.pin,
    fail: [OLD_PIN, NEW_PIN].filter((pin) => pin !== end.pin),
  });
  if (faults.length > 0) throw new Error(`rewrite ${kind} without a cut: ${faults.join('; ')}`);
  const { apdus } = card.card.counters;
  await world.forget(card);
  return { apdus, shape };
}

/** Issues a card, cuts its rewrite off, drops all memory, and has it finished by putting it in again. */
export async function tearCard(
  world: TearWorld,
  lane: Lane,
  tear: Tear,
  shape: CardShape,
): Promise<TornCard> {
  const card = await world.issue(tear.kind);
  const faults: string[] = [];
  const tries: Tries = { pin: card.card.pinTriesLeft, puk: card.card.pukTriesLeft };
  let pins = { known: [OLD_PIN], wanted: NEW_PIN };
  let place = lane.here;
  let finishingApdus = 0;
  let works = pinAfter(tear.kind);
  // A cut that comes too late for its run, and the run after the last cut, see the end of it.
  for (const cut of [...tear.cuts, null]) {
    card.card.faults.cut = cut;
    const before = card.card.counters.apdus;
    const end = await visit(place, card, pins.known, pins.wanted, tries);
    card.card.faults.cut = null;
    finishingApdus = card.card.counters.apdus - before;
    if (end.kind === 'done') {
      works = end.pin;
      break;
    }
    if (end.kind === 'stopped' || cut === null) faults.push(`a run ended with ${JSON.stringify(end)}`);
    faults.push(...(await letStrangerTry(lane.strangers, card)));
    if (tear.goesElsewhere) place = place === lane.here ? lane.elsewhere : lane.here;
    pins = await whatIsKnown(card, pins, tear.changesMind);
  }
  faults.push(...(await whatIsWrong(world, lane, card, shape, works)));
  if (Math.min(tries.pin, tries.puk) < 2) faults.push(`only ${JSON.stringify(tries)} tries were left`);
  await world.forget(card);
  return { faults, finishingApdus };
}

/** A whole visit at a kiosk that starts on what was left there, and loses its memory at the end. */
async function visit(
  place: KioskPlace,
  card: TearCard,
  pins: readonly string[],
  newPin: string,
  tries: Tries = { pin: 0, puk: 0 },
): Promise<WalkEnd> {
  const kiosk = await openKiosk(place);
  try {
    kiosk.insert(inReader(card, tries));
    return await walk(kiosk.screen, { pins, newPin, reason: reasonFor(card) });
  } finally {
    await kiosk.close();
  }
}

/** The PIN that a card has in the end, where nobody has changed their mind. */
export function pinAfter(kind: TearKind): string {
  return kind === 'collection' ? OLD_PIN : NEW_PIN;
}

/** Position of the reason that a card of this make is rewritten for. */
export function reasonFor({ kind }: TearCard): number {
  return kind === MOVES_KEY || kind === 'archived' ? ROUTINE_ROTATION : FIRST_REASON;
}

/** The fewest tries that were ever left. */
export interface Tries {
  pin: number;
  puk: number;
}

/** A card as it is put into a reader, its tries watched. */
export function inReader({ card }: Pick<TearCard, 'card'>, tries: Tries): InsertableCard {
  return {
    atr: card.atr,
    isContactless: card.isContactless,
    reset: () => card.reset(),
    async transmit(apdu: Uint8Array) {
      try {
        return await card.transmit(apdu);
      } finally {
        tries.pin = Math.min(tries.pin, card.pinTriesLeft);
        tries.puk = Math.min(tries.puk, card.pukTriesLeft);
      }
    },
  };
}

/** The holder has the PIN that the card has, whichever of theirs it is. */
async function whatIsKnown(
  card: TearCard,
  { known, wanted }: { readonly known: readonly string[]; readonly wanted: string },
  changesMind: boolean,
) {
  const all = [...new Set([wanted, NEW_PIN, THIRD_PIN, SPARE_PIN, ...known])];
  const works = await pinOf(card, all);
  return { known: works ? [works] : [], wanted: changesMind ? THIRD_PIN : wanted };
}

/** The card that came out, what central knows of it, and what was left at the kiosks. */
export async function whatIsWrong(
  world: TearWorld,
  lane: Lane,
  card: TearCard,
  shape: CardShape,
  works: string,
): Promise<string[]> {
  const fail = [OLD_PIN, NEW_PIN, THIRD_PIN, SPARE_PIN].filter((pin) => pin !== works);
  const faults = await findFaults(world, card, shape, { works, fail });
  for (const place of [lane.here, lane.elsewhere]) {
    if (!(await forgetsJournal(place, card))) {
      faults.push(`the journal of ${place.name} still has ${stepsLeft(place, card).join()}`);
    }
  }
  return faults;
}

/** A kiosk where the card was not finished hears of its end from central. */
async function forgetsJournal(place: KioskPlace, card: TearCard): Promise<boolean> {
  if (stepsLeft(place, card).length === 0) return true;
  const kiosk = await openKiosk(place);
  try {
    const limit = performance.now() + FORGET_LIMIT_MS;
    while (stepsLeft(place, card).length > 0) {
      if (performance.now() > limit) return false;
      await delay(20);
    }
    return true;
  } finally {
    await kiosk.close();
  }
}

function stepsLeft({ folder }: KioskPlace, { row }: TearCard): string[] {
  const refuse = (error: Error) => {
    throw error;
  };
  const chainPorts = { now: () => new Date(), signer: () => null };
  const own = openOwnDatabase(`${folder}/own.sqlite`, refuse, chainPorts);
  try {
    return unfinishedSteps(own).flatMap(({ cardId, step }) => (cardId === row.id ? [step] : []));
  } finally {
    own.close();
  }
}
