import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { databaseFailure } from '../../src/central/database-failure.ts';
import { findHead, pruneLogs } from '../../src/central/repositories/copy-log.ts';
import { until } from '../support/pcscd.ts';
import type { Chance } from '../tear/seeded.ts';
import type { KioskProgram } from './kiosk-program.ts';
import { changeSchema, damageCopy } from './spoil-copy.ts';
import type { SyncWorld } from './sync-world.ts';
import type { Writers } from './writers.ts';

/** What becomes of a mishap's victim afterwards, beside the next mishaps. */
type Recover = () => Promise<unknown>;

interface Scene {
  readonly world: SyncWorld;
  readonly writers: Pick<Writers, 'committed'>;
  readonly chance: Chance;
  onFault(fault: string): void;
  say(line: string): void;
}

type Mishap = (scene: Scene) => Promise<Recover | undefined>;

const LONGEST_GAP_MS = 900;
const LONGEST_OUTAGE_MS = 4000;
const TRANSACTIONS_BETWEEN = 40;
const WORK_LIMIT_MS = 3000;
const AWAY_ROWS = 200;
const AWAY_LIMIT_MS = 15_000;
const DAY_MS = 86_400_000;
const LOG_LIFE_DAYS = 35;
const NO_LIMIT = 1_000_000_000;

/** Everything that can happen, by name. */
const MISHAPS: Readonly<Record<string, Mishap>> = {
  'a central is killed': async ({ world, chance, onFault }) => {
    const central = world.centrals[chance.between(0, 1)]!;
    if (!central.child.isRunning) return undefined;
    await central.child.kill();
    return () => central.start(onFault);
  },
  'both centrals are killed': async ({ world, onFault }) => {
    const running = world.centrals.filter(({ child }) => child.isRunning);
    await Promise.all(running.map(({ child }) => child.kill()));
    return () => Promise.all(running.map((one) => one.start(onFault)));
  },
  'kiosks are killed': (scene) => whileKilled(scene, async () => {}),
  'the database is killed': async ({ world }) => {
    world.killDatabase();
    return undefined;
  },
  'the network is cut': async ({ world }) => {
    world.network.cut();
    return undefined;
  },
  'the network goes deaf': async ({ world, chance }) => {
    world.network.deafen();
    await delay(chance.between(0, LONGEST_OUTAGE_MS));
    if (chance.next() < 0.5) world.network.cut();
    world.network.mend();
    return undefined;
  },
  'the network lets nobody in': async ({ world, chance }) => {
    world.network.shut();
    world.network.cut();
    await delay(chance.between(0, LONGEST_OUTAGE_MS));
    world.network.mend();
    return undefined;
  },
  'everybody is led to the other central': async ({ world }) => {
    world.network.switchOver();
    return undefined;
  },
  'copies are damaged': (scene) => whileKilled(scene, (program) => spoil(scene, program, damageCopy)),
  'copies have another schema': (scene) =>
    whileKilled(scene, (program) => spoil(scene, program, changeSchema)),
  'kiosks are away for thirty days': (scene) => whileKilled(scene, (program) => stayAway(scene, program, 30)),
  'kiosks are away for longer than logs live': (scene) =>
    whileKilled(scene, (program) => stayAway(scene, program, LOG_LIFE_DAYS + 1)),
};

/** Lets one mishap after the other happen: each at least once, then for as long as `isOn` says. Resolves when all have recovered. */
export async function runMishaps(scene: Scene, isOn: () => boolean): Promise<void> {
  const recoveries: Promise<unknown>[] = [];
  let deck: string[] = shuffled(Object.keys(MISHAPS), scene.chance);
  let isFirst = true;
  while (isFirst || isOn()) {
    for (const name of deck) {
      if (!isFirst && !isOn()) break;
      scene.say(name);
      const recover = await MISHAPS[name]!(scene);
      const failed = (error: Error) => scene.onFault(`${name}: ${error.stack}`);
      if (recover) recoveries.push(recover().catch(failed));
      await letThemWork(scene);
    }
    isFirst = false;
    deck = shuffled(deck, scene.chance);
  }
  await Promise.all(recoveries);
}

/** A moment, or several transactions: mishaps come in each other's way, and do not end all work. */
async function letThemWork({ chance, writers }: Scene): Promise<void> {
  await delay(chance.between(0, LONGEST_GAP_MS));
  const enough = writers.committed + chance.between(0, TRANSACTIONS_BETWEEN);
  await until('work', () => writers.committed >= enough, WORK_LIMIT_MS).catch(() => {});
}

/** Kills a process of kiosks, and starts it again when something was done meanwhile. */
async function whileKilled(
  { world, chance, onFault }: Scene,
  doMeanwhile: (program: KioskProgram) => Promise<void>,
): Promise<Recover | undefined> {
  const running = world.programs.filter(({ child }) => child.isRunning);
  if (running.length === 0) return undefined;
  const program = running[chance.between(0, running.length - 1)]!;
  await program.child.kill();
  return async () => {
    await doMeanwhile(program);
    await program.child.start((error) => onFault(`kiosks: ${error.message}`));
  };
}

async function spoil(
  { chance, say }: Scene,
  { order }: KioskProgram,
  how: (path: string, chance: Chance) => string | null,
): Promise<void> {
  for (const { name, folder } of order.places) {
    if (chance.next() < 0.3) continue;
    say(`  ${name}: ${how(join(folder, 'replica.sqlite'), chance)}`);
  }
}

/** Until much has changed; then all of it was so many days ago, and central has pruned what is too old. */
async function stayAway({ world }: Scene, { order }: KioskProgram, days: number): Promise<void> {
  const { database, now } = world.central;
  const { scopeId } = world.kiosks.find(({ place }) => place.name === order.places[0]!.name)!;
  const head = () => insist(async () => (await findHead(database, scopeId))!);
  const { revision, epoch } = await head();
  await until(
    'what a kiosk misses',
    async () => {
      const present = await head();
      return present.epoch !== epoch || present.revision > revision + AWAY_ROWS;
    },
    AWAY_LIMIT_MS,
  ).catch(() => {});
  await insist(() =>
    database.execute(sql`update copy_log set at = at - make_interval(days => ${days}::int)`),
  );
  await insist(() => pruneLogs(database, new Date(now().getTime() - LOG_LIFE_DAYS * DAY_MS), NO_LIMIT));
}

/** Again and again while the database is away. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (databaseFailure(error) === null) throw error;
      await delay(100);
    }
  }
}

function shuffled<T>(list: readonly T[], { next }: Chance): T[] {
  return list
    .map((one) => [next(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
