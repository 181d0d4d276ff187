import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { readIdentity } from '../../src/kiosk/identity.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { createTestServer, writeTestIdentity } from '../support/test-line.ts';
import { CARD_ID } from './support/small-world.ts';

let folder: string;
let server: Server | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-client-'));
  await writeTestIdentity(identityPath(folder));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  server?.closeAllConnections();
  server?.close();
});

async function central(listener: RequestListener, timeoutMs = 5000): Promise<CentralClient> {
  server = await createTestServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return new CentralClient({ url, identityFile: identityPath(folder), timeoutMs });
}

describe('a question to central', () => {
  test('shows the kiosk’s certificate, and its answer comes with bytes as bytes', async () => {
    let serial: string | undefined;
    const client = await central((request, response) => {
      const socket = request.socket as TLSSocket;
      if (socket.authorized) serial = socket.getPeerX509Certificate()?.serialNumber.toLowerCase();
      response.end(
        JSON.stringify({ proofId: CARD_ID, challenge: 'AQID', slots: [{ slot: '9A', algorithm: 'P-256' }] }),
      );
    });
    const answer = await client.challenge(CARD_ID);
    expect(serial).toBe(readIdentity(identityPath(folder)).certificateSerial);
    expect(answer).toMatchObject({ kind: 'ok', value: { challenge: Uint8Array.of(1, 2, 3) } });
  });

  test('to a central of another version of the protocol is refused, and not asked again at once (SY-06)', async () => {
    let asked = 0;
    const client = await central((_request, response) => {
      asked += 1;
      response.writeHead(404).end('{"code":"SY-06-other-protocol","message":"it speaks version 9"}');
    });
    for (let i = 0; i < 3; i += 1)
      expect(await client.challenge(CARD_ID)).toMatchObject({
        kind: 'refused',
        code: 'SY-06-other-protocol',
      });
    expect(asked).toBe(1);
  });

  test('that is refused says with which code', async () => {
    const client = await central((_request, response) =>
      response.writeHead(409).end('{"code":"RP-06-disabled","message":"this card is disabled"}'),
    );
    expect(await client.challenge(CARD_ID)).toEqual({
      kind: 'refused',
      code: 'RP-06-disabled',
      message: 'this card is disabled',
    });
  });

  test.each<[string, RequestListener]>([
    ['the line is cut', (_request, response) => void response.destroy()],
    ['central fails', (_request, response) => void response.writeHead(500).end('{}')],
    ['central is busy', (_request, response) => void response.writeHead(429).end()],
    [
      'another page is in its place',
      (_request, response) => void response.writeHead(302, { location: '/login' }).end(),
    ],
    ['no answer comes in time', () => {}],
    ['the answer never ends', (_request, response) => void response.write('{')],
    ['the answer is far too long', (_request, response) => void response.end('x'.repeat(5 * 1024 * 1024))],
  ])('is unreachable when %s', async (_what, listener) => {
    const client = await central(listener, 300);
    expect(await client.challenge(CARD_ID)).toMatchObject({ kind: 'unreachable' });
  });

  test.each<[string, RequestListener]>([
    ['nothing', (_request, response) => void response.end()],
    ['HTML', (_request, response) => void response.end('<html>')],
    [
      'bytes that are not base64',
      (_request, response) => {
        response.end(JSON.stringify({ proofId: CARD_ID, challenge: '!!', slots: [] }));
      },
    ],
    ['a refusal without a code', (_request, response) => void response.writeHead(403).end('{"error":"no"}')],
  ])('is not understood when the answer is %s', async (_what, listener) => {
    const client = await central(listener);
    expect(await client.challenge(CARD_ID)).toMatchObject({ kind: 'refused', code: 'SE-07-bad-request' });
  });

  test('ends when whoever asked gives up', async () => {
    const client = await central(() => {});
    const abort = new AbortController();
    const asked = client.challenge(CARD_ID, abort.signal);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
