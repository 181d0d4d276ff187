/** Central as it runs: its database, its authority, its app, listening. */
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { holdStateFolder } from '../configuration/state-folder.ts';
import { readAttestationRoots } from './attestation.ts';
import type { Authority } from './authority/certificate-authority.ts';
import { authorityPlaces, tokenOf } from './authority-places.ts';
import type { Central } from './central.ts';
import type { CentralPlaces } from './central-configuration.ts';
import { borrowCluster, type Cluster, startCluster } from './cluster.ts';
import { openCommonAuthority } from './common-authority.ts';
import { type Connection, connectDatabase, type Database, openDatabase } from './database.ts';
import { DEFAULT_POOL_SIZE } from './database-pool.ts';
import { openListeners } from './line/listen.ts';
import { rememberedMail, rememberMail } from './mail/remembered-mail.ts';
import { openNotifications } from './notifications.ts';
import { type KeptPort, rememberedPort, rememberedText } from './remembered.ts';
import { signOldHead } from './repositories/audit.ts';
import { readCommonFacts, saveCommonFact } from './repositories/common-facts.ts';
import { seedReasons } from './repositories/reasons.ts';
import { seedRevocationLists } from './repositories/revocation-lists.ts';
import { publishRevocationList } from './revocation.ts';
import type { Token } from './token/token.ts';
import { startUpkeep } from './upkeep.ts';

/** What is kept in the state folder. */
const HTTP_PORT_FILE = 'port';
const KIOSK_PORT_FILE = 'kiosk-port';
const KIOSK_URL_FILE = 'kiosk-url';
const PUBLISHED_URL_FILE = 'published-url';
const SNAPSHOT_FOLDER = 'snapshots';
const UPKEEP_POOL_SIZE = 2;
/** The user of the cluster has to get through it. */
const STATE_MODE = 0o711;

export interface CentralOptions extends CentralPlaces {
  /** Address of the interface to listen at. */
  readonly host: string;
  /** For kiosks, TLS. 0: the port of the last time, or any. */
  readonly port: number;
  /** Plain HTTP, for revocation lists and health. 0: the same; it is in every certificate of a card. */
  readonly httpPort?: number;
  /** Names and addresses by which kiosks call this central, besides those of the machine. */
  readonly names?: readonly string[];
  /** Where kiosks find this central and those beside it, `https://central.example:8443`. Default: this one alone. */
  readonly kioskUrl?: string;
  /** Where the world finds revocation lists, `http://pki.example`. Default: what it was last, else this machine. */
  readonly publishedUrl?: string;
  /** Default: standard error. */
  readonly logFile?: string;
  /** Whether `/docs` describes the interface, to anybody. Default: no. */
  readonly showsDocs?: boolean;
}

export interface RunningCentral {
  /** For kiosks, https. */
  readonly url: string;
  /** Plain HTTP: `/health`, `/crl/…`, `/ca/…`. */
  readonly publishedUrl: string;
  readonly crlUrl: string;
  /** Issuing CA and root, PEM. */
  readonly caFile: string;
  readonly databaseUrl: string;
  /** For what runs in the same process (the demo). */
  readonly central: Central;
  close(): Promise<void>;
}

/**
 * Starts central, the only one on its state folder.
 * @throws StateFolderError, ClusterError, ListenError, KeyStoreError, TokenError
 */
export async function startCentral(options: CentralOptions): Promise<RunningCentral> {
  const letGo = holdStateFolder('central', options.stateDir, STATE_MODE);
  let ports: Ports | null = null;
  try {
    ports = await keepPorts(options);
    const running = await startOnFolder(options, ports);
    const close = () => running.close().finally(letGo);
    return { ...running, close };
  } catch (error) {
    await ports?.letGo();
    letGo();
    throw error;
  }
}

interface Ports {
  readonly kiosks: KeptPort;
  readonly published: KeptPort;
  letGo(): Promise<unknown>;
}

/** Until central listens nobody else gets them: making a database and an authority takes its time. */
async function keepPorts({ stateDir, port, httpPort = 0 }: CentralOptions): Promise<Ports> {
  const kiosks = await rememberedPort(stateDir, KIOSK_PORT_FILE, port);
  const published = await rememberedPort(stateDir, HTTP_PORT_FILE, httpPort);
  return { kiosks, published, letGo: () => Promise.all([kiosks.letGo(), published.letGo()]) };
}

