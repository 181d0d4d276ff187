/** What central keeps in memory and on its disk for kiosks that follow it; another process has its own. */
import type { FastifyBaseLogger } from 'fastify';
import type { Central } from '../central.ts';
import type { Notifications } from '../notifications.ts';
import { CopyHeads } from './heads.ts';
import { type SnapshotPlace, Snapshots } from './snapshots.ts';

export interface Copies {
  readonly heads: CopyHeads;
  readonly snapshots: Snapshots;
  /** Whoever waits is answered at once. */
  close(): Promise<void>;
}

export function openCopies(
  central: Central,
  notifications: Notifications,
  log: FastifyBaseLogger,
  place: SnapshotPlace,
): Copies {
  const heads = new CopyHeads(central.database, notifications, log);
  const snapshots = new Snapshots(central, place, log);
  return {
    ...{ heads, snapshots },
    async close() {
      await Promise.all([heads.close(), snapshots.close()]);
    },
  };
}
