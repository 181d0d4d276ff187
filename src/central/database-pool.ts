/** Connections to PostgreSQL that do not outlast what they wait for. Times in ms. */
import pg from 'pg';
import { APPLICATION_NAME } from './cluster-owner.ts';
import { DatabaseBusyError } from './database-failure.ts';

/** What a pool is for. */
export interface PoolOptions {
  readonly size: number;
  /** Whether somebody waits for each answer: the server's requests. Commands and upkeep take their time. */
  readonly isForRequests: boolean;
}

export const DEFAULT_POOL_SIZE = 12;
/** For a connection, waiting for a free one included. */
const CONNECT_MS = 3000;
const PATIENT_CONNECT_MS = 15_000;
/** For one statement, waiting for locks included. A kiosk gives up after ten seconds. */
const STATEMENT_MS = 5000;
/** The same as seen from here: later, the connection is dead and is cut. */
const SILENCE_MS = 6000;
/** A transaction whose central is gone without a word gives its locks back. */
const IDLE_IN_TRANSACTION_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;
/** For each connection of a pool so many may wait; they would not get one in time. */
const WAITING_FOR_EACH = 20;

/** The other end finds out as well: a session of a machine that lost its power ends within half a minute. */
const SERVER_KEEP_ALIVE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/** What all connections of central have in common. */
export function connectionSettings(databaseUrl: string) {
  return {
    ...{ connectionString: databaseUrl, application_name: APPLICATION_NAME, options: SERVER_KEEP_ALIVE },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS },
  };
}

/** A pool that makes broken connections anew, and says no when too many wait. */
export function openPool(databaseUrl: string, { size, isForRequests }: PoolOptions): pg.Pool {
  const limits = {
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENCE_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
  const pool = new BoundedPool({
    ...connectionSettings(databaseUrl),
    ...{ max: size, Client: PunctualClient },
    ...(isForRequests ? limits : { connectionTimeoutMillis: PATIENT_CONNECT_MS }),
  });
  // An idle connection that breaks is replaced at its next use.
  pool.on('error', () => {});
  return pool;
}

class BoundedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(done: Done): void;
  override connect(done?: Done): Promise<pg.PoolClient> | undefined {
    const isFull = this.waitingCount >= this.options.max * WAITING_FOR_EACH;
    const busy = () => new DatabaseBusyError('ask database: too many wait for it already');
    if (!done) return isFull ? Promise.reject(busy()) : super.connect();
    if (isFull) done(busy(), undefined, () => {});
    else super.connect(done);
    return undefined;
  }
}

type Done = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: unknown) => void,
) => void;

/**
 * Cuts its connection when an answer stays away: the next query would only wait behind it. One that breaks between two
 * statements of a transaction fails with the next: nobody else listens then, and central would end by it.
 */
class PunctualClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }

  // biome-ignore lint/suspicious/noExplicitAny: one of the many forms of pg.Client.query, passed on as it is
  override query(...args: any[]): any {
    const answer = (super.query as (...args: unknown[]) => unknown).apply(this, args);
    if (answer instanceof Promise) {
      answer.catch((error: Error) => {
        if (error.message === 'Query read timeout') connectionOf(this).stream.destroy();
      });
    }
    return answer;
  }
}

/** Not in its types. */
function connectionOf(client: pg.Client): { readonly stream: { destroy(): void } } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
}
