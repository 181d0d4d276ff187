/** How much of what a kiosk tells central keeps: for ever, so that no kiosk may fill its disk (SE-07). */

import { EVENT_REFUSALS } from '../../protocol/event.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { AskLaterError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import { type EventShare, lockEventShare, saveEventShare } from '../repositories/event-shares.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { KIOSK_EVENT_SHARE } from './limits.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A clock that was as far ahead was wrong; centrals' clocks differ by less, and nothing is gained by asking one after the other. */
const SKEW_MS = 60 * 60 * 1000;
/** Whoever is told to come again finds room for a batch of events. */
const BATCH_BYTES = 64 * 1024;
const BYTES_PER_MS = KIOSK_EVENT_SHARE.perDay / DAY_MS;

/**
 * Takes what is to be kept of a kiosk's share, if anything of it is left: the last batch may be larger, and is made up for. That a kiosk
 * sends more than it may is put down once.
 * @returns what to tell the kiosk when the transaction is done, where nothing is to be kept; it loses nothing, and sends it later
 */
export async function chargeEventShare(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  bytes: number,
): Promise<AskLaterError | null> {
  if (bytes === 0) return null;
  const now = central.now();
  const full = {
    kioskId: kiosk.id,
    bytesLeft: KIOSK_EVENT_SHARE.atOnce,
    countedAt: now,
    exceededSince: null,
  };
  const share = grown(await lockEventShare(transaction, full), now);
  if (share.bytesLeft > 0) {
    await saveEventShare(transaction, { ...share, bytesLeft: share.bytesLeft - bytes });
    return null;
  }
  const code = EVENT_REFUSALS.shareUsed;
  if (!share.exceededSince) {
    const detail = { code, ...KIOSK_EVENT_SHARE };
    await recordAudits(
      central,
      transaction,
      [{ type: 'kiosk.limited', actor: `kiosk:${kiosk.name}`, detail }],
      now,
    );
  }
  await saveEventShare(transaction, { ...share, exceededSince: share.exceededSince ?? now });
  const seconds = Math.ceil((BATCH_BYTES - share.bytesLeft) / BYTES_PER_MS / 1000);
  return new AskLaterError(code, 'take event: this kiosk sends more than it may; send it later', seconds);
}

/** With what has come back since it was counted. */
function grown(share: EventShare, now: Date): EventShare {
  const passedMs = now.getTime() - share.countedAt.getTime();
  if (passedMs <= 0) return passedMs < -SKEW_MS ? { ...share, countedAt: now } : share;
  const back = Math.floor(passedMs * BYTES_PER_MS);
  const bytesLeft = Math.min(KIOSK_EVENT_SHARE.atOnce, share.bytesLeft + back);
  // One told that it is over its share is not told of again before it has a day's worth.
  const isWithin = bytesLeft >= KIOSK_EVENT_SHARE.perDay;
  return { ...share, bytesLeft, countedAt: now, exceededSince: isWithin ? null : share.exceededSince };
}
