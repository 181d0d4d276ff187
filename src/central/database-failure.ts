/** What a failed query means for whoever asked: whether asking again will help, and who should. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * - `away`: there is no connection, or it was lost; whether a commit went through is not known
 * - `busy`: it is there and too slow, or everybody waits; nothing was changed
 * - `conflict`: it has undone a transaction for another one's sake; nothing was changed
 */
export type DatabaseFailure = 'away' | 'busy' | 'conflict';

/** More requests wait for the database than can hope for it. */
export class DatabaseBusyError extends Error {
  override readonly name = 'DatabaseBusyError';
}

/** SQLSTATE (PostgreSQL, appendix A): serialization_failure, deadlock_detected. */
const CONFLICTS = ['40001', '40P01'];
/** query_canceled (statement_timeout), lock_not_available, too_many_connections. */
const BUSY = ['57014', '55P03', '53300'];
/** admin_shutdown, crash_shutdown, cannot_connect_now, idle_in_transaction_session_timeout; classes of connection exceptions. */
const AWAY =
  /^(57P0[123]|25P03|08...|E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|NOTFOUND|AI_AGAIN|NOENT))$/;
/** What the client says without a code. */
const BROKEN =
  /^(Connection terminated|timeout expired|Query read timeout|Client (has encountered|was closed))/;
const WAITED_TOO_LONG = 'timeout exceeded when trying to connect';

/** @returns null for what is no trouble of the database's, but of what it was asked */
export function databaseFailure(error: unknown): DatabaseFailure | null {
  if (!(error instanceof Error)) return null;
  const code = String((error as { code?: unknown }).code ?? '');
  if (CONFLICTS.includes(code)) return 'conflict';
  if (BUSY.includes(code) || error instanceof DatabaseBusyError || error.message === WAITED_TOO_LONG)
    return 'busy';
  if (isFromDatabase(error) && (AWAY.test(code) || BROKEN.test(error.message))) return 'away';
  // What is asked through drizzle fails with a cause.
  return databaseFailure(error.cause);
}

/** A file that is not there has the same code as a socket that is not there. */
function isFromDatabase(error: Error): boolean {
  const { syscall } = error as { syscall?: unknown };
  return syscall === undefined || ['connect', 'read', 'write', 'getaddrinfo'].includes(String(syscall));
}

/** unique_violation, foreign_key_violation. */
const COLLISIONS = ['23505', '23503'];

/** Whether somebody changed the same records at the same moment: looked at anew, they say what can be done. */
export function isCollision(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && COLLISIONS.includes(code)) || isCollision(error.cause);
}

/** How often a transaction is tried. */
const TRIES = 4;
/** At least, before the second try: begun at once, it may take the rows again before the other one has woken for them. */
const PAUSE_MS = 50;

/**
 * Does again, a little later, what the database has undone for another transaction's sake. What is lost with its
 * connection is not done again here: its commit may have gone through, and kiosks repeat every step by themselves.
 */
export async function repeatOnConflict<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= TRIES || databaseFailure(error) !== 'conflict') throw error;
      await pause(PAUSE_MS * attempt * (1 + Math.random()));
    }
  }
}
