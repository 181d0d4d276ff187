import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, type Stats, statfsSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { checkDatabase } from '../kiosk/check-database.ts';
import { readConfiguration } from '../kiosk/configuration.ts';
import { readIdentity } from '../kiosk/identity.ts';
import { lookAtCentral } from '../kiosk/look-at-central.ts';
import { lookAtReaders } from './look-at-readers.ts';
import type { FileFacts, Machine, TerminalFacts } from './machine.ts';

const MEBIBYTE = 1024 * 1024;
const COMMAND_LIMIT_MS = 10_000;
const PERMISSIONS = 0o7777;

/** The machine that this program runs on. */
export function thisMachine(): Machine {
  return {
    nodeVersion: process.version,
    env: process.env,
    uid: process.getuid?.() ?? 0,
    now: () => new Date(),
    terminal,
    read: (path) => orNull(() => readFileSync(path, 'utf8')),
    file: (path) => orNull(() => factsOf(statSync(path))),
    freeMiB: (folder) =>
      orNull(() => {
        const { bavail, bsize } = statfsSync(folder);
        return Math.floor((bavail * bsize) / MEBIBYTE);
      }),
    run,
    connect,
    programsWith,
    readers: lookAtReaders,
    configuration: readConfiguration,
    identity: readIdentity,
    central: (url, identityFile) => lookAtCentral({ url, identityFile }),
    database: checkDatabase,
  };
}

function terminal(): TerminalFacts | null {
  const { stdout, env } = process;
  if (!stdout.isTTY) return null;
  const { columns, rows } = stdout;
  return { columns, rows, colourDepth: stdout.getColorDepth(), name: env.TERM ?? 'unknown' };
}

/** Whatever the file system answers with an error is as good as not there. */
function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

function factsOf(stats: Stats): FileFacts {
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSocket()
        ? 'socket'
        : 'other';
  return { kind, mode: stats.mode & PERMISSIONS, uid: stats.uid, gid: stats.gid };
}

/** Not there, or forbidden to this unit (NoExecPaths). */
const NOT_STARTED: readonly string[] = ['ENOENT', 'EACCES', 'EPERM'];

function run(program: string, ...args: readonly string[]): ReturnType<Machine['run']> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: COMMAND_LIMIT_MS, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (NOT_STARTED.includes(String(error?.code))) return resolve(null);
      const status = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      resolve({ status, text: stdout || stderr });
    });
  });
}

async function connect(path: string): Promise<string> {
  const socket = createConnection(path);
  try {
    await once(socket, 'connect');
    return 'ok';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  } finally {
    socket.destroy();
  }
}

/** Whoever does not see the first program sees nobody else's (ProtectProc=invisible). */
function programsWith(library: string): readonly string[] | null {
  if (orNull(() => statSync('/proc/1')) === null) return null;
  const pids = (orNull(() => readdirSync('/proc')) ?? []).filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const maps = orNull(() => readFileSync(`/proc/${pid}/maps`, 'latin1'));
    if (!maps?.includes(library)) return [];
    const name = orNull(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
    return [`${name ?? 'unknown'} (${pid})`];
  });
}
