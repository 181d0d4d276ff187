import { Agent, type Dispatcher } from 'undici';
import { REFUSED_AS } from '../protocol/enrolment.ts';
import type { Problem } from '../protocol/problem.ts';
import { OTHER_PROTOCOL } from '../protocol/version.ts';
import type { KioskIdentity } from './identity.ts';

/** Of a program; central lets a kiosk have a few times as many. */
const MAX_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;
/** Less than central keeps a connection, so that none ends while a question is on its way. */
const KEEP_ALIVE_MS = 60_000;
/** How long a kiosk that was refused for what it is waits before it asks again; doubles from the first to the last. */
const BARRED_MS = { first: 15_000, last: 5 * 60_000 } as const;

const BARRING: readonly string[] = [...Object.values(REFUSED_AS), OTHER_PROTOCOL];

/** With what a line is made. Without key and certificate central lets nobody do more than enrol. */
type LineIdentity = Pick<KioskIdentity, 'authorityPem'> &
  Partial<Pick<KioskIdentity, 'privateKeyPem' | 'certificatePem'>>;

/** The identity as it is now; the same object while it is the same. */
interface IdentitySource {
  /** @throws IdentityError */
  current(): LineIdentity;
}

/** Central does not want this kiosk, and is not asked before `until` (monotonic, ms). */
interface Bar {
  readonly problem: Problem;
  readonly until: number;
  readonly waitMs: number;
}

/**
 * The TLS line of one program to one central: connections with the kiosk's certificate, which are made anew when the
 * certificate is, and the memory that central does not want this kiosk.
 */
export class CentralLine {
  readonly origin: string;
  /** Before the path of the protocol, without a slash at its end. */
  readonly basePath: string;
  readonly #source: IdentitySource;
  readonly #onRefusedAs: (code: string | null) => void;
  #agent: Agent | null = null;
  #identity: LineIdentity | null = null;
  #bar: Bar | null = null;
  #isClosed = false;

  /** @param onRefusedAs told each time that `refusedAs` is another */
  constructor(url: string, source: IdentitySource, onRefusedAs: (code: string | null) => void = () => {}) {
    const { origin, pathname } = new URL(url);
    this.origin = origin;
    this.basePath = pathname.replace(/\/$/, '');
    this.#source = source;
    this.#onRefusedAs = onRefusedAs;
  }

  /** What a request goes through. @throws IdentityError */
  dispatcher(): Dispatcher {
    if (this.#isClosed) throw new Error('this line to central is closed');
    const identity = this.#source.current();
    if (this.#agent === null || identity !== this.#identity) {
      // What is under way goes on with the certificate that it began with.
      this.#agent?.close().catch(() => undefined);
      this.#identity = identity;
      this.#agent = new Agent(optionsFor(identity));
      this.#setBar(null);
    }
    return this.#agent;
  }

  /** Why central would refuse whatever is asked now: it need not be asked. */
  get bar(): Problem | null {
    return this.#bar && performance.now() < this.#bar.until ? this.#bar.problem : null;
  }

  /** The code with which central has refused this kiosk for what it is; null while it does not. */
  get refusedAs(): string | null {
    return this.#bar?.problem.code ?? null;
  }

  /** Central has answered. @param problem null: with what was asked for */
  heard(problem: Problem | null): void {
    if (problem === null || !BARRING.includes(problem.code)) {
      this.#setBar(null);
      return;
    }
    const waitMs = Math.min(BARRED_MS.last, this.#bar ? this.#bar.waitMs * 2 : BARRED_MS.first);
    this.#setBar({ problem, waitMs, until: performance.now() + waitMs * (0.5 + Math.random() / 2) });
  }

  #setBar(bar: Bar | null): void {
    const before = this.refusedAs;
    this.#bar = bar;
    if (this.refusedAs !== before) this.#onRefusedAs(this.refusedAs);
  }

  /** Ends every connection, whatever goes on there. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#agent?.destroy();
  }
}

function optionsFor({ privateKeyPem, certificatePem, authorityPem }: LineIdentity): Agent.Options {
  return {
    connections: MAX_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    allowH2: false,
    connect: {
      ...{ ca: authorityPem, minVersion: 'TLSv1.3', timeout: CONNECT_TIMEOUT_MS, maxCachedSessions: 0 },
      ...(privateKeyPem !== undefined && { key: privateKeyPem }),
      ...(certificatePem !== undefined && { cert: certificatePem }),
    },
  };
}
