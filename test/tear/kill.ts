import { setTimeout as delay } from 'node:timers/promises';
import { CardRemovedError } from '../../src/piv/connection.ts';
import type { InsertableCard } from '../../src/readers/memory-readers.ts';
import { pinOf } from './card-copy.ts';
import type { CentralChild } from './central-child.ts';
import {
  inReader,
  type Lane,
  NEW_PIN,
  pinAfter,
  reasonFor,
  type TornCard,
  type Tries,
  whatIsWrong,
} from './cut-card.ts';
import { startKioskChild } from './kiosk-child.ts';
import { openKiosk } from './tear-kiosk.ts';
import { OLD_PIN, type TearKind, type TearWorld } from './tear-world.ts';
import { walk } from './walk.ts';
import { type CardShape, isCompleted } from './whole-card.ts';

/** When a program is killed: at an APDU, or some time after its answer. */
export interface Kill {
  readonly apdu: number;
  readonly when: 'before' | 'after' | 'later';
  /** For `later`. */
  readonly afterMs: number;
}

/** Kills the kiosk with the card in it, starts it again (here or elsewhere), and has the card finished. */
export async function killKiosk(
  world: TearWorld,
  lane: Lane,
  kind: TearKind,
  kill: Kill,
  goesElsewhere: boolean,
  shape: CardShape,
): Promise<TornCard> {
  const card = await world.issue(kind);
  const tries: Tries = { pin: card.card.pinTriesLeft, puk: card.card.pukTriesLeft };
  await untilKilled(lane, inReader(card, tries), kill, reasonFor(card));
  const faults: string[] = [];
  const pin = await pinOf(card, [NEW_PIN, OLD_PIN]);
  let works = pinAfter(kind);
  const place = goesElsewhere ? lane.elsewhere : lane.here;
  const before = card.card.counters.apdus;
  // It may have come too late: central has it all, whether or not the kiosk has heard so.
  if (!(await isCompleted(world, card))) {
    const kiosk = startKioskChild(place, inReader(card, tries));
    const holder = { pins: [pin ?? OLD_PIN], newPin: NEW_PIN, reason: reasonFor(card) };
    let end = await walk(kiosk.screen, { ...holder, reason: null });
    // The last request of the dead may still have been on its way: then there is nothing left to do.
    const isAskedAnew = end.kind === 'stopped' && end.code === 'chooseReason';
    if (isAskedAnew && (await isCompleted(world, card))) end = { kind: 'done', pin: pinAfter(kind) };
    else if (isAskedAnew) end = await walk(kiosk.screen, holder);
    kiosk.kill();
    await kiosk.ended;
    if (end.kind === 'done') works = end.pin;
    else faults.push(`the last run ended with ${JSON.stringify(end)}`);
  }
  const finishingApdus = card.card.counters.apdus - before;
  faults.push(...(await whatIsWrong(world, lane, card, shape, works)));
  if (Math.min(tries.pin, tries.puk) < 2) faults.push(`only ${JSON.stringify(tries)} tries were left`);
  await world.forget(card);
  return { faults, finishingApdus };
}

/** A run that ends with its kiosk's life, or (too late a moment) shortly before. */
async function untilKilled(lane: Lane, card: InsertableCard, kill: Kill, reason: number): Promise<void> {
  const killing = new Killing(card, kill, () => kiosk.kill(), true);
  const kiosk = startKioskChild(lane.here, killing.card);
  const walked = walk(kiosk.screen, { pins: [OLD_PIN], newPin: NEW_PIN, reason });
  walked.catch(() => undefined);
  await Promise.race([walked, kiosk.ended]);
  kiosk.kill();
  await kiosk.ended;
}

/**
 * Kills central in the middle of a run, starts it again, and has the kiosk go on by itself with the card in. A central that
 * does not come back is a fault of this card only: it is started once more for the next.
 */
export async function killCentral(
  world: TearWorld,
  central: CentralChild,
  lane: Lane,
  kind: TearKind,
  kill: Kill,
  shape: CardShape,
): Promise<TornCard> {
  if (!central.isRunning) await central.start();
  const card = await world.issue(kind);
  const tries: Tries = { pin: card.card.pinTriesLeft, puk: card.card.pukTriesLeft };
  const restart = Promise.withResolvers<unknown>();
  let hasHit = false;
  const hit = () => {
    hasHit = true;
    restart.resolve(central.kill().then(() => central.start()));
  };
  const killing = new Killing(inReader(card, tries), kill, hit, false);
  const kiosk = await openKiosk(lane.here);
  const faults: string[] = [];
  try {
    kiosk.insert(killing.card);
    const pins = { pins: [OLD_PIN, NEW_PIN], newPin: NEW_PIN };
    const walked = walk(kiosk.screen, { ...pins, reason: reasonFor(card), isPatient: true });
    // Nobody need wait for a kiosk that waits for a central that did not come back.
    const end = await Promise.race([walked, restart.promise.then(() => walked)]);
    if (end.kind !== 'done') faults.push(`the run ended with ${JSON.stringify(end)}`);
  } finally {
    await kiosk.close();
    await killing.passed;
    if (hasHit) await restart.promise;
  }
  faults.push(...(await whatIsWrong(world, lane, card, shape, pinAfter(kind))));
  if (Math.min(tries.pin, tries.puk) < 2) faults.push(`only ${JSON.stringify(tries)} tries were left`);
  await world.forget(card);
  return { faults, finishingApdus: 0 };
}

/**
 * A card at which somebody is hit at one moment.
 * @param losesAnswer of the command at which it comes
 */
class Killing {
  /** Resolves when a moment that was to come some time after its APDU has come. */
  passed: Promise<void> = Promise.resolve();
  readonly card: InsertableCard;

  constructor(card: InsertableCard, kill: Kill, hit: () => void, losesAnswer: boolean) {
    let count = 0;
    const transmit = async (apdu: Uint8Array): Promise<Uint8Array> => {
      count += 1;
      if (count !== kill.apdu) return card.transmit(apdu);
      if (kill.when === 'before') hit();
      if (kill.when === 'before' && losesAnswer)
        throw new CardRemovedError('transmit: whoever asked is dead');
      const answer = await card.transmit(apdu);
      if (kill.when === 'later') this.passed = delay(kill.afterMs).then(hit);
      if (kill.when === 'after') hit();
      if (kill.when === 'after' && losesAnswer) throw new CardRemovedError('transmit: whoever asked is dead');
      return answer;
    };
    this.card = { ...card, transmit };
  }
}
