/** A central that really listens, with everything that it says to its log. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { asc } from 'drizzle-orm';
import pino from 'pino';
import { audit } from '../../../db/central/chain-schema.ts';
import { clusterUrl, prepareClusterFolder } from '../../../src/central/cluster-folder.ts';
import { type Listeners, openListeners } from '../../../src/central/line/listen.ts';
import { type Notifications, openNotifications } from '../../../src/central/notifications.ts';
import { CentralClient } from '../../../src/kiosk/central-client.ts';
import type { CentralAddress } from '../../../src/kiosk/central-connection.ts';
import { enrol } from '../../../src/kiosk/enrol.ts';
import { type KioskIdentity, readIdentity } from '../../../src/kiosk/identity.ts';
import { toPem } from '../../../src/pki/certificate.ts';
import { CentralWorld } from './central-world.ts';
import { inviteForTest } from './invite-for-test.ts';

/** A kiosk that was enrolled as any other. */
export interface EnrolledKiosk {
  readonly address: CentralAddress;
  readonly identity: KioskIdentity;
  readonly client: CentralClient;
}

/** What came back on a connection before it ended, or before nothing more came. */
export interface Heard {
  readonly text: string;
  readonly hasEnded: boolean;
  /** How much of what was sent had left this process. */
  readonly sent: number;
}

export class ListeningCentral {
  readonly world: CentralWorld;
  readonly log: string[];
  readonly #listeners: Listeners;
  readonly #notifications: Notifications;
  readonly #folder: string;
  readonly #clients: CentralClient[] = [];

  private constructor(
    world: CentralWorld,
    log: string[],
    parts: { readonly listeners: Listeners; readonly notifications: Notifications; readonly folder: string },
  ) {
    this.world = world;
    this.log = log;
    this.#listeners = parts.listeners;
    this.#notifications = parts.notifications;
    this.#folder = parts.folder;
  }

  static async open(): Promise<ListeningCentral> {
    const world = await CentralWorld.open();
    const lines: string[] = [];
    const log = pino({ name: 'central' }, { write: (line: string) => void lines.push(line) });
    const databaseUrl = clusterUrl(prepareClusterFolder(world.stateDir));
    const notifications = openNotifications(databaseUrl, log);
    const folder = mkdtempSync(join(tmpdir(), 'recard-attacks-'));
    const listeners = await openListeners(world.central, notifications, log, {
      ...{ host: '127.0.0.1', port: 0, httpPort: 0, names: [], showsDocs: false },
      snapshots: { databaseUrl, folder: join(folder, 'snapshots') },
    });
    return new ListeningCentral(world, lines, { listeners, notifications, folder });
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.#listeners.close();
    await this.#notifications.close();
    await this.world.close();
    rmSync(this.#folder, { recursive: true });
  }

  get url(): string {
    return `https://127.0.0.1:${this.#listeners.port}`;
  }

  /** Plain HTTP. */
  get publishedUrl(): string {
    return `http://127.0.0.1:${this.#listeners.httpPort}`;
  }

  get port(): number {
    return this.#listeners.port;
  }

  /** A path for the identity of a kiosk. */
  identityFile(name: string): string {
    return join(this.#folder, name, 'identity.pem');
  }

  async kiosk(name: string, groups?: string[]): Promise<EnrolledKiosk> {
    const token = await inviteForTest(this.world.central, name, groups);
    const address = { url: this.url, identityFile: this.identityFile(name) };
    await enrol({ ...address, token, replaces: false });
    const client = new CentralClient(address);
    this.#clients.push(client);
    return { address, identity: readIdentity(address.identityFile), client };
  }

  /** A TLS connection with whatever certificate, or none. */
  async connect(options: ConnectionOptions = {}): Promise<TLSSocket> {
    const { certificate } = this.world.central.authority.kioskAuthority;
    const ca = toPem('CERTIFICATE', certificate);
    const socket = connect({ host: '127.0.0.1', port: this.port, ca, ...options });
    await once(socket, 'secureConnect');
    return socket;
  }

  /** Sends bytes and listens until the connection ends, or for as long as is said. */
  async say(bytes: string | Uint8Array, options: ConnectionOptions = {}, forMs = 20_000): Promise<Heard> {
    return listenTo(await this.connect(options), bytes, forMs);
  }

  /** One request, its connection closed afterwards. @returns status, code and the whole answer */
  async ask(
    path: string,
    options: ConnectionOptions = {},
    body: string | null = null,
  ): Promise<{ readonly status: number; readonly code: string; readonly text: string }> {
    const content =
      body === null ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    const head = `${body === null ? 'GET' : 'POST'} ${path} HTTP/1.1\r\nhost: central\r\nconnection: close\r\n${content}\r\n`;
    const { text } = await this.say(head + (body ?? ''), options);
    return {
      status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1] ?? 0),
      code: /"code":"([^"]+)"/.exec(text)?.[1] ?? '',
      text,
    };
  }

  /** The entries of the audit of one type, as they are kept. */
  async audited(type: string): Promise<readonly string[]> {
    const rows = await this.world.central.database.select().from(audit).orderBy(asc(audit.seq));
    return rows.map(({ entry }) => entry).filter((entry) => entry.includes(`"type":"${type}"`));
  }
}

/** The certificate of an identity, for a connection. */
export function shows({ privateKeyPem: key, certificatePem: cert }: KioskIdentity): ConnectionOptions {
  return { key, cert };
}

/** Whatever ended it. */
export function whenClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** Sends bytes and listens until the connection ends, or for as long as is said. */
export async function listenTo(socket: TLSSocket, bytes: string | Uint8Array, forMs: number): Promise<Heard> {
  let text = '';
  let hasEnded = false;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  const ended = whenClosed(socket).then(() => {
    hasEnded = true;
  });
  socket.write(bytes);
  const timer = AbortSignal.timeout(forMs);
  await Promise.race([ended, once(timer, 'abort')]);
  const sent = socket.bytesWritten;
  socket.destroy();
  return { text, hasEnded, sent };
}
