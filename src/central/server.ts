/** Central as it runs: its database, its authority, its app, listening. */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { buildApp } from './app.ts';
import { readAttestationRoots } from './attestation.ts';
import { type Authority, openAuthority } from './authority/certificate-authority.ts';
import type { Central } from './central.ts';
import { borrowCluster, type Cluster, startCluster } from './cluster.ts';
import { type Connection, connectDatabase } from './database.ts';
import { identifyByToken } from './identify.ts';
import { seedReasons } from './repositories/reasons.ts';
import { seedRevocationLists } from './repositories/revocation-lists.ts';
import { publishRevocationList } from './revocation.ts';
import type { App } from './routes/contract.ts';
import { startUpkeep } from './upkeep.ts';

const PORTS = { first: 20_000, last: 32_000 } as const;
const PORT_ATTEMPTS = 50;
/** For requests that are under way when central ends. */
const GRACE_MS = 2000;

export interface CentralOptions {
  readonly stateDir: string;
  /** Null: a cluster of central's own under the state folder. */
  readonly databaseUrl: string | null;
  /** Loopback only: TLS comes later, and tokens must not cross a network in clear. */
  readonly host: '127.0.0.1';
  /** 0: the port of the last time, or any; it is in every certificate as the CRL's address. */
  readonly port: number;
  /** Default: standard error. */
  readonly logFile?: string;
  /** Whether `/docs` describes the interface, to anybody. Default: no. */
  readonly showsDocs?: boolean;
}

export interface RunningCentral {
  readonly url: string;
  readonly crlUrl: string;
  /** Issuing CA and root, PEM. */
  readonly caFile: string;
  readonly databaseUrl: string;
  /** For what runs in the same process (the demo). */
  readonly central: Central;
  close(): Promise<void>;
}

/** Central cannot listen where it was told to. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/**
 * Starts central.
 * @throws ClusterError, ListenError, KeyStoreError
 */
export async function startCentral(options: CentralOptions): Promise<RunningCentral> {
  const { stateDir, host } = options;
  if (host !== '127.0.0.1') {
    throw new ListenError(`start central: it listens on 127.0.0.1 only until it speaks TLS, not on ${host}`);
  }
  mkdirSync(stateDir, { recursive: true, mode: 0o711 });
  const opened = await openCentral(stateDir, options.databaseUrl, startCluster, options.port);
  try {
    const { central, port } = opened;
    const app = await buildApp(central, createLogger(options.logFile), {
      identify: identifyByToken(central),
      showsDocs: options.showsDocs ?? false,
    });
    await listen(app, host, port);
    const url = `http://${host}:${port}`;
    const caFile = join(stateDir, 'ca.pem');
    writeFileSync(caFile, central.authority.chainPem);
    await publishRevocationList(central, 'issuing');
    const upkeep = startUpkeep(central, app.log);
    return {
      ...{ url, crlUrl: `${url}/crl/issuing.crl`, caFile, databaseUrl: opened.databaseUrl, central },
      async close() {
        await closeApp(app);
        await upkeep.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Central's database and authority without listening: for commands. */
export interface OpenedCentral {
  readonly central: Central;
  readonly close: () => Promise<void>;
}

/**
 * Opens central for one command, beside a central that runs or without one.
 * @throws ClusterError, KeyStoreError
 */
export async function openCentralForCommand(
  stateDir: string,
  databaseUrl: string | null,
): Promise<OpenedCentral> {
  return openCentral(stateDir, databaseUrl, borrowCluster, 0);
}

async function openCentral(
  stateDir: string,
  databaseUrl: string | null,
  cluster: (stateDir: string) => Promise<Cluster>,
  wantedPort: number,
): Promise<OpenedCentral & { readonly port: number; readonly databaseUrl: string }> {
  const port = await rememberedPort(stateDir, wantedPort);
  const own = databaseUrl === null ? await cluster(stateDir) : null;
  const url = own?.databaseUrl ?? databaseUrl ?? '';
  let connection: Connection | null = null;
  const close = async () => {
    await connection?.close();
    await own?.close();
  };
  try {
    connection = await connectDatabase(url);
    await seedReasons(connection.database);
    await seedRevocationLists(connection.database);
    const authority = await openOwnAuthority(stateDir, port);
    const attestationRoots = readAttestationRoots(join(stateDir, 'attestation-roots'));
    const central: Central = {
      ...{ database: connection.database, authority, attestationRoots, now: () => new Date() },
    };
    return { central, close, port, databaseUrl: url };
  } catch (error) {
    await close();
    throw error;
  }
}

function openOwnAuthority(stateDir: string, port: number): Promise<Authority> {
  const url = `http://127.0.0.1:${port}`;
  return openAuthority({
    folder: join(stateDir, 'authority'),
    keyFile: join(stateDir, 'authority.key'),
    crlUrl: `${url}/crl/issuing.crl`,
    rootCrlUrl: `${url}/crl/root.crl`,
    caIssuersUrl: `${url}/ca/issuing.cer`,
    organisation: 'Recard',
  });
}

/** Certificates name the CRL's address: the port of the first time is kept. */
async function rememberedPort(stateDir: string, wanted: number): Promise<number> {
  const file = join(stateDir, 'port');
  const known = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  const port = wanted || known || (await freePort());
  if (port !== known) {
    mkdirSync(stateDir, { recursive: true, mode: 0o711 });
    writeFileSync(file, `${port}\n`);
  }
  return port;
}

/** A port below those that the kernel gives to outgoing connections, so that it is free the next time as well. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const port = randomInt(PORTS.first, PORTS.last);
    if (await isFree(port)) return port;
  }
  throw new ListenError('start central: no free port was found; name one with --port');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

/** Requests under way are answered; a connection that says nothing does not keep central from ending. */
async function closeApp(app: App): Promise<void> {
  const limit = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
  await app.close();
  clearTimeout(limit);
}

async function listen(app: App, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new ListenError(`start central: port ${port} is in use; end what uses it, or name another port`, {
      cause,
    });
  }
}

function createLogger(logFile: string | undefined) {
  const destination =
    logFile === undefined ? pino.destination(2) : pino.destination({ dest: logFile, mkdir: true });
  const redact = ['req.headers.authorization', 'headers.authorization'];
  return pino({ name: 'central', redact, serializers: { err: describeError } }, destination);
}

/** An error without what it was about: a failed query carries its values. */
function describeError(error: Error): object {
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  const message = error.message.split('\nparams:')[0];
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, message, cause, stack };
}
