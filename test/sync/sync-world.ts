import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { EVERYBODY, groups } from '../../db/central/group-schema.ts';
import { kiosks as kioskTable } from '../../db/central/schema.ts';
import type { Central } from '../../src/central/central.ts';
import { prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { livePostmaster } from '../../src/central/cluster-process.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { inviteForTest } from '../central/support/invite-for-test.ts';
import type { Pools } from '../central/support/random-writer.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import type { CentralProgram } from './central-program.ts';
import { KioskProgram } from './kiosk-program.ts';
import { Network } from './network.ts';
import { openDatabase } from './open-database.ts';
import type { KioskPlace } from './sync-kiosk.ts';
import { SITES, TEAMS } from './wishes.ts';

/** How large it is. */
export interface WorldSize {
  readonly kiosks: number;
  /** Kiosks are spread over so many. */
  readonly processes: number;
  /** Longest time between two events of a kiosk. */
  readonly eventGapMs: number;
  readonly seed: number;
}

/** A kiosk, and what it may see. */
export interface WorldKiosk {
  readonly place: KioskPlace;
  /** At central. */
  readonly id: string;
  readonly scopeId: string;
  /** Names of the groups that it serves. */
  readonly groups: readonly string[];
}

/** Two centrals on one database, a network, kiosks beyond it. */
export interface SyncWorld {
  readonly folder: string;
  readonly databaseUrl: string;
  /** Beside the programs: for writers, and to look. */
  readonly central: Central;
  readonly centrals: readonly CentralProgram[];
  readonly network: Network;
  readonly kiosks: readonly WorldKiosk[];
  readonly programs: readonly KioskProgram[];
  readonly pools: Pools;
  /** Kills PostgreSQL as the kernel does; it is started again. */
  killDatabase(): void;
  /** Has kiosks and centrals end by themselves. @throws Error when one does not */
  end(): Promise<void>;
  /** Ends what is left, at once, and removes all. */
  close(): Promise<void>;
}

/** What kiosks serve: each overlaps with another. */
const SCOPES: readonly (readonly string[])[] = [
  ...[['site-a'], [...SITES], ['team-1', 'site-b'], ['site-b'], ['all']],
];
const CENTRALS = ['north', 'south'] as const;

/** @param onFault told of each program that ends by itself */
export async function openWorld(size: WorldSize, onFault: (fault: string) => void): Promise<SyncWorld> {
  const folder = memoryFolder('sync');
  const opened = await openDatabase(folder, CENTRALS);
  const { stateDir, databaseUrl, central, programs: centrals } = opened;
  const groupIds = await addGroups(central);
  await Promise.all(centrals.map((one) => one.start(onFault)));
  const network = await Network.open(centrals.map(({ port }) => port));
  const kiosks: WorldKiosk[] = [];
  for (let n = 0; n < size.kiosks; n += 1) kiosks.push(await addKiosk(central, folder, network.url, n));
  const programs = Array.from({ length: size.processes }, (_, at) => {
    const own = kiosks.filter((_kiosk, n) => n % size.processes === at).map(({ place }) => place);
    const { eventGapMs, seed } = size;
    return new KioskProgram({ places: own, seed: seed + 1000 * (at + 1), eventGapMs });
  });
  const one = randomUUID();
  const rest = { people: [one], cards: [one], certificates: [one], kioskId: kiosks[0]!.id };
  return {
    ...{ folder, databaseUrl, central, centrals, network, kiosks, programs },
    pools: { groups: groupIds, ...rest },
    killDatabase() {
      const pid = livePostmaster(prepareClusterFolder(stateDir));
      if (pid !== null) process.kill(pid, 'SIGKILL');
    },
    async end() {
      await Promise.all(programs.map((program) => program.stop()));
      await Promise.all(centrals.map((one) => one.end()));
    },
    async close() {
      await Promise.all(programs.map(({ child }) => child.kill()));
      await Promise.all(centrals.map((one) => one.child.kill()));
      await network.close();
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns all but those that come and go later */
async function addGroups({ database }: Central): Promise<readonly string[]> {
  const ids = new Map([...SITES, ...TEAMS].map((name) => [name, randomUUID()]));
  for (const name of SITES)
    await database.insert(groups).values({ id: ids.get(name)!, name, parentId: EVERYBODY });
  for (const [at, name] of TEAMS.entries()) {
    const parentId = ids.get(SITES[at % SITES.length]!)!;
    await database.insert(groups).values({ id: ids.get(name)!, name, parentId });
  }
  return [EVERYBODY, ...ids.values()];
}

/** Enrolled by its token, as any other. */
async function addKiosk(central: Central, folder: string, url: string, n: number): Promise<WorldKiosk> {
  const name = `kiosk-${n + 1}`;
  const place = { name, folder: join(folder, name), url };
  mkdirSync(place.folder);
  const served = SCOPES[n % SCOPES.length]!;
  const token = await inviteForTest(central, name, [...served]);
  await enrol({ url, token, identityFile: identityPath(place.folder), replaces: false });
  const [row] = await central.database.select().from(kioskTable).where(eq(kioskTable.name, name));
  return { place, id: row!.id, scopeId: row!.scopeId!, groups: served };
}
