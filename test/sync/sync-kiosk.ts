import { join } from 'node:path';
import { count, sql } from 'drizzle-orm';
import { audit } from '../../db/kiosk/own/schema.ts';
import { realPause } from '../../src/kiosk/backoff.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { CopyFollower } from '../../src/kiosk/copy-follower.ts';
import { findBrokenLink } from '../../src/kiosk/event-chain.ts';
import { EventSender } from '../../src/kiosk/event-sender.ts';
import { IdentityFile } from '../../src/kiosk/identity-file.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { IdentityRenewal } from '../../src/kiosk/identity-renewal.ts';
import { identitySigner } from '../../src/kiosk/identity-signer.ts';
import { openLog } from '../../src/kiosk/log.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { Replica } from '../../src/kiosk/replica.ts';

/** Where a kiosk stands, and which central it was told of. */
export interface KioskPlace {
  readonly name: string;
  readonly folder: string;
  readonly url: string;
}

/** How far a kiosk is. */
export interface KioskCondition {
  readonly name: string;
  readonly epoch: string | null;
  readonly revision: number | null;
  /** Events that central has not acknowledged. */
  readonly waiting: number;
}

/** The type of the events that are counted. */
export const COUNTED = 'test.event';
const DAY_MS = 86_400_000;

/** What a kiosk has of sync: the parts of the real program, without screen and readers. */
export class SyncKiosk {
  readonly name: string;
  readonly #parts: ReturnType<typeof openParts>;
  #count: number;

  /** Opens what was left there, and goes on. */
  constructor(place: KioskPlace) {
    this.name = place.name;
    this.#parts = openParts(place);
    const { own, follower, sender, log } = this.#parts;
    const broken = findBrokenLink(own);
    if (broken) log.error(broken, 'the audit of this kiosk is broken');
    const isCounted = sql`${audit.body} like ${`%"type":"${COUNTED}"%`}`;
    this.#count = own.db.select({ count: count() }).from(audit).where(isCounted).get()?.count ?? 0;
    follower.start();
    sender.start();
  }

  /** Looks at its copy, as the screens do, and records that. @returns the number of the event, counted from 0 */
  record(): number {
    const { replica, outbox, sender } = this.#parts;
    const reasons = replica.reasons().length;
    const i = this.#count;
    outbox.record({ type: COUNTED, cardId: null, operationId: null, detail: { i, reasons } });
    this.#count += 1;
    sender.wake();
    return i;
  }

  /** As when a card is put in. */
  refresh(): Promise<void> {
    return this.#parts.follower.refresh();
  }

  /** Has its certificate renewed, as in two months. */
  async renew(): Promise<void> {
    await this.#parts.renewal.look();
  }

  condition(): KioskCondition {
    const { replica, outbox } = this.#parts;
    const { epoch = null, revision = null } = replica.state() ?? {};
    return { name: this.name, epoch, revision, waiting: outbox.count() };
  }

  async close(): Promise<void> {
    const { follower, sender, renewal, client, replica, own, closeLog } = this.#parts;
    await Promise.all([follower.close(), sender.close(), renewal.close()]);
    await client.close();
    replica.close();
    own.close();
    closeLog();
  }
}

/** As createKiosk does. */
function openParts({ folder, url }: KioskPlace) {
  const identityFile = identityPath(folder);
  const { log, close: closeLog } = openLog(join(folder, 'kiosk.log'));
  const now = () => new Date();
  const chainPorts = { now, signer: identitySigner(new IdentityFile(identityFile)) };
  const onSetAside = (err: Error) => log.error({ err }, "the kiosk's own database was set aside");
  const own = openOwnDatabase(join(folder, 'own.sqlite'), onSetAside, chainPorts);
  const replica = new Replica(join(folder, 'replica.sqlite'), url);
  const central = { url, identityFile };
  const client = new CentralClient(central);
  const outbox = new Outbox(own, chainPorts);
  const ports = { client, pause: realPause, log, now };
  const sender = new EventSender({ ...ports, outbox });
  const follower = new CopyFollower({ ...ports, central, replica, onChange: () => undefined });
  const late = () => new Date(Date.now() + 70 * DAY_MS);
  const renewal = new IdentityRenewal({ address: central, pause: realPause, now: late, log });
  return { own, replica, client, outbox, sender, follower, renewal, log, closeLog };
}
