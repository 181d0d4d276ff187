/** Abandoning operations by their age, and counting what must not be: valid certificates without a card (RP-18). */
import { sql } from 'drizzle-orm';
import { DEFAULT_ABANDON_AFTER_HOURS } from '../domain/profile.ts';
import type { Central } from './central.ts';
import { canServe } from './code-life.ts';
import type { Database } from './database.ts';
import { abandonOperation } from './operation/abandon.ts';
import { QUIET_MS } from './operation/unfinished-state.ts';
import { lockLiveCode } from './repositories/codes.ts';
import type { OperationRow } from './repositories/operations.ts';
import { countOrphans, type OrphanCount } from './repositories/orphan-certificates.ts';
import { newestProfile } from './repositories/profiles.ts';
import {
  lastWordOf,
  listUnfinished,
  type UnfinishedOperation,
} from './repositories/unfinished-operations.ts';
import { expireRequests } from './request/expire-requests.ts';
import { sweepSoft } from './soft/sweep-soft.ts';

/** As `recard central sweep --json` prints it. */
export interface SweepReport extends OrphanCount {
  /** Operations that this sweep has abandoned. */
  readonly abandoned: number;
  /** Requests that have waited for too long. */
  readonly expiredRequests: number;
  /** All of them; zero unless something is wrong with Recard itself. */
  readonly certificatesWithoutCard: number;
}

const HOUR_MS = 60 * 60 * 1000;
const SWEEP_LOCK = 0x737770;

/** Abandons every operation that is older than its profile allows and has nothing live, then counts. One process at a time. */
export async function sweep(central: Central): Promise<SweepReport> {
  return central.database.transaction(async (guard) => {
    await guard.execute(sql`select pg_advisory_xact_lock(${SWEEP_LOCK})`);
    let abandoned = 0;
    for (const { operation } of await listUnfinished(central.database, central.now())) {
      if (await abandonIfOverdue(central, operation)) abandoned += 1;
    }
    await sweepSoft(central);
    const expiredRequests = await expireRequests(central);
    const orphans = await countOrphans(central.database, central.now());
    const certificatesWithoutCard = orphans.heldWithoutOperation + orphans.activeNotOnCard;
    return { abandoned, expiredRequests, ...orphans, certificatesWithoutCard };
  });
}

async function abandonIfOverdue(
  central: Central,
  { id, state, startedAt, profileName }: UnfinishedOperation['operation'],
): Promise<boolean> {
  if (state !== 'open') return false;
  const profile = await newestProfile(central.database, profileName);
  const hours = profile?.abandonAfterHours ?? DEFAULT_ABANDON_AFTER_HOURS;
  if (central.now().getTime() - startedAt.getTime() < hours * HOUR_MS) return false;
  const why = `older than ${hours} hours`;
  // Looked at while it is held: a kiosk may be taking it up this moment.
  const isStillWanted = (transaction: Database, operation: OperationRow) =>
    hasNothingLive(central, transaction, operation);
  return abandonOperation(central, id, { actor: 'sweep', why, isStillWanted });
}

/** No kiosk is at it, and nobody has a code to finish it with. */
async function hasNothingLive(
  central: Central,
  transaction: Database,
  operation: OperationRow,
): Promise<boolean> {
  const now = central.now();
  const lastWord = await lastWordOf(transaction, operation.id);
  if (!lastWord || now.getTime() - lastWord.getTime() < QUIET_MS) return false;
  const code = await lockLiveCode(transaction, operation.cardId);
  return !code || !canServe(code, operation, now);
}
