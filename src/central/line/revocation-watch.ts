import type { FastifyBaseLogger } from 'fastify';
import type { Central } from '../central.ts';
import type { Notifications } from '../notifications.ts';
import { findEndedCertificates } from '../repositories/kiosk-certificates.ts';
import { KIOSK_CHANNEL } from '../repositories/kiosk-register.ts';
import { SharedWork } from '../shared-work.ts';
import type { KioskConnections } from './kiosk-connections.ts';

/** Also without a notification a kiosk is shut out within a second. */
const POLL_MS = 500;

/** Cuts the connections of kiosks that were shut out, whichever process did it, and of certificates that have run out. */
export function watchRevocations(
  central: Central,
  connections: KioskConnections,
  notifications: Notifications,
  log: FastifyBaseLogger,
): { close(): Promise<void> } {
  const work = new SharedWork<void>();
  let looking: Promise<void> = Promise.resolve();
  const look = () =>
    cutEnded(central, connections, log).catch((error) =>
      log.error({ err: error }, 'revoked kiosks cannot be looked for'),
    );
  const lookNow = () => {
    looking = work.run(look);
  };
  notifications.on(KIOSK_CHANNEL, lookNow);
  const timer = setInterval(lookNow, POLL_MS);
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

async function cutEnded(
  central: Central,
  connections: KioskConnections,
  log: FastifyBaseLogger,
): Promise<void> {
  const ended = await findEndedCertificates(central.database, connections.serials(), central.now());
  for (const serialNumber of ended) {
    const cut = connections.cut(serialNumber);
    if (cut > 0) log.warn({ serialNumber, cut }, 'a kiosk was cut off');
  }
}
