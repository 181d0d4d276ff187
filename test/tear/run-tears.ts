import type { Cut } from '../../src/virtual-card/faults.ts';
import { CentralChild } from './central-child.ts';
import { type Lane, rewriteUncut, type TornCard, tearCard } from './cut-card.ts';
import { type Kill, killCentral, killKiosk } from './kill.ts';
import { type Chance, seeded, spread } from './seeded.ts';
import { LIFE_KINDS, type LifeKind, liveUncut, tearLife } from './tear-life.ts';
import { newFolder, TEAR_KINDS, type TearKind, TearWorld } from './tear-world.ts';
import type { CardShape } from './whole-card.ts';

/** What is to be torn. */
export interface TearWishes {
  /** Every cut, and each kill a hundred times; else a spread sample. */
  readonly isAll: boolean;
  readonly seed: number;
  readonly kind?: TearKind | LifeKind;
  /** Only this one. */
  readonly cut?: Cut;
  /** Told of each cut that did not survive, and of what is being done. */
  say(line: string): void;
}

/** The last line of `npm run test:tear`. */
export interface TearReport {
  readonly cuts: number;
  readonly survived: number;
  readonly slowest_apdus: number;
  readonly seed: number;
}

/** How many of each. */
const SHORT = {
  ...{ cutsPerPersonality: 8, doublesPerPersonality: 1, kioskKills: 4, centralKills: 3 },
  // In the midst of a collection, beside those of the first kind.
  collectionKills: 2,
  // A card's first and last run, of each kind.
  cutsPerLife: 3,
} as const;
const ALL = {
  cutsPerPersonality: Number.POSITIVE_INFINITY,
  doublesPerPersonality: 20,
  kioskKills: 100,
  centralKills: 100,
  collectionKills: 50,
  cutsPerLife: Number.POSITIVE_INFINITY,
} as const;
const NONE = {
  ...SHORT,
  doublesPerPersonality: 0,
  kioskKills: 0,
  centralKills: 0,
  collectionKills: 0,
} as const;
const LANES = 3;
const LATER_MS = 40;
const SAY_EVERY = 100;
/** Of central: each takes as long as many cuts. */
const SAY_EVERY_KILL = 10;

/** One cut, and how to name it. */
interface Job {
  readonly name: string;
  run(lane: Lane): Promise<TornCard>;
}

/** Tears cards and has them finished, as many as were wished. Never stops at one that did not survive. */
export async function runTears(wishes: TearWishes): Promise<TearReport> {
  const counts = wishes.cut ? NONE : wishes.isAll ? ALL : SHORT;
  const chosen = wishes.kind ? TEAR_KINDS.filter((kind) => kind === wishes.kind) : TEAR_KINDS;
  const lives = wishes.kind ? LIFE_KINDS.filter((kind) => kind === wishes.kind) : LIFE_KINDS;
  const chance = seeded(wishes.seed);
  const tally = new Tally(wishes);
  const world = await TearWorld.open();
  try {
    const lanes = await Promise.all(Array.from({ length: LANES }, (_, n) => openLane(world, n)));
    const jobs: Job[] = [];
    const uncut = new Map<TearKind, Awaited<ReturnType<typeof rewriteUncut>>>();
    for (const kind of chosen) {
      const { apdus, shape } = await rewriteUncut(world, lanes[0]!, kind);
      uncut.set(kind, { apdus, shape });
      wishes.say(`${kind}: ${apdus} APDUs without a cut`);
      const cuts = wishes.cut ? [wishes.cut] : spread(everyCut(apdus), counts.cutsPerPersonality, chance);
      jobs.push(...cuts.flatMap((cut) => cutJobs(world, kind, cut, shape, wishes)));
      for (let n = 0; n < counts.doublesPerPersonality; n += 1) {
        jobs.push(doubleJob(world, kind, apdus, shape, chance));
      }
    }
    for (const kind of lives) {
      const { apdus, shape } = await liveUncut(world, lanes[0]!, kind);
      wishes.say(`${kind}: ${apdus} APDUs without a cut`);
      const cuts = wishes.cut ? [wishes.cut] : spread(everyCut(apdus), counts.cutsPerLife, chance);
      jobs.push(...cuts.map((cut) => lifeJob(world, kind, cut, shape)));
    }
    const first = chosen[0];
    const collects = first !== 'collection' && chosen.includes('collection');
    const kills = (count: number): readonly Killed[] =>
      [
        ...(first ? [{ kind: first, count, ...uncut.get(first)! }] : []),
        ...(collects
          ? [{ kind: 'collection' as const, count: counts.collectionKills, ...uncut.get('collection')! }]
          : []),
      ].filter((one) => one.count > 0);
    for (const { kind, count, apdus, shape } of kills(counts.kioskKills)) {
      for (let n = 0; n < count; n += 1) jobs.push(kioskKillJob(world, kind, apdus, shape, chance));
    }
    await tally.work(jobs, lanes);
    for (const killed of kills(counts.centralKills)) await killCentrals(tally, killed, chance);
  } finally {
    await world.close();
  }
  return tally.report();
}

function everyCut(apdus: number): readonly Cut[] {
  return Array.from({ length: apdus }, (_, n) => n + 1).flatMap((apdu) => [
    { when: 'before', apdu } as const,
    { when: 'after', apdu } as const,
  ]);
}

