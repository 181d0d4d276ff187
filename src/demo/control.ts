import { existsSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { z } from 'zod';

/** How another shell tells a running demo what to do: one JSON line there, one JSON line back, on a unix socket. */

export const controlRequest = z.discriminatedUnion('do', [
  z.object({ do: z.literal('status') }),
  z.object({ do: z.literal('info') }),
  z.object({ do: z.literal('insert'), card: z.string().max(64), reader: z.int().min(0).max(1) }),
  z.object({ do: z.literal('pull'), reader: z.int().min(0).max(1), afterApdus: z.int().min(0).nullable() }),
  z.object({
    do: z.literal('pullAtStep'),
    reader: z.int().min(0).max(1),
    step: z.string().max(64),
    when: z.enum(['before', 'after']),
  }),
]);
export type ControlRequest = z.infer<typeof controlRequest>;

const controlAnswer = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

/** The demo said no, and why. */
export class ControlRefusedError extends Error {
  override readonly name = 'ControlRefusedError';
}

const MAX_REQUEST = 4096;

/** Listens for commands; `perform` throws ControlRefusedError to refuse. */
export function listenForControl(
  path: string,
  perform: (request: ControlRequest) => Promise<unknown>,
): Promise<Server> {
  if (existsSync(path)) rmSync(path);
  const server = createServer((socket) => {
    let received = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      received += chunk.toString('utf8');
      if (received.length > MAX_REQUEST) socket.destroy();
      if (!received.endsWith('\n')) return;
      answer(received, perform).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

async function answer(
  line: string,
  perform: (request: ControlRequest) => Promise<unknown>,
): Promise<z.infer<typeof controlAnswer>> {
  try {
    return { ok: true, value: await perform(controlRequest.parse(JSON.parse(line))) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Asks a running demo.
 * @throws ControlRefusedError when it refuses, or does not run
 */
export function askDemo(path: string, request: ControlRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = createConnection(path);
    socket.on('error', () =>
      reject(
        new ControlRefusedError(
          'the demo is not running here: start it with npm run demo (same RECARD_HOME)',
        ),
      ),
    );
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (chunk) => {
      received += chunk.toString('utf8');
    });
    socket.on('close', () => {
      if (received === '') return reject(new ControlRefusedError('the demo ended before it answered'));
      const parsed = controlAnswer.parse(JSON.parse(received));
      if (parsed.ok) resolve(parsed.value);
      else reject(new ControlRefusedError(parsed.message));
    });
  });
}
