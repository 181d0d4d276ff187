import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { realPause } from '../../../src/kiosk/backoff.ts';
import { CopyFollower } from '../../../src/kiosk/copy-follower.ts';
import { identityPath } from '../../../src/kiosk/identity-path.ts';
import type { Log } from '../../../src/kiosk/log.ts';
import { Replica } from '../../../src/kiosk/replica.ts';
import type { Search } from '../../../src/kiosk/search/search.ts';
import { writeTestIdentity } from '../../support/test-line.ts';
import { FakeCentral } from './fake-central.ts';
import type { ScopeData } from './fake-scope.ts';
import { aCopy } from './small-world.ts';

const WAIT_MS = 50_000;

/** The copy of a kiosk at work, with its thread, and a central in this process. */
export interface CopyBench {
  readonly central: FakeCentral;
  readonly folder: string;
  /** Path of the copy. */
  readonly path: string;
  readonly replica: Replica;
  readonly follower: CopyFollower;
  /** What was logged as wrong, by the name of the error. */
  readonly complaints: string[];
  /** When the copy was said to be central's. */
  readonly confirmed: Date[];
  /** Waits until something holds. */
  until<T>(what: string, look: () => T): Promise<T>;
  /** Waits until the copy is at central's newest revision. */
  upToDate(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  /** Ends, lets something be done to the files, and starts again. */
  restart(meanwhile?: () => void): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param data what central lets the kiosk see; not started yet
 * @param openSearch makes who else reads the copy, from its path and the address of central; closed by whoever made it
 */
export async function openCopyBench(
  data: ScopeData = aCopy(),
  openSearch: (path: string, url: string) => Search | undefined = () => undefined,
): Promise<CopyBench> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-copy-'));
  const central = new FakeCentral(data);
  const url = await central.start();
  const path = join(folder, 'replica.sqlite');
  const identityFile = identityPath(folder);
  await writeTestIdentity(identityFile);
  const complaints: string[] = [];
  const confirmed: Date[] = [];
  const complain = ((detail: { name?: string }, message?: string) =>
    void complaints.push(detail.name ?? message ?? '')) as Log['warn'];
  const log: Log = { info: () => undefined, warn: complain, error: complain };
  const search = openSearch(path, url);
  const open = () => {
    const replica = new Replica(path, url);
    const follower = new CopyFollower({
      ...{ replica, search, log, pause: realPause, now: () => new Date() },
      central: { url, identityFile },
      onChange: () => undefined,
      onConfirmed: (asOf) => void confirmed.push(asOf),
    });
    return { replica, follower };
  };
  let now = open();
  const until: CopyBench['until'] = (what, look) =>
    vi.waitFor(
      () => {
        const seen = look();
        if (!seen) throw new Error(`wait for ${what}: ${JSON.stringify(now.replica.state())}, ${complaints}`);
        return seen;
      },
      { timeout: WAIT_MS, interval: 10 },
    );
  const stop = async () => {
    await now.follower.close();
    now.replica.close();
  };
  const bench: CopyBench = {
    ...{ central, folder, path, complaints, confirmed, until, stop },
    get replica() {
      return now.replica;
    },
    get follower() {
      return now.follower;
    },
    async upToDate() {
      const { scope } = central;
      await until('the newest revision', () => {
        const state = now.replica.state();
        return state?.revision === scope.head && state.epoch === scope.epoch;
      });
    },
    start: () => now.follower.start(),
    async restart(meanwhile) {
      await stop();
      meanwhile?.();
      now = open();
      now.follower.start();
    },
    async close() {
      await stop();
      await central.close();
      rmSync(folder, { recursive: true });
    },
  };
  return bench;
}
