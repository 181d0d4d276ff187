/** SE-01: how a kiosk becomes known to central, stays so by itself, and what it says when it does not. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { eq } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { kioskCertificates } from '../../db/central/schema.ts';
import { kioskCommand } from '../../src/central/command/kiosk.ts';
import { makeServerCertificate } from '../../src/central/line/server-certificate.ts';
import { realPause } from '../../src/kiosk/backoff.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { readIdentity } from '../../src/kiosk/identity.ts';
import { IdentityFile } from '../../src/kiosk/identity-file.ts';
import { IdentityRenewal } from '../../src/kiosk/identity-renewal.ts';
import { makeNewKey } from '../../src/kiosk/new-identity.ts';
import { SOON } from '../support/soon.ts';
import { inviteForTest } from './support/invite-for-test.ts';
import { type EnrolledKiosk, ListeningCentral } from './support/listening-central.ts';

const DAY_MS = 86_400_000;
const QUESTION = { serial: '1', guid: null };

let central: ListeningCentral;
beforeAll(async () => {
  central = await ListeningCentral.open();
});
afterAll(() => central.close());

async function command(...args: string[]): Promise<string> {
  let out = '';
  const stdout = { write: (text: string) => (out += text) };
  await kioskCommand(central.world.central, args, { stdout, stderr: stdout });
  return out;
}

describe('a kiosk', () => {
  test('is invited with a token and enrols with nothing else', async () => {
    const printed = await command('add', 'front', '--scope', 'all');
    const token = /^token +(\S+)$/m.exec(printed)![1]!;
    const fingerprint = /^fingerprint +([0-9a-f]{64})$/m.exec(printed)![1]!;
    expect(printed).toMatch(/recard kiosk enrol https:\S+ --token -/);
    const identityFile = central.identityFile('front');
    expect(await enrol({ url: central.url, token, identityFile, replaces: false })).toMatchObject({
      kioskName: 'front',
    });
    expect(statSync(identityFile).mode & 0o777).toBe(0o600);
    const { authorityPem, certificatePem } = readIdentity(identityFile);
    const authority = new X509Certificate(authorityPem);
    expect(authority.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
    expect(new X509Certificate(certificatePem).verify(authority.publicKey)).toBe(true);
    expect(await command('list')).toMatch(
      /^front {2}enrolled {2}.*certificate until \d{4}-\d\d-\d\d {2}all$/m,
    );
    await command('revoke', 'front');
    expect(JSON.parse(await command('list', '--json'))).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'front', state: 'revoked' })]),
    );
    await expect(command('revoke', 'front')).rejects.toThrow('is shut out already');
  });

  test('is not invited without the groups that it serves', async () => {
    await expect(command('add', 'nowhere')).rejects.toThrow('with --scope; there are all');
    await expect(command('add', 'nowhere', '--scope', 'sales')).rejects.toThrow('there is no group sales');
    await expect(command('revoke', 'nowhere')).rejects.toThrow('there is no kiosk nowhere');
  });

  test('that is enrolled already stays so, and says how to enrol it anew', async () => {
    const { address } = await central.kiosk('stays');
    const before = readFileSync(address.identityFile, 'utf8');
    const token = await inviteForTest(central.world.central, 'stays');
    await expect(enrol({ ...address, token, replaces: false })).rejects.toThrow('say --replace');
    expect(readFileSync(address.identityFile, 'utf8')).toBe(before);
    await enrol({ ...address, token, replaces: true });
    expect(readFileSync(address.identityFile, 'utf8')).not.toBe(before);
  });

  test.each([
    ['a token that is none', 'copy all of the line', async () => ({ token: 'x' })],
    [
      'an address where nobody is',
      'cannot be reached: ECONNREFUSED',
      async () => ({ url: 'https://127.0.0.1:9' }),
    ],
    [
      'a name that central’s certificate does not have',
      'start it with --name',
      async () => ({ url: central.url.replace('127.0.0.1', '[::ffff:127.0.0.1]') }),
    ],
  ])('with %s is told what to do', async (_what, said, wrong) => {
    const token = await inviteForTest(central.world.central, 'unlucky');
    const identityFile = central.identityFile('unlucky');
    const enrolled = enrol({ url: central.url, token, identityFile, replaces: false, ...(await wrong()) });
    await expect(enrolled).rejects.toThrow(said);
    expect(existsSync(identityFile)).toBe(false);
  });

  test('with a key that was certified before is refused', async () => {
    const { request } = await makeNewKey('again');
    const ask = async () => {
      const secret = (await inviteForTest(central.world.central, 'again')).split('.')[1]!;
      const body = JSON.stringify({ secret, request: Buffer.from(request).toString('base64') });
      return central.ask('/v1/kiosks/enrol', {}, body);
    };
    expect(await ask()).toMatchObject({ status: 200 });
    expect(await ask()).toMatchObject({ status: 403, code: 'SE-01-certification-request' });
  });
});

describe('a certificate', () => {
  const renewalOf = ({ address }: EnrolledKiosk, days: number) =>
    new IdentityRenewal({
      ...{ address, pause: realPause, log: pino({ level: 'silent' }) },
      now: () => new Date(Date.now() + days * DAY_MS),
    });
  const serialOf = ({ address }: EnrolledKiosk) => readIdentity(address.identityFile).certificateSerial;

  async function endOf(serial: string): Promise<Date | null> {
    const { database } = central.world.central;
    const found = await database
      .select()
      .from(kioskCertificates)
      .where(eq(kioskCertificates.serialNumber, serial));
    return found[0]!.revokedAt;
  }

  test('is renewed by itself after two thirds of its life, over a new key; the old one ends in an hour', async () => {
    const kiosk = await central.kiosk('lasting');
    const before = readIdentity(kiosk.address.identityFile);
    const early = renewalOf(kiosk, 55);
    expect(await early.look()).toBe('fresh');
    await early.close();
    const renewal = renewalOf(kiosk, 61);
    expect(await renewal.look()).toBe('renewed');
    await renewal.close();
    const after = readIdentity(kiosk.address.identityFile);
    expect(after.certificateSerial).not.toBe(before.certificateSerial);
    expect(after.privateKeyPem).not.toBe(before.privateKeyPem);
    expect(after.kioskId).toBe(before.kioskId);
    expect(statSync(kiosk.address.identityFile).mode & 0o777).toBe(0o600);
    const left = (await endOf(before.certificateSerial))!.getTime() - Date.now();
    expect(left).toBeGreaterThan(50 * 60_000);
    expect(left).toBeLessThan(61 * 60_000);
    // The program that runs goes on with the new one.
    expect(await kiosk.client.lookup(QUESTION)).toMatchObject({ kind: 'ok' });
    expect(await endOf(after.certificateSerial)).toBeNull();
  });

  test('that was issued and not yet used when the power went is taken up after it', async () => {
    const kiosk = await central.kiosk('powerless');
    const { identityFile } = kiosk.address;
    const old = readFileSync(identityFile, 'utf8');
    const renewal = renewalOf(kiosk, 61);
    await renewal.look();
    await renewal.close();
    renameSync(identityFile, `${identityFile}.next`);
    writeFileSync(identityFile, old, { mode: 0o600 });
    const afterwards = renewalOf(kiosk, 0);
    expect(await afterwards.look()).toBe('renewed');
    await afterwards.close();
    expect(readFileSync(identityFile, 'utf8')).not.toBe(old);
    expect(existsSync(`${identityFile}.next`)).toBe(false);
  });

  test('that central does not know is dropped, and the old one stays', async () => {
    const kiosk = await central.kiosk('doubtful');
    const serial = serialOf(kiosk);
    const [other, next] = [await central.kiosk('lent'), `${kiosk.address.identityFile}.next`];
    writeFileSync(next, readFileSync(other.address.identityFile), { mode: 0o600 });
    await command('revoke', 'lent');
    const renewal = renewalOf(kiosk, 0);
    expect(await renewal.look()).toBe('failed');
    expect(existsSync(next)).toBe(false);
    expect(await renewal.look()).toBe('fresh');
    await renewal.close();
    expect(serialOf(kiosk)).toBe(serial);
  });

  test('is seen anew by whoever keeps its file', async () => {
    const kiosk = await central.kiosk('watched');
    const file = new IdentityFile(kiosk.address.identityFile);
    const first = file.current();
    expect(file.current()).toBe(first);
    const renewal = renewalOf(kiosk, 61);
    await renewal.look();
    await renewal.close();
    expect(file.current().certificateSerial).not.toBe(first.certificateSerial);
  });

  test('of central itself is renewed before it ends, without anybody being cut off', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let days = 0;
    const { authority } = central.world.central;
    const now = () => new Date(Date.now() + days * DAY_MS);
    const certificate = await makeServerCertificate({ authority, now }, ['x.example']);
    const server = createServer({ ...certificate.context });
    const stop = certificate.keepFresh(server, pino({ level: 'silent' }));
    try {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const look = async () => {
        const { port } = server.address() as AddressInfo;
        const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
        await once(socket, 'secureConnect');
        const { serialNumber } = socket.getPeerX509Certificate()!;
        return { socket, serialNumber };
      };
      const first = await look();
      vi.advanceTimersByTime(3_600_000);
      const second = await look();
      expect(second.serialNumber).toBe(first.serialNumber);
      days = 25;
      vi.advanceTimersByTime(3_600_000);
      await vi.waitFor(async () => {
        const { socket, serialNumber } = await look();
        socket.destroy();
        expect(serialNumber).not.toBe(first.serialNumber);
      }, SOON);
      expect(first.socket.destroyed).toBe(false);
      for (const { socket } of [first, second]) socket.destroy();
    } finally {
      stop();
      server.close();
      vi.useRealTimers();
    }
  });
});
