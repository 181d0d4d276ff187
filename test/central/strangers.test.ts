/** SE-07: whoever shows no certificate takes no place of a kiosk's. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { expect, test } from 'vitest';
import { limitStrangers } from '../../src/central/line/strangers.ts';
import { readIdentity } from '../../src/kiosk/identity.ts';
import { toPem } from '../../src/pki/certificate.ts';
import { found, writeTestIdentity } from '../support/test-line.ts';
import { shows, whenClosed } from './support/listening-central.ts';

test('a stranger too many ends the connection of the one who has been there for longest, and no kiosk’s', async () => {
  const authority = await found();
  const folder = mkdtempSync(join(tmpdir(), 'recard-strangers-'));
  const identityFile = join(folder, 'identity.pem');
  await writeTestIdentity(identityFile, authority, new Date());
  const { key, certificates: cert } = await authority.issueServer(['localhost'], new Date());
  const ca = toPem('CERTIFICATE', authority.certificate);
  const server = createServer(
    { key, cert, ca, requestCert: true, rejectUnauthorized: false },
    (_, response) => response.end('heard'),
  );
  limitStrangers(server, 3);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  const come = async (options: ConnectionOptions = {}) => {
    const socket = connect({ ...at, rejectUnauthorized: false, ...options });
    socket.on('error', () => {});
    await once(socket, 'secureConnect');
    return socket;
  };
  const kiosk = await come(shows(readIdentity(identityFile)));
  const silent = connectTcp(at);
  silent.on('error', () => {});
  await once(silent, 'connect');
  const gone = whenClosed(silent);
  const strangers = [await come(), await come(), await come()];
  await gone;
  const second = whenClosed(strangers[0]!);
  strangers.push(await come());
  await second;
  kiosk.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(String((await once(kiosk, 'data'))[0])).toMatch(/^HTTP\/1.1 200/);
  for (const socket of [...strangers, kiosk]) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});
