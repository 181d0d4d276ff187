import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberedPort } from '../../src/central/remembered.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-port-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What comes of listening at a port. */
async function listen(port: number): Promise<string> {
  const server = createServer();
  const listening = once(server, 'listening').then(() => 'listens');
  server.listen({ port, host: '127.0.0.1' });
  const outcome = await listening.catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
  if (server.listening) await new Promise((resolve) => server.close(resolve));
  return outcome;
}

test('a port that central has found for itself is nobody else’s until it listens there, and the same the next time', async () => {
  const { port, letGo } = await rememberedPort(folder, 'port', 0);
  expect(await listen(port)).toBe('EADDRINUSE');
  const early = connect(port, '127.0.0.1');
  await once(early, 'close');
  await letGo();
  await letGo();
  expect(await listen(port)).toBe('listens');
  const next = await rememberedPort(folder, 'port', 0);
  expect(next.port).toBe(port);
  expect(await listen(port)).toBe('listens');
  expect((await rememberedPort(folder, 'port', 23_456)).port).toBe(23_456);
  expect((await rememberedPort(folder, 'port', 0)).port).toBe(23_456);
});
