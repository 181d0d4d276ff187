import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Central } from '../../src/central/central.ts';
import { importRecords } from '../../src/central/command/import-records.ts';
import { personCommand } from '../../src/central/command/person.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { databaseFailure } from '../../src/central/database-failure.ts';
import { ImportRefusedError } from '../../src/central/import/problem.ts';
import { PROFILE } from '../central/support/central-world.ts';
import { RandomWriter, type Wish } from '../central/support/random-writer.ts';
import type { Chance } from '../tear/seeded.ts';
import type { SyncWorld } from './sync-world.ts';
import { ROW_WISHES, SITES, TEAMS, TREE_WISHES } from './wishes.ts';

const AT_ONCE = 10;
const LOGINS = 60;
const IMPORTED = 25;
const LONGEST_GAP_MS = 500;
const LONGEST_TREE_GAP_MS = 8000;
const SILENT = { stdout: { write: () => {} }, stderr: { write: () => {} } };

/** One writer's next change. @returns how many transactions were committed */
type Write = (chance: Chance) => Promise<number>;

/** Those who change central's data at random, whatever becomes of its database. */
export class Writers {
  readonly #stop = new AbortController();
  readonly #onFault: (fault: string) => void;
  #running: Promise<void>[] = [];
  #committed = 0;

  constructor(onFault: (fault: string) => void) {
    this.#onFault = onFault;
  }

  /** Of those that were said to be committed. */
  get committed(): number {
    return this.#committed;
  }

  /** @param chances one for each writer */
  start({ central, databaseUrl, pools, folder }: SyncWorld, chances: readonly Chance[]): void {
    const write = (wishes: readonly Wish[], count: number): Write => {
      return ({ next }) => new RandomWriter(databaseUrl, pools, next, wishes).write(count);
    };
    this.#running = chances.map((chance, at) => {
      if (at % 3 === 2) return this.#keep(byCommand(central, join(folder, `people-${at}.csv`)), chance);
      if (at === 0) return this.#keep(write(TREE_WISHES, 1), chance, LONGEST_TREE_GAP_MS);
      return this.#keep(write(ROW_WISHES, AT_ONCE), chance);
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  async #keep(write: Write, chance: Chance, longestGapMs = LONGEST_GAP_MS): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        this.#committed += await write(chance);
      } catch (error) {
        // It is away, or one of two that were in each other's way has to try again.
        if (databaseFailure(error) === null && !isInTheWay(error))
          this.#onFault(`a writer: ${(error as Error).stack}`);
      }
      await delay(chance.between(0, longestGapMs), null, { signal }).catch(() => null);
    }
  }
}

/** An import and a command do not wait for each other: one adds somebody whom the other one has just added (unique_violation). */
function isInTheWay(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error instanceof ImportRefusedError ||
    (error as { code?: string }).code === '23505' ||
    isInTheWay(error.cause)
  );
}

function byCommand(central: Central, file: string): Write {
  return async ({ between, next }) => {
    const pick = <T>(from: readonly T[]) => from[between(0, from.length - 1)]!;
    const group = () => pick(['all', ...SITES, ...TEAMS]);
    const login = () => `login-${between(1, LOGINS)}`;
    const kind = next();
    if (kind < 0.6) {
      const named = ['--name', `Person ${between(1, 999)}`, '--mail', 'person@example.org'];
      const state = ['--state', next() < 0.2 ? 'disabled' : 'active'];
      await personCommand(central, ['set', login(), ...named, '--group', group(), ...state], SILENT);
    } else if (kind < 0.85) {
      const logins = new Set(Array.from({ length: IMPORTED }, login));
      const rows = [...logins].map(
        (one) => `${one},Imported ${between(1, 999)},${one}@example.org,${group()}`,
      );
      writeFileSync(file, ['login,name,mail,group', ...rows, ''].join('\n'));
      await importRecords(central, ['people', file], SILENT);
    } else {
      const name = pick(['employee', 'visitor']);
      await putProfile(central, PROFILE.replace('employee', name).replace('Employee', `${between(1, 99)}`));
    }
    return 1;
  };
}
