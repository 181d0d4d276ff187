/** What central found for itself at its first start and keeps, since others have written it down. */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const PORTS = { first: 20_000, last: 32_000 } as const;
const PORT_ATTEMPTS = 50;

/** Central cannot listen where it was told to. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** A port; one that was found free is kept from others until it is let go of, shortly before central listens at it. */
export interface KeptPort {
  readonly port: number;
  letGo(): Promise<void>;
}

/**
 * A port: the wanted one, else that of the last time, else a free one; certificates and kiosks name it, so it is kept.
 * @param file its name in the state folder
 * @param wanted 0: none
 * @throws ListenError
 */
export async function rememberedPort(stateDir: string, file: string, wanted: number): Promise<KeptPort> {
  const known = Number.parseInt(read(stateDir, file) ?? '0', 10);
  const kept = wanted || known ? { port: wanted || known, letGo: async () => {} } : await freePort();
  if (kept.port !== known) remember(stateDir, file, String(kept.port));
  return kept;
}

/** A text of the same kind; null when there is none. */
export function rememberedText(stateDir: string, file: string, wanted: string | null): string | null {
  const known = read(stateDir, file);
  if (wanted !== null && wanted !== known) remember(stateDir, file, wanted);
  return wanted ?? known;
}

function read(stateDir: string, file: string): string | null {
  const path = join(stateDir, file);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

function remember(stateDir: string, file: string, text: string): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o711 });
  writeFileSync(join(stateDir, file), `${text}\n`);
}

/** A port below those that the kernel gives to outgoing connections, so that it is free the next time as well. */
async function freePort(): Promise<KeptPort> {
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const kept = await keep(randomInt(PORTS.first, PORTS.last));
    if (kept) return kept;
  }
  throw new ListenError('start central: no free port was found; name one with --port and --http-port');
}

/** Null where somebody has it. Whoever connects before central listens is hung up on. */
function keep(port: number): Promise<KeptPort | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', () => resolve(null));
    const letGo = () => new Promise<void>((done) => server.close(() => done()));
    server.listen({ port, host: '127.0.0.1' }, () => resolve({ port, letGo }));
  });
}
