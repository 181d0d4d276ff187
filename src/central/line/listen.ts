import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { FastifyBaseLogger } from 'fastify';
import { buildApp, buildPublishedApp } from '../app.ts';
import type { Central } from '../central.ts';
import { openCopies } from '../copy/copies.ts';
import type { SnapshotPlace } from '../copy/snapshots.ts';
import type { Notifications } from '../notifications.ts';
import { ListenError } from '../remembered.ts';
import type { App } from '../routes/contract.ts';
import { identifyByCertificate } from './identify-by-certificate.ts';
import { KioskConnections } from './kiosk-connections.ts';
import {
  ENROLMENTS_PER_MINUTE,
  MAX_CONNECTIONS,
  MAX_PUBLISHED_CONNECTIONS,
  MAX_STRANGERS,
} from './limits.ts';
import { rateLimit } from './rate-limit.ts';
import { Refusals } from './refusals.ts';
import { watchRevocations } from './revocation-watch.ts';
import { makeServerCertificate } from './server-certificate.ts';
import { endOf, limitStrangers } from './strangers.ts';

/** For requests that are under way when central ends, and for whoever is connected and asks nothing. */
const GRACE_MS = 10_000;
const SILENT_GRACE_MS = 1000;
const MINUTE_MS = 60_000;

/** Where central listens. */
export interface ListenOptions {
  /** Address of the interface; `0.0.0.0` and `::` are all of them. */
  readonly host: string;
  /** TLS, for kiosks. */
  readonly port: number;
  /** Plain, for whoever wants a revocation list. */
  readonly httpPort: number;
  /** Names by which kiosks call this central. */
  readonly names: readonly string[];
  readonly showsDocs: boolean;
  readonly snapshots: SnapshotPlace;
}

/** What listens. */
export interface Listeners {
  /** The ports where it does: another where 0 was asked for. */
  readonly port: number;
  readonly httpPort: number;
  close(): Promise<void>;
}

/**
 * Listens for kiosks, with certificates on both sides, and for anybody who wants what is published.
 * @throws ListenError
 */
export async function openListeners(
  central: Central,
  notifications: Notifications,
  log: FastifyBaseLogger,
  options: ListenOptions,
): Promise<Listeners> {
  const { host, port, httpPort, names, showsDocs, snapshots } = options;
  const published = await buildPublishedApp(central, log);
  const certificate = await makeServerCertificate(central, names);
  const connections = new KioskConnections();
  const refusals = new Refusals(central, log);
  const tries = rateLimit(ENROLMENTS_PER_MINUTE, MINUTE_MS, central.now);
  const copies = openCopies(central, notifications, log, snapshots);
  const kiosks = await buildApp(central, log, {
    identify: identifyByCertificate(central, { connections, refusals }),
    enrolment: { refusals, tries },
    copies,
    ...{ tls: certificate.context, showsDocs },
  });
  const server = kiosks.server as unknown as Server;
  const callers = {
    kiosks: watchCallers(server),
    published: watchCallers(published.server as unknown as Server),
  };
  server.maxConnections = MAX_CONNECTIONS;
  limitStrangers(server, MAX_STRANGERS);
  published.server.maxConnections = MAX_PUBLISHED_CONNECTIONS;
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    const address = socket.remoteAddress ?? 'unknown';
    // Others have just gone away again.
    if (error.code?.startsWith('ERR_SSL')) refusals.note({ code: 'SE-01-no-tls', address });
    socket.destroy();
  });
  try {
    await listen(published, host, httpPort);
    await listen(kiosks, host, port);
  } catch (error) {
    await Promise.all([published.close(), kiosks.close(), copies.close()]);
    throw error;
  }
  const stopRenewing = certificate.keepFresh(server, log);
  const watch = watchRevocations(central, connections, notifications, log);
  return {
    ...{ port: portOf(kiosks), httpPort: portOf(published) },
    async close() {
      stopRenewing();
      // At once: nobody new comes in, who waits for news is answered, who is being answered is waited for.
      await Promise.all([
        ...[closeApp(kiosks, callers.kiosks), closeApp(published, callers.published)],
        copies.close(),
      ]);
      await watch.close();
    },
  };
}

function portOf(app: App): number {
  return (app.server.address() as AddressInfo).port;
}

/** Whoever is connected, with or without having said anything yet, and the ends of those that wait for an answer. */
interface Callers {
  readonly sockets: ReadonlySet<Socket>;
  readonly asking: ReadonlySet<string>;
}

function watchCallers(server: Server): Callers {
  const sockets = new Set<Socket>();
  const asking = new Set<string>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    const end = endOf(socket);
    asking.add(end);
    response.once('close', () => asking.delete(end));
  });
  return { sockets, asking };
}

/** Requests under way are answered; a connection that asks nothing does not keep central from ending. */
async function closeApp(app: App, { sockets, asking }: Callers): Promise<void> {
  const end = (mayStay: ReadonlySet<string>) => {
    for (const socket of sockets) if (!mayStay.has(endOf(socket))) socket.destroy();
  };
  const silent = setTimeout(end, SILENT_GRACE_MS, asking);
  const everybody = setTimeout(end, GRACE_MS, new Set());
  await app.close();
  clearTimeout(silent);
  clearTimeout(everybody);
}

async function listen(app: App, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      const remedy = 'end what uses it, or name another port';
      throw new ListenError(`start central: port ${port} is in use; ${remedy}`, { cause });
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
      const remedy = 'name an address of this machine with --host, and ports that may be used';
      throw new ListenError(`start central: ${host} port ${port}: ${code}; ${remedy}`, { cause });
    }
    throw cause;
  }
}
