/** A running central sends what is due, again and again. */
import type { FastifyBaseLogger } from 'fastify';
import type { Central } from '../central.ts';
import { folderTransport } from './folder-transport.ts';
import type { MailSettings } from './mail-settings.ts';
import { type MailSender, sendDueMails } from './send-due.ts';
import { serverTransport } from './server-transport.ts';

/** Between two looks: a person who is told in time can still stop a recovery. */
const INTERVAL_MS = 15_000;
const AWAY_INTERVAL_MS = 2 * 60_000;
/** For one mail; shorter than another central leaves it alone. */
const SEND_LIMIT_MS = 60_000;
/** What is being sent may be finished for so long when central ends. */
const CLOSE_MS = 3_000;

export interface MailRounds {
  /** Waits a moment for what is being sent, and ends it then. */
  close(): Promise<void>;
}

export function mailSender(settings: MailSettings): MailSender {
  const { to } = settings;
  const transport = to.kind === 'server' ? serverTransport(to.server) : folderTransport(to.folder);
  return { settings, transport, limitMs: SEND_LIMIT_MS };
}

/** Begins at once. Without `[mail]` it says so, once, and does nothing. */
export function startMailRounds(
  central: Pick<Central, 'database' | 'now' | 'mail' | 'authority'>,
  log: FastifyBaseLogger,
): MailRounds {
  if (central.mail === null) {
    log.warn('nobody is told by mail of what is done to their cards and keys: central.toml has no [mail]');
    return { close: async () => {} };
  }
  const sender = mailSender(central.mail);
  const stopping = new AbortController();
  const closing = new AbortController();
  const ends = { stopping: stopping.signal, closing: closing.signal };
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    let isAway = false;
    try {
      ({ isAway } = await sendDueMails(central, sender, log, ends));
    } catch (error) {
      log.error({ err: error }, 'sending mails failed');
    }
    if (!stopping.signal.aborted) timer = setTimeout(next, isAway ? AWAY_INTERVAL_MS : INTERVAL_MS);
  };
  let running = round();
  function next() {
    running = round();
  }
  return {
    async close() {
      stopping.abort();
      clearTimeout(timer);
      const patience = setTimeout(() => closing.abort(), CLOSE_MS);
      await running;
      clearTimeout(patience);
    },
  };
}
