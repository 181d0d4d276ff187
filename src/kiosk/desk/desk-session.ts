import { backoffMs, type Pause } from '../backoff.ts';
import type { CentralAddress, CentralConnection } from '../central-connection.ts';
import { DeskClient } from './desk-client.ts';
import type { Begun } from './sign-in.ts';

export interface DeskSessionPorts {
  readonly address: CentralAddress;
  /** The kiosk's own to central. */
  readonly connection: CentralConnection;
  readonly pause: Pause;
}

/** About two minutes of tries; then the session ends by its idle time. */
const TRIES = 40;
/** How long a kiosk that ends waits for central to take a session's end. */
const LAST_MS = 2_000;

/** The session of whoever is signed in at this kiosk: its token is here and in the header of what is asked, and nowhere else (ID-05). */
export class DeskSession {
  readonly #ports: DeskSessionPorts;
  readonly #stop = new AbortController();
  #token: string | null = null;
  #client: DeskClient | null = null;
  /** Ends that central has not taken yet. */
  readonly #endings = new Set<Promise<void>>();

  constructor(ports: DeskSessionPorts) {
    this.#ports = ports;
  }

  /** Null: nobody is signed in. */
  get token(): string | null {
    return this.#token;
  }

  /** Asks in this session; null: nobody is signed in. */
  get client(): DeskClient | null {
    return this.#client;
  }

  /** Another session that was open ends. */
  begin({ token }: Begun): void {
    this.end();
    const { address, connection } = this.#ports;
    this.#token = token;
    this.#client = new DeskClient(address, connection, token);
  }

  /** Forgets the token at once, and tells central as soon as it is reached; without a session nothing happens. */
  end(): void {
    const client = this.#client;
    this.#token = null;
    this.#client = null;
    if (client !== null) this.#endAt(client);
  }

  /** One that nobody waits for any more never begins here. */
  discard({ token }: Begun): void {
    const { address, connection } = this.#ports;
    this.#endAt(new DeskClient(address, connection, token));
  }

  #endAt(client: DeskClient): void {
    const ending = this.#tell(client).finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  /** Tries no longer to reach central. */
  async close(): Promise<void> {
    this.end();
    const giveUp = setTimeout(() => this.#stop.abort(), LAST_MS);
    await Promise.all(this.#endings);
    clearTimeout(giveUp);
  }

  async #tell(client: DeskClient): Promise<void> {
    const { pause } = this.#ports;
    const { signal } = this.#stop;
    for (let failures = 1; failures <= TRIES && !signal.aborted; failures += 1) {
      const answer = await client.signOut(signal).catch(() => null);
      if (answer === null || answer.kind !== 'unreachable') return;
      await pause.sleep(backoffMs(failures, pause.random), signal);
    }
  }
}
