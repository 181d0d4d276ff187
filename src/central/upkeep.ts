/**
 * What a running central does by itself: revocation lists stay fresh, operations that nobody finishes come to an end, logs and
 * health do not grow for ever, mails are sent.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Central } from './central.ts';
import { startMailRounds } from './mail/mail-rounds.ts';
import { pruneLogs } from './repositories/copy-log.ts';
import { dropHealthTexts } from './repositories/kiosk-chains.ts';
import { forgetSentMails } from './repositories/mails.ts';
import { forgetOldExchanges } from './repositories/operations.ts';
import { forgetOldSessions } from './repositories/operator-sessions.ts';
import { forgetUnusedProofs } from './repositories/proofs.ts';
import { forgetOldStatements } from './repositories/statements.ts';
import { publishRevocationList } from './revocation.ts';
import { sweep } from './sweep.ts';

const INTERVAL_MS = 10 * 60 * 1000;
/** A kiosk that was away for longer fetches its copy anew. */
const LOG_LIFE_MS = 35 * 24 * 60 * 60 * 1000;
/** Of one scope; fetching a copy anew is quicker than reading as many. */
const MAX_LOG_ROWS = 5_000_000;
/** Of what was asked and used for nothing: minutes would do. */
const UNUSED_LIFE_MS = 24 * 60 * 60 * 1000;
/** Of a kiosk a day it is 0.2 MB; whoever looks into what was wrong does so within days. */
const HEALTH_LIFE_MS = 7 * 24 * 60 * 60 * 1000;
/** What somebody says they were never told can be looked up for so long. */
const SENT_MAIL_LIFE_MS = 90 * 24 * 60 * 60 * 1000;
/** Of an operator; ended long before. */
const SESSION_LIFE_MS = 24 * 60 * 60 * 1000;

export interface Upkeep {
  /** Waits for what is being done. */
  close(): Promise<void>;
}

/** Begins at once, then at each interval; a failure is logged and tried again the next time. */
export function startUpkeep(central: Central, log: FastifyBaseLogger): Upkeep {
  let running: Promise<void> | null = null;
  const keepUp = () => {
    running ??= keepUpOnce(central, log).finally(() => {
      running = null;
    });
  };
  keepUp();
  const timer = setInterval(keepUp, INTERVAL_MS);
  // By itself: a mail server that hangs holds up nothing else.
  const mails = startMailRounds(central, log);
  return {
    async close() {
      clearInterval(timer);
      await Promise.all([running, mails.close()]);
    },
  };
}

async function keepUpOnce(central: Central, log: FastifyBaseLogger): Promise<void> {
  try {
    // Its key may be in a token that is away: all else goes on.
    await publishRevocationList(central, 'issuing');
  } catch (error) {
    log.error({ err: error }, 'the revocation list was not published');
  }
  try {
    const report = await sweep(central);
    await pruneLogs(central.database, new Date(central.now().getTime() - LOG_LIFE_MS), MAX_LOG_ROWS);
    await dropHealthTexts(central.database, new Date(central.now().getTime() - HEALTH_LIFE_MS));
    await forgetSentMails(central.database, new Date(central.now().getTime() - SENT_MAIL_LIFE_MS));
    await forgetUnused(central);
    await forgetOldSessions(central.database, new Date(central.now().getTime() - SESSION_LIFE_MS));
    if (report.abandoned > 0) log.info(report, 'operations were abandoned');
    if (report.expiredRequests > 0) log.info(report, 'requests have run out');
    if (report.certificatesWithoutCard > 0) log.error(report, 'valid certificates without a card');
  } catch (error) {
    log.error({ err: error }, 'upkeep failed');
  }
}

/** Questions and exchanges that nobody came back to (SE-07). */
export async function forgetUnused({ database, now }: Central): Promise<void> {
  const before = new Date(now().getTime() - UNUSED_LIFE_MS);
  await forgetUnusedProofs(database, before);
  await forgetOldStatements(database, before);
  await forgetOldExchanges(database, before);
}
