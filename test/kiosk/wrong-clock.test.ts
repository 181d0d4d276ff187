/** What a kiosk whose clock is wrong makes of a central whose clock is right. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KioskAuthority } from '../../src/central/authority/kiosk-authority.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { writeToken } from '../../src/protocol/enrolment.ts';
import { found } from '../support/test-line.ts';

const DAY_MS = 86_400_000;

let folder: string;
let authority: KioskAuthority;
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-wrong-clock-'));
  authority = await found();
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Why a kiosk is not enrolled by a central that started just now, as its own clock says. */
async function refusal(startedAt: Date): Promise<string> {
  const { key, certificates: cert } = await authority.issueServer(['127.0.0.1'], startedAt);
  server = createServer({ key, cert, minVersion: 'TLSv1.3' }, (_request, response) => {
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end('{"code":"SE-01-token-unknown","message":"central does not know this token"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const identityFile = join(folder, 'identity.pem');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = writeToken(authority.fingerprint, 'x'.repeat(27));
  const why = await enrol({ url, token, identityFile, replaces: false }).catch((error) => error.message);
  expect(existsSync(identityFile)).toBe(false);
  return why;
}

test('a clock that is a day behind does not keep a kiosk from a central that has just started', async () => {
  expect(await refusal(new Date(Date.now() + DAY_MS))).toContain('central does not know this token');
});

test.each([
  ['a month behind', 30],
  ['two months ahead', -60],
])('a clock that is %s is named as what may be wrong', async (_how, days) => {
  expect(await refusal(new Date(Date.now() + days * DAY_MS))).toMatch(
    /out of time .*; set the clock of this machine \(it says \d{4}-\d\d-\d\dT/,
  );
});