/** The same cut is always finished at the same place and with the same wish; one that was asked for by name, at both. */
function cutJobs(
  world: TearWorld,
  kind: TearKind,
  cut: Cut,
  shape: CardShape,
  { cut: asked }: TearWishes,
): Job[] {
  const goesElsewhere = (cut.apdu + (cut.when === 'after' ? 1 : 0)) % 2 === 0;
  const changesMind = cut.apdu % 3 === 0;
  const places = asked ? [false, true] : [goesElsewhere];
  return places.map((elsewhere) => ({
    name: `${kind}, cut ${cut.when}:${cut.apdu}, finished ${elsewhere ? 'elsewhere' : 'here'}`,
    run: (lane) => tearCard(world, lane, { kind, cuts: [cut], goesElsewhere: elsewhere, changesMind }, shape),
  }));
}

function lifeJob(world: TearWorld, kind: LifeKind, cut: Cut, shape: CardShape | null): Job {
  const goesElsewhere = (cut.apdu + (cut.when === 'after' ? 1 : 0)) % 2 === 0;
  return {
    name: `${kind}, cut ${cut.when}:${cut.apdu}, finished ${goesElsewhere ? 'elsewhere' : 'here'}`,
    run: (lane) => tearLife(world, lane, { kind, cuts: [cut], goesElsewhere }, shape),
  };
}

function doubleJob(world: TearWorld, kind: TearKind, apdus: number, shape: CardShape, chance: Chance): Job {
  const cuts = [chance, chance].map(({ next, between }): Cut => {
    return { when: next() < 0.5 ? 'before' : 'after', apdu: between(1, apdus) };
  });
  const [goesElsewhere, changesMind] = [chance.next() < 0.5, chance.next() < 0.5];
  return {
    name: `${kind}, cuts ${cuts.map(({ when, apdu }) => `${when}:${apdu}`).join(' and ')}`,
    run: (lane) => tearCard(world, lane, { kind, cuts, goesElsewhere, changesMind }, shape),
  };
}

function kioskKillJob(
  world: TearWorld,
  kind: TearKind,
  apdus: number,
  shape: CardShape,
  chance: Chance,
): Job {
  const kill = randomKill(apdus, chance);
  const goesElsewhere = chance.next() < 0.5;
  return {
    name: `${kind}, kiosk killed ${describe(kill)}`,
    run: (lane) => killKiosk(world, lane, kind, kill, goesElsewhere, shape),
  };
}

/** What is being done to a card while programs are killed, and how often they are. */
interface Killed {
  readonly kind: TearKind;
  readonly count: number;
  readonly apdus: number;
  readonly shape: CardShape;
}

/** Central and its database in a process of their own, in a world of their own. */
async function killCentrals(
  tally: Tally,
  { kind, count, apdus, shape }: Killed,
  chance: Chance,
): Promise<void> {
  const folder = newFolder();
  const central = new CentralChild(folder);
  const world = await TearWorld.openBeside(folder, await central.start());
  try {
    const jobs = Array.from({ length: count }, (): Job => {
      const kill = randomKill(apdus, chance);
      return {
        name: `${kind}, central killed ${describe(kill)}`,
        run: (lane) => killCentral(world, central, lane, kind, kill, shape),
      };
    });
    tally.say(`central is killed ${count} times`);
    await tally.work(jobs, [await openLane(world, 0)], SAY_EVERY_KILL);
  } finally {
    await central.kill();
    await world.close();
  }
}

function randomKill(apdus: number, { next, between }: Chance): Kill {
  const when = (['before', 'after', 'later'] as const)[between(0, 2)]!;
  return { when, apdu: between(1, apdus), afterMs: Math.round(next() * LATER_MS) };
}

function describe({ when, apdu, afterMs }: Kill): string {
  return when === 'later' ? `${afterMs} ms after APDU ${apdu}` : `${when} APDU ${apdu}`;
}

async function openLane(world: TearWorld, n: number): Promise<Lane> {
  const place = (name: string) => world.place(`${name}-${n}`);
  return {
    here: await place('here'),
    elsewhere: await place('elsewhere'),
    strangers: await place('strangers'),
  };
}

/** Does jobs side by side, and counts. */
class Tally {
  readonly #wishes: TearWishes;
  #cuts = 0;
  #survived = 0;
  #slowest = 0;

  constructor(wishes: TearWishes) {
    this.#wishes = wishes;
  }

  async work(jobs: readonly Job[], lanes: readonly Lane[], sayEvery = SAY_EVERY): Promise<void> {
    const queue = jobs.values();
    await Promise.all(
      lanes.map(async (lane) => {
        for (const job of queue) {
          await this.#do(job, lane);
          if (this.#cuts % sayEvery === 0) this.say(`${this.#cuts} cuts`);
        }
      }),
    );
  }

  say(line: string): void {
    this.#wishes.say(line);
  }

  report(): TearReport {
    const { seed } = this.#wishes;
    return { cuts: this.#cuts, survived: this.#survived, slowest_apdus: this.#slowest, seed };
  }

  async #do(job: Job, lane: Lane): Promise<void> {
    const faults: string[] = [];
    try {
      const torn = await job.run(lane);
      this.#slowest = Math.max(this.#slowest, torn.finishingApdus);
      faults.push(...torn.faults);
    } catch (error) {
      faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    this.#cuts += 1;
    if (faults.length === 0) this.#survived += 1;
    else this.say(`NOT SURVIVED: ${job.name}, seed ${this.#wishes.seed}: ${faults.join('; ')}`);
  }
}
