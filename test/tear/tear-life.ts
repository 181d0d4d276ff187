import type { InsertableCard } from '../../src/readers/memory-readers.ts';
import type { Cut } from '../../src/virtual-card/faults.ts';
import type { PersonalityName } from '../../src/virtual-card/personality.ts';
import { pinOf } from './card-copy.ts';
import { inReader, type Lane, type TornCard } from './cut-card.ts';
import {
  awaitIssue,
  cancelled,
  findEmptyFaults,
  findIssueFaults,
  forgetIssue,
  issued,
} from './life-cards.ts';
import { type KioskPlace, openKiosk } from './tear-kiosk.ts';
import { OLD_PIN, type TearWorld } from './tear-world.ts';
import { NO_NUMBER, type Person, SPARE_PIN, type WalkEnd, walk } from './walk.ts';
import { type CardShape, findFaults, shapeOf } from './whole-card.ts';

/** A new card that is cut off while it is issued, a cancelled one while it is emptied: both are finished by putting them in again. */

/** What is done to cards of which make; of new ones, by which profile. */
export const LIVES = {
  issue: { make: 'standard', profile: 'contractor' },
  'issue-archived': { make: 'full', profile: 'secure-mail-ec' },
  empty: { make: 'full', profile: null },
  // A card without vendor commands keeps its keys: none is emptied.
  'empty-serial-absent': { make: 'serial-absent', profile: null },
} as const satisfies Record<string, { make: PersonalityName; profile: string | null }>;
export type LifeKind = keyof typeof LIVES;
export const LIFE_KINDS = Object.keys(LIVES) as LifeKind[];

const NEW_PIN = '31415926';
const FACTORY_PIN = '123456';
const MOST_TRIES = 50;

export interface LifeTear {
  readonly kind: LifeKind;
  readonly cuts: readonly Cut[];
  /** The run after a cut is at another kiosk. */
  readonly goesElsewhere: boolean;
}

/** The same without a cut. @returns how many APDUs that takes, and what such a card is like; null: as from the factory */
export async function liveUncut(
  world: TearWorld,
  lane: Lane,
  kind: LifeKind,
): Promise<{ readonly apdus: number; readonly shape: CardShape | null }> {
  const life = await begin(world, kind);
  const end = await visit(lane.here, life);
  if (end.kind !== 'done') throw new Error(`${kind} without a cut: ${JSON.stringify(end)}`);
  const { apdus } = life.card.counters;
  const shape = await life.shape();
  const faults = await life.findFaults(shape);
  if (faults.length > 0) throw new Error(`${kind} without a cut: ${faults.join('; ')}`);
  await life.forget();
  return { apdus, shape };
}

/** Cuts it off, drops all memory of the kiosk, and has it finished by putting the card in again. */
export async function tearLife(
  world: TearWorld,
  lane: Lane,
  tear: LifeTear,
  shape: CardShape | null,
): Promise<TornCard> {
  const life = await begin(world, tear.kind);
  const faults: string[] = [];
  let place = lane.here;
  let finishingApdus = 0;
  for (const cut of [...tear.cuts, null]) {
    life.card.faults.cut = cut;
    const before = life.card.counters.apdus;
    const end = await visit(place, life);
    life.card.faults.cut = null;
    finishingApdus = life.card.counters.apdus - before;
    if (end.kind === 'done' || isBlankAlready(life, end)) break;
    if (end.kind === 'stopped' || cut === null) faults.push(`a run ended with ${JSON.stringify(end)}`);
    if (tear.goesElsewhere) place = place === lane.here ? lane.elsewhere : lane.here;
  }
  faults.push(...(await life.findFaults(shape)));
  await life.forget();
  return { faults, finishingApdus };
}

/** Without a chip serial it is known by its CHUID, which goes last of all: what is left then is a blank card to any other kiosk. */
function isBlankAlready({ person }: Life, end: WalkEnd): boolean {
  return person.empties === true && end.kind === 'stopped' && end.code === NO_NUMBER;
}

/** One card on its way, and how it is looked at in the end. */
interface Life {
  readonly card: Parameters<typeof inReader>[0]['card'];
  readonly inReader: InsertableCard;
  readonly person: Person;
  shape(): Promise<CardShape | null>;
  findFaults(shape: CardShape | null): Promise<string[]>;
  forget(): Promise<void>;
}

function begin(world: TearWorld, kind: LifeKind): Promise<Life> {
  const { make, profile } = LIVES[kind];
  return profile === null ? beginEmpty(world, make) : beginIssue(world, make, profile);
}

async function beginIssue(world: TearWorld, make: PersonalityName, profile: string): Promise<Life> {
  const blank = await awaitIssue(world, make, profile);
  const { card, number } = blank;
  return {
    card,
    inReader: inReader(blank, { pin: 0, puk: 0 }),
    person: { pins: [], newPin: NEW_PIN, number, isPatient: true },
    shape: async () => shapeOf(world, await issued(world, blank)),
    async findFaults(shape) {
      const now = await issued(world, blank);
      const works = await pinOf(now, [NEW_PIN, SPARE_PIN]);
      if (works === undefined || shape === null) return ['no PIN that was chosen works'];
      const whole = await findFaults(world, now, shape, { works, fail: [FACTORY_PIN] });
      return [...whole, ...(await findIssueFaults(world, now))];
    },
    forget: async () => forgetIssue(world, blank, await issued(world, blank)),
  };
}

async function beginEmpty(world: TearWorld, make: PersonalityName): Promise<Life> {
  const card = await cancelled(world, make);
  return {
    card: card.card,
    inReader: inReader(card, { pin: 0, puk: 0 }),
    person: { pins: [OLD_PIN], newPin: NEW_PIN, empties: true, isPatient: true },
    shape: async () => null,
    findFaults: () => findEmptyFaults(world, card),
    forget: () => world.forget(card),
  };
}

/** A whole visit at a kiosk that starts on what was left there, and loses its memory at the end. */
async function visit(place: KioskPlace, { inReader: card, person }: Life): Promise<WalkEnd> {
  const kiosk = await openKiosk(place);
  try {
    for (let tries = 1; ; tries += 1) {
      kiosk.insert(card);
      const end = await walk(kiosk.screen, person);
      // It cannot be emptied while a kiosk that has just started does not reach central: it is put in once more.
      const isTooEarly = end.kind === 'stopped' && end.code === 'RP-06-cancelled' && tries < MOST_TRIES;
      if (!isTooEarly) return end;
      kiosk.pull();
    }
  } finally {
    await kiosk.close();
  }
}
