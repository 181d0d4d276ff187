/** SE-01, SE-07: what people try against a central that listens, and what comes of it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { eq } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { copyScopes } from '../../db/central/copy-schema.ts';
import { kioskCertificates, kiosks } from '../../db/central/schema.ts';
import type { KioskAuthority } from '../../src/central/authority/kiosk-authority.ts';
import { revokeKiosk } from '../../src/central/enrolment/revoke.ts';
import { Refusals } from '../../src/central/line/refusals.ts';
import { changeKiosk } from '../../src/central/repositories/kiosk-register.ts';
import { CentralConnection } from '../../src/kiosk/central-connection.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { type KioskIdentity, readIdentity } from '../../src/kiosk/identity.ts';
import { makeNewKey } from '../../src/kiosk/new-identity.ts';
import { parseToken } from '../../src/protocol/enrolment.ts';
import { ownTime } from '../support/own-time.ts';
import { SOON } from '../support/soon.ts';
import { found, writeTestIdentity } from '../support/test-line.ts';
import { inviteForTest } from './support/invite-for-test.ts';
import {
  type EnrolledKiosk,
  ListeningCentral,
  listenTo,
  shows,
  whenClosed,
} from './support/listening-central.ts';
import { OperationRun } from './support/operation-run.ts';

const DAY_MS = 86_400_000;
const PATH = '/v1/cards/lookup';
const QUESTION = '{"serial":"1","guid":null}';
const POST = `POST ${PATH} HTTP/1.1\r\nhost: central\r\ncontent-type: application/json\r\n`;

let central: ListeningCentral;
let lobby: EnrolledKiosk;
let slow: ReturnType<typeof startSlowOnes>;
beforeAll(async () => {
  central = await ListeningCentral.open();
  lobby = await central.kiosk('lobby');
  slow = startSlowOnes();
});
afterAll(() => central.close());

/** An answer to a stranger says what is wrong, and nothing of central. */
function expectNothingLeaked(text: string): void {
  const body = text.slice(text.indexOf('\r\n\r\n'));
  for (const inside of [central.world.stateDir, 'node_modules', '    at ', '.ts:', 'select ', 'postgres']) {
    expect(text).not.toContain(inside);
  }
  expect(body).not.toMatch(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/);
  expect(text).not.toMatch(/^(server|x-powered-by):/im);
}

/** An identity that nobody at central has asked for. */
async function makeIdentity(issuer: KioskAuthority, at = new Date()): Promise<KioskIdentity> {
  const path = central.identityFile(randomUUID());
  await writeTestIdentity(path, issuer, at);
  return readIdentity(path);
}

/** The same, in central's own record. */
async function recordedIdentity(at: Date): Promise<KioskIdentity> {
  const identity = await makeIdentity(central.world.central.authority.kioskAuthority, at);
  const { certificateSerial: serialNumber, notBefore, notAfter } = identity;
  const [kiosk] = await central.world.central.database.select().from(kiosks).where(eq(kiosks.name, 'lobby'));
  const row = {
    serialNumber,
    kioskId: kiosk!.id,
    publicKey: new Uint8Array(randomBytes(91)),
    notBefore,
    notAfter,
  };
  await central.world.central.database.insert(kioskCertificates).values({ ...row, revokedAt: null });
  return identity;
}

async function revokedKiosk(): Promise<ConnectionOptions> {
  const { identity } = await central.kiosk('sold');
  await revokeKiosk(central.world.central, 'sold', 'test');
  return shows(identity);
}

async function replacedMachine(): Promise<ConnectionOptions> {
  const { identity } = await central.kiosk('desk');
  const token = await inviteForTest(central.world.central, 'desk');
  await enrol({ url: central.url, token, identityFile: central.identityFile('desk-2'), replaces: false });
  return shows(identity);
}

async function serverCertificate(): Promise<ConnectionOptions> {
  const { kioskAuthority } = central.world.central.authority;
  const { key, certificates: cert } = await kioskAuthority.issueServer(['x.example'], new Date());
  return { key, cert };
}

