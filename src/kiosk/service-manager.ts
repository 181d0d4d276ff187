import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Node has no datagram sockets of the file system: systemd's own program sends them. */
const NOTIFY = 'systemd-notify';
/** It waits until the manager has read what it sent, since a sender that has gone cannot be told from a stranger. */
const LIMIT_MS = 10_000;

/** The service manager (systemd) that has started this program, as far as it wants to hear of it. */
export interface ServiceManager {
  /** After a silence of so many milliseconds it ends the program; null: never. */
  readonly watchdogMs: number | null;
  /**
   * Tells it `READY=1`, `WATCHDOG=1`, `STATUS=…`.
   * @throws Error when it does not take that within ten seconds
   * @see sd_notify(3)
   */
  tell(...assignments: readonly string[]): Promise<void>;
}

/** Null where nobody wants to be told: a terminal, the demo, a test. */
export function serviceManager(env: NodeJS.ProcessEnv, pid: number): ServiceManager | null {
  const socket = env.NOTIFY_SOCKET;
  if (!socket) return null;
  const microseconds = Number(env.WATCHDOG_USEC);
  const isForUs = env.WATCHDOG_PID === undefined || Number(env.WATCHDOG_PID) === pid;
  return {
    watchdogMs: isForUs && microseconds > 0 ? microseconds / 1000 : null,
    async tell(...assignments) {
      const { PATH } = env;
      await run(NOTIFY, [...assignments], { env: { PATH, NOTIFY_SOCKET: socket }, timeout: LIMIT_MS });
    },
  };
}
