import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** The programs of libnss3-tools, given secrets through pipes: never in an argument, a variable or a file (SE-02). */

/** `secrets[0]` is read at this path, `secrets[1]` at the next. Sockets, which Node makes, cannot be opened by path. */
export const SECRET_PATHS = ['/dev/fd/6', '/dev/fd/7'] as const;

/** Constant: what is run comes as arguments, and is never read by the shell. */
const SCRIPTS = [
  'exec "$@" </dev/null',
  'cat <&3 | { exec 6<&0 </dev/null 3<&-; exec "$@"; }',
  'cat <&3 | { exec 6<&0; cat <&4 | { exec 7<&0 </dev/null 3<&- 4<&-; exec "$@"; }; }',
] as const;

const LIMIT_MS = 60_000;
const MAX_OUTPUT = 64 * 1024;

export interface NssToolEnd {
  /** 127: it is not installed. */
  readonly code: number;
  /** What it printed, both ways; no secret is in it. */
  readonly output: string;
}

/**
 * Runs one of them to its end, without a terminal that it could ask at. Ended after a minute (code 124).
 * @param secrets one line each, UTF-8 without the end of the line; read, never changed
 */
export async function runNssTool(
  command: readonly [string, ...string[]],
  secrets: readonly Uint8Array[] = [],
): Promise<NssToolEnd> {
  const script = SCRIPTS[secrets.length];
  if (script === undefined) throw new Error('run NSS tool: it takes two secrets at most');
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe', ...secrets.map(() => 'pipe' as const)],
    // A session of its own: no controlling terminal, and ended as a whole.
    detached: true,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C.UTF-8' },
  });
  const limit = { isPassed: false };
  const timer = setTimeout(() => {
    limit.isPassed = true;
    endAll(child);
  }, LIMIT_MS);
  try {
    for (const [i, secret] of secrets.entries()) give(child.stdio[3 + i] as Writable, secret);
    const printed = [child.stdout, child.stderr].map((stream) => collect(stream!));
    const [code] = (await once(child, 'close')) as [number | null];
    const output = printed.map((text) => text()).join('');
    return { code: limit.isPassed ? 124 : (code ?? 1), output };
  } finally {
    clearTimeout(timer);
  }
}

function give(pipe: Writable, secret: Uint8Array): void {
  const line = new Uint8Array(secret.length + 1);
  line.set(secret);
  line[secret.length] = 0x0a;
  // It may end without having read it.
  pipe.on('error', () => undefined);
  pipe.end(line, () => void line.fill(0));
  pipe.on('close', () => void line.fill(0));
}

function collect(stream: Readable): () => string {
  const pieces: Buffer[] = [];
  let length = 0;
  stream.on('data', (piece: Buffer) => {
    if (length < MAX_OUTPUT) pieces.push(piece);
    length += piece.length;
  });
  return () => Buffer.concat(pieces).toString();
}

function endAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