describe('whoever comes with', () => {
  test.each<[string, string, () => Promise<ConnectionOptions>]>([
    ['no certificate', 'SE-01-no-certificate', async () => ({})],
    [
      'one of another authority',
      'SE-01-foreign-certificate',
      async () => shows(await makeIdentity(await found())),
    ],
    ['one that central’s server has', 'SE-01-foreign-certificate', serverCertificate],
    [
      'one that has run out',
      'SE-01-certificate-expired',
      async () => shows(await recordedIdentity(new Date(Date.now() - 100 * DAY_MS))),
    ],
    [
      'one that is not good yet',
      'SE-01-certificate-expired',
      async () => shows(await recordedIdentity(new Date(Date.now() + 100 * DAY_MS))),
    ],
    [
      'one of central’s authority that central has no record of',
      'SE-01-not-a-kiosk',
      async () => shows(await makeIdentity(central.world.central.authority.kioskAuthority)),
    ],
    ['that of a kiosk that was shut out', 'SE-01-kiosk-revoked', revokedKiosk],
    ['that of a machine that another one has replaced', 'SE-01-kiosk-revoked', replacedMachine],
  ])('%s is refused everything, with a code, in log and audit', async (_what, code, certificate) => {
    const options = await certificate();
    for (const path of [PATH, '/v1/kiosks/renew', `/v1/operations/${randomUUID()}/complete`]) {
      const answer = await central.ask(path, options, QUESTION);
      expect([answer.status, answer.code]).toEqual([401, code]);
      expectNothingLeaked(answer.text);
    }
    const wait = '/v1/scopes/mine/log?wait=25&since=00000000-0000-4000-8000-000000000000.0';
    expect(await central.ask(wait, options)).toMatchObject({ status: 401, code });
    const told = `"code":"${code}"`;
    await vi.waitFor(
      async () => expect(String(await central.audited('caller.refused'))).toContain(told),
      SOON,
    );
    expect(central.log.join('')).toContain(told);
  });

  test('a good one is answered', async () => {
    expect(await central.ask(PATH, shows(lobby.identity), QUESTION)).toMatchObject({ status: 200 });
  });

  test('TLS 1.2 does not come to a conversation', async () => {
    const options = { ...shows(lobby.identity), maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' } as const;
    const socket = connect({ host: '127.0.0.1', port: central.port, rejectUnauthorized: false, ...options });
    const [error] = await once(socket, 'error');
    expect((error as NodeJS.ErrnoException).code).toMatch(/PROTOCOL_VERSION/);
    await vi.waitFor(() => expect(central.log.join('')).toContain('SE-01-no-tls'), SOON);
  });

  test('plain HTTP at the kiosks’ port hears nothing', async () => {
    const asked = request({ host: '127.0.0.1', port: central.port, path: '/health' }).end();
    const [error] = await once(asked, 'error');
    expect((error as NodeJS.ErrnoException).code).toBe('ECONNRESET');
  });

  test('the same wrong thing a thousand times is told of once, and with a number', async () => {
    // Others are refused meanwhile, for other things.
    const ofThis = (told: readonly string[]) =>
      told.filter((one) => one.includes('SE-01-no-certificate')).length;
    const entries = ofThis(await central.audited('caller.refused'));
    const lines = ofThis(central.log);
    for (let i = 0; i < 30; i += 1) await central.ask(PATH, {}, QUESTION);
    expect(ofThis(await central.audited('caller.refused')) - entries).toBeLessThanOrEqual(1);
    expect(ofThis(central.log) - lines).toBeLessThanOrEqual(1);
  });
});

describe('what is told of strangers', () => {
  test('leaves room for what is told of kiosks, however many strangers come', async () => {
    const { central: told } = central.world;
    const refusals = new Refusals(told, pino({ level: 'silent' }));
    for (let i = 0; i < 200; i += 1) refusals.note({ code: 'SE-01-no-tls', address: `192.0.2.${i}` });
    refusals.note({
      code: 'SE-01-kiosk-revoked',
      address: '192.0.2.1',
      serialNumber: 'ab',
      kioskName: 'sold-2',
    });
    const entries = async () => {
      const all = await central.audited('caller.refused');
      const of = all.filter((entry) => entry.includes('192.0.2.'));
      expect(of).toHaveLength(61);
      return of;
    };
    const of = await vi.waitFor(entries, SOON);
    expect(of.find((entry) => entry.includes('sold-2'))).toContain('"untold":0');
  });
});

describe('a token', () => {
  const enrolWith = (token: string, identityFile = central.identityFile(randomUUID())) =>
    enrol({ url: central.url, token, identityFile, replaces: false });

  test('is good once', async () => {
    const token = await inviteForTest(central.world.central, 'once');
    await enrolWith(token);
    await expect(enrolWith(token)).rejects.toMatchObject({ code: 'SE-01-token-used' });
    await vi.waitFor(
      async () => expect(String(await central.audited('caller.refused'))).toContain('SE-01-token-used'),
      SOON,
    );
  });

  test('is good once, for two who come at the same time too', async () => {
    const token = await inviteForTest(central.world.central, 'twice');
    const came = await Promise.allSettled([enrolWith(token), enrolWith(token)]);
    expect(came.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is good for a day', async () => {
    const token = await inviteForTest(central.world.central, 'late');
    const { database } = central.world.central;
    const [row] = await database.select().from(kiosks).where(eq(kiosks.name, 'late'));
    await changeKiosk(database, row!.id, { tokenExpiresAt: new Date(Date.now() - 1) });
    await expect(enrolWith(token)).rejects.toMatchObject({ code: 'SE-01-token-expired' });
  });

  test('of a kiosk that was shut out meanwhile is worth nothing', async () => {
    const token = await inviteForTest(central.world.central, 'unwanted');
    await revokeKiosk(central.world.central, 'unwanted', 'test');
    await expect(enrolWith(token)).rejects.toMatchObject({ code: 'SE-01-token-unknown' });
  });

  test('is said to no server but the one that it is for', async () => {
    const token = await inviteForTest(central.world.central, 'fooled');
    const { secret } = parseToken(token)!;
    const other = `${Buffer.from(randomBytes(16)).toString('base64url')}.${secret}`;
    await expect(enrolWith(other)).rejects.toThrow('is not the central that this token is for');
    await enrolWith(token);
    const everything = central.log.join('') + String(await central.audited('kiosk.'));
    for (const hidden of [token, secret]) expect(everything).not.toContain(hidden);
  });

  test('cannot be guessed: an address has twenty tries in a minute', async () => {
    const codes = new Set<string>();
    for (let i = 0; i < 30; i += 1) {
      const body = JSON.stringify({ secret: randomBytes(20).toString('base64url'), request: 'AAAA' });
      const answer = await central.ask('/v1/kiosks/enrol', elsewhere(), body);
      codes.add(`${answer.status} ${answer.code}`);
      expectNothingLeaked(answer.text);
    }
    expect([...codes]).toEqual(expect.arrayContaining(['429 SE-07-too-many-tries']));
    expect([...codes].filter((code) => !/^(403 SE-01-token-unknown|429)/.test(code))).toEqual([]);
  });

  test('that is good is taken also from an address that has had its tries: kiosks may come by one balancer', async () => {
    const { secret } = parseToken(await inviteForTest(central.world.central, 'behind-a-balancer'))!;
    const guess = JSON.stringify({ secret: randomBytes(20).toString('base64url'), request: 'AAAA' });
    for (let i = 0; i < 25; i += 1) await central.ask('/v1/kiosks/enrol', elsewhere(), guess);
    const { request } = await makeNewKey('kiosk');
    const body = JSON.stringify({ secret, request: Buffer.from(request).toString('base64') });
    expect(await central.ask('/v1/kiosks/enrol', elsewhere(), body)).toMatchObject({ status: 200 });
  });
});

describe('a kiosk that asks for what is another’s', () => {
  test('does not get on with its operation', async () => {
    const issued = await central.world.issueCard();
    const run = await OperationRun.begin(central.world.kiosk, issued);
    const steps: [string, object][] = [
      ['witness', { version: 0, algorithm: 'AES-192', witness: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
      ['intents', { secret: 'puk' }],
      ['complete', { proofs: [], readBack: [], leftoverKeys: [], unwritableObjects: [] }],
      ['cancel', {}],
    ];
    for (const [step, body] of steps) {
      const path = `/v1/operations/${run.id}/${step}`;
      const answer = await central.ask(path, shows(lobby.identity), JSON.stringify(body));
      expect([step, answer.status, answer.code]).toEqual([step, 409, 'RP-17-elsewhere']);
      expectNothingLeaked(answer.text);
    }
  });

  test('does not get on with its proof', async () => {
    const issued = await central.world.issueCard();
    const { proofId } = await central.world.kiosk.ask(issued.card.id);
    const body = JSON.stringify({ slot: '9A', signature: 'AAAA' });
    const path = `/v1/proofs/${proofId}/answer`;
    const answer = await central.ask(path, shows(lobby.identity), body);
    const ofNobody = await central.ask(`/v1/proofs/${randomUUID()}/answer`, shows(lobby.identity), body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    // It cannot even find out whether there is such a proof.
    expect([answer.status, answer.code]).toEqual([ofNobody.status, ofNobody.code]);
    expectNothingLeaked(answer.text);
  });

  test('does not get its copy', async () => {
    const scope = { id: randomUUID(), name: 'elsewhere', epoch: randomUUID(), revision: 0, prunedTo: 0 };
    await central.world.central.database.insert(copyScopes).values(scope);
    for (const path of [
      `/v1/scopes/${scope.id}/log?since=${scope.epoch}.0`,
      `/v1/scopes/${scope.id}/snapshot?schema=1`,
    ]) {
      const answer = await central.ask(path, shows(lobby.identity));
      expect([answer.status, answer.code]).toEqual([403, 'SY-01-not-your-scope']);
      expectNothingLeaked(answer.text);
    }
  });
});

/** Another address of this machine: tries to enrol are counted by address. */
const elsewhere = () => ({ localAddress: '127.0.0.2' }) as ConnectionOptions;

describe('too much of something', () => {
  const HUNDRED_MB = 100 * 1024 * 1024;

  test.each<[string, string, () => ConnectionOptions, string]>([
    ['from a stranger', '/v1/kiosks/enrol', elsewhere, 'announced'],
    ['from a stranger, unannounced', '/v1/kiosks/enrol', elsewhere, 'chunked'],
    ['from a stranger to a kiosk’s route', '/v1/events', () => ({}), 'announced'],
    ['from a kiosk', '/v1/events', () => shows(lobby.identity), 'announced'],
    ['from a kiosk, unannounced', '/v1/events', () => shows(lobby.identity), 'chunked'],
  ])('a body of 100 MB %s is not even read', async (_what, path, certificate, how) => {
    const socket = await central.connect(certificate());
    const isChunked = how === 'chunked';
    const length = isChunked ? 'transfer-encoding: chunked' : `content-length: ${HUNDRED_MB}`;
    const before = process.memoryUsage();
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    const closed = whenClosed(socket);
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: central\r\ncontent-type: application/json\r\n${length}\r\n\r\n`,
    );
    const piece = Buffer.alloc(64 * 1024, 'x');
    while (!socket.destroyed && socket.bytesWritten < HUNDRED_MB) {
      if (isChunked) socket.write(`${piece.length.toString(16)}\r\n`);
      const isFlushed = socket.write(isChunked ? Buffer.concat([piece, Buffer.from('\r\n')]) : piece);
      if (!isFlushed) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
    }
    await closed;
    expect(socket.bytesWritten).toBeLessThan(10 * 1024 * 1024);
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    expect(arrayBuffers - before.arrayBuffers).toBeLessThan(16 * 1024 * 1024);
    expect(heapUsed - before.heapUsed).toBeLessThan(64 * 1024 * 1024);
    // Who still sends while the connection ends may miss the answer.
    if (text !== '') expect(text).toMatch(/^HTTP\/1.1 4(01|13|29)[\s\S]*"code":"SE-0/);
    expectNothingLeaked(text);
  });

  test('headers that are too long end the connection', async () => {
    const heard = await central.say(`${POST}x: ${'y'.repeat(64 * 1024)}\r\n\r\n`);
    expect(heard.hasEnded).toBe(true);
    expectNothingLeaked(heard.text);
  });

  test('asking on and on without waiting for an answer ends the connection', async () => {
    const hasty = await central.kiosk('hasty');
    const ask = `${POST}content-length: ${QUESTION.length}\r\n\r\n${QUESTION}`;
    const { text, hasEnded } = await central.say(ask.repeat(500), shows(hasty.identity));
    expect(hasEnded).toBe(true);
    expect(text.split('HTTP/1.1 200').length).toBeLessThan(20);
    expect(await hasty.client.lookup({ serial: '1', guid: null })).toMatchObject({ kind: 'ok' });
  });

  test('a stranger does not keep the connection', async () => {
    const { text, hasEnded } = await central.say('GET /v1/scopes/mine/log HTTP/1.1\r\nhost: central\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1.1 401/);
    expect(hasEnded).toBe(true);
  });

  test('more connections than a kiosk ever needs are refused it', async () => {
    const busy = await central.kiosk('busy');
    const ask = `${POST}content-length: ${QUESTION.length}\r\n\r\n${QUESTION}`;
    const open: TLSSocket[] = [];
    const answers: string[] = [];
    // One that has asked nothing ends by itself before long.
    for (let i = 0; i < 72; i += 1) {
      const socket = await central.connect(shows(busy.identity));
      open.push(socket.on('error', () => {}));
      socket.write(ask);
      answers.push(String((await once(socket, 'data'))[0]));
    }
    expect(answers.filter((answer) => answer.includes('SE-07-too-many-connections'))).toHaveLength(8);
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 200'))).toHaveLength(64);
    for (const socket of open) socket.destroy();
    expect(await central.ask(PATH, shows(lobby.identity), QUESTION)).toMatchObject({ status: 200 });
  });
});

/** They take as long as central lets them: begun at the start, looked at in the end. */
function startSlowOnes() {
  const drip = async (head: string, drop: string) => {
    const elapsedMs = ownTime();
    const socket = await central.connect(shows(lobby.identity));
    const timer = setInterval(() => void (socket.writable && socket.write(drop)), 300);
    const heard = await listenTo(socket, head, 40_000);
    clearInterval(timer);
    return { ...heard, ms: elapsedMs() };
  };
  const silentTcp = async () => {
    const elapsedMs = ownTime();
    const socket = connectTcp(central.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    await whenClosed(socket);
    return { text: '', hasEnded: true, ms: elapsedMs() };
  };
  return Promise.all([
    drip(`POST ${PATH} HTTP/1.1\r\nhost: central\r\n`, 'x: y\r\n'),
    drip(`${POST}content-length: 1000\r\n\r\n`, ' '),
    drip('', ''),
    silentTcp(),
  ]);
}

describe('what is no HTTP', () => {
  const garbage = () => `${randomBytes(2000).toString('latin1')}\r\n\r\n`;
  const smuggled = `GET /v1/scopes/mine/log?wait=0 HTTP/1.1\r\nhost: central\r\n\r\n`;
  test.each<[string, () => string]>([
    ['garbage', garbage],
    ['garbage after a method', () => `POST ${garbage()}`],
    ['two lengths', () => `${POST}content-length: 0\r\ncontent-length: 60\r\n\r\n${smuggled}`],
    [
      'a length and chunks',
      () => `${POST}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['chunks by two names', () => `${POST}transfer-encoding: chunked, x\r\n\r\n0\r\n\r\n${smuggled}`],
    [
      'a header that goes on in the next line',
      () => `${POST}x: y\r\n z: 0\r\ncontent-length: -1\r\n\r\n${smuggled}`,
    ],
    ['a space before the colon', () => `${POST}content-length : 60\r\n\r\n${smuggled}`],
  ])('(%s) is answered once and ends the connection', async (_what, bytes) => {
    const heard = await central.say(bytes(), shows(lobby.identity));
    expect(heard.hasEnded).toBe(true);
    expect(heard.text.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1);
    if (heard.text !== '') expect(heard.text).toMatch(/^HTTP\/1\.1 400 [\s\S]*SE-07-bad-request/);
    expectNothingLeaked(heard.text);
  });
});

describe('a kiosk that is shut out', () => {
  /** Waits at central for something new. */
  async function wait(kiosk: EnrolledKiosk): Promise<{ readonly ended: Promise<'cut' | 'whole'> }> {
    const { database } = central.world.central;
    const [scope] = await database.select().from(copyScopes).where(eq(copyScopes.name, 'all'));
    const connection = new CentralConnection(kiosk.address);
    const since = `${scope!.epoch}.${scope!.revision}`;
    const path = `/scopes/mine/log?wait=25&since=${since}`;
    const answer = await connection.stream({ method: 'GET', path, silenceMs: 30_000 });
    if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
    const { body } = answer.value;
    const ended = new Promise<'cut' | 'whole'>((resolve) => {
      body.once('error', () => resolve('cut'));
      body.once('end', () => resolve('whole'));
      body.resume();
    });
    return { ended: ended.finally(() => connection.close()) };
  }

  test('while it waits is cut within a second, told why, and does not come again and again', async () => {
    const kiosk = await central.kiosk('stolen');
    expect(await kiosk.client.lookup({ serial: '1', guid: null })).toMatchObject({ kind: 'ok' });
    const { ended } = await wait(kiosk);
    const idle = await central.connect(shows(kiosk.identity));
    const lines = listenTo(idle, `${POST}content-length: ${QUESTION.length}\r\n\r\n${QUESTION}`, 20_000);
    await once(idle, 'data');
    const elapsedMs = ownTime();
    await revokeKiosk(central.world.central, 'stolen', 'test');
    expect(await ended).toBe('cut');
    expect((await lines).hasEnded).toBe(true);
    expect(elapsedMs()).toBeLessThan(1000);
    const refused = { kind: 'refused', code: 'SE-01-kiosk-revoked' };
    expect(await kiosk.client.lookup({ serial: '1', guid: null })).toMatchObject(refused);
    const ofThis = () => central.log.filter((line) => /SE-01-kiosk-revoked|stolen/.test(line));
    const told = ofThis();
    for (let i = 0; i < 20; i += 1) {
      expect(await kiosk.client.lookup({ serial: '1', guid: null })).toMatchObject(refused);
    }
    expect(ofThis()).toEqual(told);
    expect(String(await central.audited('kiosk.revoked'))).toContain('stolen');
  });

  test('is cut within a second though no notification comes', async () => {
    const kiosk = await central.kiosk('quiet');
    const { ended } = await wait(kiosk);
    const elapsedMs = ownTime();
    const { database } = central.world.central;
    await database.update(kiosks).set({ revokedAt: new Date() }).where(eq(kiosks.name, 'quiet'));
    expect(await ended).toBe('cut');
    expect(elapsedMs()).toBeLessThan(1000);
  });

  test('is back once it was invited and has enrolled again', async () => {
    const token = await inviteForTest(central.world.central, 'stolen');
    const identityFile = central.identityFile('found-again');
    await enrol({ url: central.url, token, identityFile, replaces: false });
    expect(await central.ask(PATH, shows(readIdentity(identityFile)), QUESTION)).toMatchObject({
      status: 200,
    });
  });
});

test('whoever is slow on purpose is hung up on, and holds nobody up', async () => {
  expect(await central.ask(PATH, shows(lobby.identity), QUESTION)).toMatchObject({ status: 200 });
  for (const { hasEnded, text, ms } of await slow) {
    expect(hasEnded).toBe(true);
    expect(ms).toBeLessThan(30_000);
    if (text !== '') expect(text).toMatch(/^HTTP\/1\.1 4(00|08) [\s\S]*SE-07/);
    expectNothingLeaked(text);
  }
});
