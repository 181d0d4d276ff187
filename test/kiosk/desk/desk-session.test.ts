import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CentralConnection } from '../../../src/kiosk/central-connection.ts';
import { DeskSession } from '../../../src/kiosk/desk/desk-session.ts';
import { identityPath } from '../../../src/kiosk/identity-path.ts';
import { SOON } from '../../support/soon.ts';
import { createTestServer, writeTestIdentity } from '../../support/test-line.ts';

/** A session ends at the kiosk at once, and at central when that is there again (ID-05). */

const folder = mkdtempSync(join(tmpdir(), 'recard-session-'));
const operator = { id: 'x', displayName: 'Helga', role: 'helpdesk', group: 'all' } as const;
/** What central was asked: method, path and token. */
const asked: string[] = [];
/** How often central still drops whoever asks. */
let isAway = 0;
let server: Server;
let connection: CentralConnection;
let address: { readonly url: string; readonly identityFile: string };
beforeAll(async () => {
  server = await createTestServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['recard-session']}`);
    isAway -= 1;
    if (isAway >= 0) return void response.destroy();
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const identityFile = identityPath(folder);
  await writeTestIdentity(identityFile);
  address = { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, identityFile };
  connection = new CentralConnection(address);
});
afterAll(async () => {
  await connection.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

function open(): DeskSession {
  asked.length = 0;
  const pause = { sleep: async () => {}, random: () => 0 };
  return new DeskSession({ address, connection, pause });
}

function begin(session: DeskSession, token: string): void {
  session.begin({ kind: 'begun', token, operator, idleSeconds: 600 });
}

const END = 'DELETE /v1/sessions/current';

test('the token is forgotten before central has answered, and central is asked until it has', async () => {
  const session = open();
  isAway = 3;
  begin(session, 'first');
  session.end();
  expect([session.token, session.client]).toEqual([null, null]);
  await expect.poll(() => asked, SOON).toHaveLength(4);
  await session.close();
  expect(asked).toEqual(Array(4).fill(`${END} first`));
});

test('one that is begun over another ends that, and itself at the end of the kiosk', async () => {
  const session = open();
  begin(session, 'first');
  begin(session, 'second');
  expect(session.token).toBe('second');
  await expect.poll(() => asked, SOON).toEqual([`${END} first`]);
  await session.close();
  expect(asked).toEqual([`${END} first`, `${END} second`]);
});

test('one that nobody waits for any more ends without having been open', async () => {
  const session = open();
  begin(session, 'first');
  session.discard({ kind: 'begun', token: 'late', operator, idleSeconds: 600 });
  expect(session.token).toBe('first');
  await expect.poll(() => asked, SOON).toEqual([`${END} late`]);
  await session.close();
});