async function startOnFolder(options: CentralOptions, ports: Ports): Promise<RunningCentral> {
  const { stateDir, host, kioskUrl, showsDocs = false } = options;
  const names = [...(options.names ?? []), ...(kioskUrl === undefined ? [] : [new URL(kioskUrl).hostname])];
  const { port } = ports.kiosks;
  const url = `https://${names[0] ?? (isEveryAddress(host) ? hostname() : bracketed(host))}:${port}`;
  rememberedText(stateDir, KIOSK_URL_FILE, kioskUrl ?? url);
  rememberMail(stateDir, options.mail ?? null);
  const opened = await openCentral(options, startCluster, options, true);
  const log = createLogger(options.logFile);
  const notifications = openNotifications(opened.databaseUrl, log);
  try {
    const { central, httpPort, publishedUrl } = opened;
    const caFile = join(stateDir, 'ca.pem');
    writeFileSync(caFile, central.authority.chainPem);
    await central.authority.custody.prove();
    await publishRevocationList(central, 'issuing');
    const snapshots = { databaseUrl: opened.databaseUrl, folder: join(stateDir, SNAPSHOT_FOLDER) };
    const listenOptions = { host, port, httpPort, names, showsDocs, snapshots };
    await ports.letGo();
    const listeners = await openListeners(central, notifications, log, listenOptions);
    // With connections of its own: it may take its time, and nobody waits for it.
    const patient = openDatabase(opened.databaseUrl, { size: UPKEEP_POOL_SIZE, isForRequests: false });
    const upkeep = startUpkeep({ ...central, database: patient.database }, log);
    return {
      ...{ url, publishedUrl, crlUrl: `${publishedUrl}/crl/issuing.crl`, caFile },
      ...{ databaseUrl: opened.databaseUrl, central },
      async close() {
        await listeners.close();
        await Promise.all([upkeep.close(), notifications.close()]);
        await patient.close();
        await opened.close();
      },
    };
  } catch (error) {
    await notifications.close();
    await opened.close();
    throw error;
  }
}

function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

/** Central's database and authority without listening: for commands. */
export interface OpenedCentral {
  readonly central: Central;
  readonly databaseUrl: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens central for one command, beside a central that runs or without one.
 * @throws ClusterError, KeyStoreError
 */
export async function openCentralForCommand(
  stateDir: string,
  databaseUrl: string | null,
  others: Omit<CentralPlaces, 'stateDir' | 'databaseUrl'> = {},
): Promise<OpenedCentral> {
  return openCentral({ ...others, stateDir, databaseUrl }, borrowCluster, {}, false);
}

interface Published {
  readonly httpPort: number;
  readonly publishedUrl: string;
  readonly databaseUrl: string;
}

async function openCentral(
  places: CentralPlaces,
  cluster: (stateDir: string) => Promise<Cluster>,
  wanted: Pick<CentralOptions, 'httpPort' | 'publishedUrl'>,
  isForRequests: boolean,
): Promise<OpenedCentral & Published> {
  const { stateDir, databaseUrl, poolSize = DEFAULT_POOL_SIZE } = places;
  const pool = { size: poolSize, isForRequests };
  const { port: httpPort, letGo } = await rememberedPort(stateDir, HTTP_PORT_FILE, wanted.httpPort ?? 0);
  await letGo();
  const named = rememberedText(stateDir, PUBLISHED_URL_FILE, wanted.publishedUrl ?? null);
  const own = databaseUrl === null ? await cluster(stateDir) : null;
  const url = own?.databaseUrl ?? databaseUrl ?? '';
  let connection: Connection | null = null;
  const token = tokenOf(places);
  const close = async () => {
    await token?.close();
    await connection?.close();
    await own?.close();
  };
  try {
    connection = await connectDatabase(url, pool);
    await seedReasons(connection.database);
    await seedRevocationLists(connection.database);
    if (wanted.publishedUrl !== undefined)
      await saveCommonFact(connection.database, 'published-url', wanted.publishedUrl);
    // It is in every certificate: that of all centrals, where one was told.
    const { 'published-url': common } = await readCommonFacts(connection.database);
    const publishedUrl = common ?? named ?? `http://127.0.0.1:${httpPort}`;
    const authority = await openOwnAuthority(connection.database, places, publishedUrl, token);
    const attestationRoots = readAttestationRoots(join(stateDir, 'attestation-roots'));
    const central: Central = {
      ...{ database: connection.database, authority, attestationRoots, now: () => new Date() },
      kioskUrl: rememberedText(stateDir, KIOSK_URL_FILE, null),
      mail: places.mail ?? rememberedMail(stateDir),
    };
    await signOldHead(central);
    return { central, close, httpPort, publishedUrl, databaseUrl: url };
  } catch (error) {
    await close();
    throw error;
  }
}

function openOwnAuthority(
  database: Database,
  places: CentralPlaces,
  url: string,
  token: Token | null,
): Promise<Authority> {
  const { organisation = 'Recard' } = places;
  return openCommonAuthority(database, {
    ...authorityPlaces(places),
    crlUrl: `${url}/crl/issuing.crl`,
    rootCrlUrl: `${url}/crl/root.crl`,
    caIssuersUrl: `${url}/ca/issuing.cer`,
    organisation,
    ...(token && { token }),
  });
}

function createLogger(logFile: string | undefined) {
  const destination =
    logFile === undefined ? pino.destination(2) : pino.destination({ dest: logFile, mkdir: true });
  return pino({ name: 'central', serializers: { err: describeError } }, destination);
}

/** An error without what it was about: a failed query carries its values. */
function describeError(error: Error): object {
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  const message = error.message.split('\nparams:')[0];
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, message, cause, stack };
}
