import { setTimeout as delay } from 'node:timers/promises';
import { CardRemovedError } from '../../src/piv/connection.ts';
import type { PersonalityName } from '../../src/virtual-card/personality.ts';
import { pinOf } from './card-copy.ts';
import type { CentralChild } from './central-child.ts';
import { inReader, type Lane, NEW_PIN, type TornCard, type Tries, whatIsWrong } from './cut-card.ts';
import { startKioskChild } from './kiosk-child.ts';
import { openKiosk } from './tear-kiosk.ts';
import { OLD_PIN, type TearWorld } from './tear-world.ts';
import { walk } from './walk.ts';
import type { CardShape } from './whole-card.ts';

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
  personality: PersonalityName,
  kill: Kill,
  goesElsewhere: boolean,
  shape: CardShape,
): Promise<TornCard> {
  const card = await world.issue(personality);
  const tries: Tries = { pin: card.card.pinTriesLeft, puk: card.card.pukTriesLeft };
  const { isOver, isHit } = await untilKilled(lane, inReader(card, tries), kill);
  const faults = isOver ? [] : ['the kiosk was killed, and went on'];
  const works = await pinOf(card, [NEW_PIN, OLD_PIN]);
  const place = goesElsewhere ? lane.elsewhere : lane.here;
  const before = card.card.counters.apdus;
  if (isHit || works === OLD_PIN) {
    const kiosk = startKioskChild(place, inReader(card, tries));
    const end = await walk(kiosk.screen, { pins: [works ?? OLD_PIN], newPin: NEW_PIN });
    kiosk.kill();
    await kiosk.ended;
    if (end.kind !== 'done') faults.push(`the last run ended with ${JSON.stringify(end)}`);
  }
  const finishingApdus = card.card.counters.apdus - before;
  faults.push(...(await whatIsWrong(world, lane, card, shape, NEW_PIN)));
  if (Math.min(tries.pin, tries.puk) < 2) faults.push(`only ${JSON.stringify(tries)} tries were left`);
  await world.forget(card);
  return { faults, finishingApdus };
}

/** A run that ends with its kiosk's life, or (too late a moment) without. */
async function untilKilled(lane: Lane, card: ReturnType<typeof inReader>, kill: Kill) {
  let isHit = false;
  const hit = () => {
    isHit = true;
    kiosk.kill();
  };
  const kiosk = startKioskChild(lane.here, { ...card, transmit: killing(card, kill, hit) });
  const walked = walk(kiosk.screen, { pins: [OLD_PIN], newPin: NEW_PIN });
  walked.catch(() => undefined);
  const first = await Promise.race([walked, kiosk.ended.then(() => null)]);
  kiosk.kill();
  await kiosk.ended;
  return { isOver: first === null || !isHit, isHit };
}

/** Kills central in the middle of a run, starts it again, and has the kiosk go on by itself with the card in. */
export async function killCentral(
  world: TearWorld,
  central: CentralChild,
  lane: Lane,
  personality: PersonalityName,
  kill: Kill,
  shape: CardShape,
): Promise<TornCard> {
  const card = await world.issue(personality);
  const tries: Tries = { pin: card.card.pinTriesLeft, puk: card.card.pukTriesLeft };
  let restarted: Promise<unknown> = Promise.resolve();
  const hit = () => {
    restarted = central.kill().then(() => central.start());
  };
  const reader = inReader(card, tries);
  const kiosk = await openKiosk(lane.here);
  const faults: string[] = [];
  try {
    kiosk.insert({ ...reader, transmit: killing(reader, kill, hit, false) });
    const end = await walk(kiosk.screen, { pins: [OLD_PIN, NEW_PIN], newPin: NEW_PIN, isPatient: true });
    if (end.kind !== 'done') faults.push(`the run ended with ${JSON.stringify(end)}`);
  } finally {
    await kiosk.close();
  }
  await restarted;
  faults.push(...(await whatIsWrong(world, lane, card, shape, NEW_PIN)));
  if (Math.min(tries.pin, tries.puk) < 2) faults.push(`only ${JSON.stringify(tries)} tries were left`);
  await world.forget(card);
  return { faults, finishingApdus: 0 };
}

/** Transmits, and calls `hit` at its moment. @param losesAnswer of the command at which it comes */
function killing(card: ReturnType<typeof inReader>, kill: Kill, hit: () => void, losesAnswer = true) {
  let count = 0;
  return async (apdu: Uint8Array): Promise<Uint8Array> => {
    count += 1;
    if (count !== kill.apdu) return card.transmit(apdu);
    if (kill.when === 'before') {
      hit();
      if (losesAnswer) throw new CardRemovedError('transmit: whoever asked is dead');
      return card.transmit(apdu);
    }
    const answer = await card.transmit(apdu);
    if (kill.when === 'later') {
      void delay(kill.afterMs).then(hit);
      return answer;
    }
    hit();
    if (losesAnswer) throw new CardRemovedError('transmit: whoever asked is dead');
    return answer;
  };
}
