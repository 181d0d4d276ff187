import { dirname } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import { makeFolder } from '../configuration/make-folder.ts';

/** What the kiosk's parts write their log lines to. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** A log and how to end it. */
export interface LogFile {
  readonly log: Log;
  close(): void;
}

/** Names under which a secret might be passed by mistake; nothing in here logs one on purpose (SE-02). */
const SECRETS = ['pin', 'puk', 'token', 'key', 'password', 'old', 'next', 'current', 'authorization'];

/** Opens the log file, readable for its owner only. Nothing ever goes to the terminal, which is the screen's. */
export function openLog(path: string): LogFile {
  makeFolder(dirname(path), 0o755);
  const file = destination({ dest: path, sync: true, mode: 0o600 });
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`]);
  const log = pino(
    { base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, redact: paths },
    file,
  );
  return { log, close: () => file.end() };
}
