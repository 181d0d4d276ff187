import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clusterUrl, prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { centralCommand } from '../../src/central/command/central-command.ts';
import { startCentral } from '../../src/central/server.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { SOON } from '../support/soon.ts';

/** Longer than the path of a unix socket may be. */
const LONG = 'x'.repeat(110);
const RECARD = join(import.meta.dirname, '..', '..', 'src', 'recard.ts');

let home: string;
const started: ChildProcess[] = [];

beforeAll(() => {
  home = join(mkdtempSync(join(tmpdir(), 'recard-server-')), LONG);
  mkdirSync(join(home, 'central'), { recursive: true });
});
afterAll(async () => {
  for (const child of started.filter(
    ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
  )) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(join(home, '..'), { recursive: true, force: true });
});

async function start() {
  const child = spawn(
    process.execPath,
    [RECARD, 'central', 'start', '--log', join(home, 'central', 'central.log')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DATABASE_URL: undefined, RECARD_HOME: home },
    },
  );
  started.push(child);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('central has ended')));
  ended.catch(() => {});
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string];
  return { child, url: line };
}

async function command(...args: string[]): Promise<{ exit: number; out: string; error: string }> {
  const text = { out: '', error: '' };
  const stdout = { write: (more: string) => (text.out += more) };
  const stderr = { write: (more: string) => (text.error += more) };
  const exit = await centralCommand(args, home, { stdout, stderr });
  return { exit, ...text };
}

describe('central with a database of its own', () => {
  test('ends at once although somebody has connected and says nothing', async () => {
    const { child, url } = await start();
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    silent.on('error', () => {});
    await once(silent, 'connect');
    const at = Date.now();
    child.kill('SIGTERM');
    await once(child, 'exit');
    silent.destroy();
    // It would wait for half a minute and more.
    expect(Date.now() - at).toBeLessThan(15_000);
  });

  test('keeps its records and its address when it is killed, and starts again', async () => {
    const first = await start();
    const invite = async () => (await command('kiosk', 'add', 'front-desk', '--scope', 'all')).out;
    const replaced = await invite();
    const token = /^token +(\S+)$/m.exec(await invite())![1]!;
    const identityFile = identityPath(join(home, 'kiosk'));
    const into = { url: first.url, identityFile, replaces: false };
    const old = /^token +(\S+)$/m.exec(replaced)![1]!;
    await expect(enrol({ ...into, token: old })).rejects.toMatchObject({ code: 'SE-01-token-unknown' });
    await enrol({ ...into, token });
    expect(
      (await command('person', 'set', 'anna', '--name', 'Anna', '--mail', 'anna@example.org')).exit,
    ).toBe(0);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    // No central runs: the command starts the database for as long as it takes.
    const offline = await command('audit', 'list', '--json');
    expect(JSON.parse(offline.out)).toMatchObject({ isIntact: true });

    // Two at once share the one that the first has started.
    const both = await Promise.all([command('profile', 'list'), command('profile', 'list')]);
    expect(both.map(({ exit }) => exit)).toEqual([0, 0]);

    const second = await start();
    expect(second.url).toBe(first.url);
    const client = new CentralClient({ url: second.url, identityFile });
    expect(await client.lookup({ serial: '7', guid: null })).toEqual({
      kind: 'ok',
      value: { card: null, holder: null },
    });
    await client.close();

    const options = { stateDir: join(home, 'central'), host: '127.0.0.1' as const };
    await expect(startCentral({ ...options, databaseUrl: null, port: 0 })).rejects.toThrow(
      'another central runs on',
    );

    const readLog = () => readFileSync(join(home, 'central', 'central.log'), 'utf8');
    // It is written when the answer has gone.
    await vi.waitFor(() => expect(readLog()).toContain('/v1/cards/lookup'), SOON);
    const log = readLog();
    for (const secret of [token, token.split('.')[1]!]) expect(log).not.toContain(secret);
  });

  test('answers anybody without TLS what is published, and nothing else', async () => {
    const port = readFileSync(join(home, 'central', 'port'), 'utf8').trim();
    const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    expect(await Promise.all(['/health', '/crl/issuing.crl', '/ca/issuing.cer'].map(status))).toEqual([
      200, 200, 200,
    ]);
    expect(await Promise.all(['/v1/kiosks/enrol', '/v1/cards/lookup', '/docs'].map(status))).toEqual([
      404, 404, 404,
    ]);
  });

  test('keeps its database from everybody else', async () => {
    const connectionString = clusterUrl(prepareClusterFolder(join(home, 'central')));
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query(`select current_setting('listen_addresses') as addresses,
      current_setting('fsync') as fsync, current_setting('unix_socket_permissions') as permissions`);
    await client.end();
    expect(rows).toEqual([{ addresses: '', fsync: 'on', permissions: '0700' }]);
  });
});

describe('a command', () => {
  test.each([
    [[], 'central: what?'],
    [['person', 'set'], 'person: set ID'],
    [['card', 'show', 'x', '--colour'], '--colour'],
    [['start', '--port', 'many'], 'a port is'],
  ])('that was typed wrongly says how: %j', async (args, said) => {
    const { exit, error } = await command(...args);
    expect(exit).toBe(2);
    expect(error.split('\n').at(-2)).toContain(said);
    expect(error).toMatch(/^usage:/);
  });

  test('that is none is told alone, on one screen', async () => {
    const { exit, error } = await command('frob');
    expect([exit, error.split('\n').length]).toEqual([2, 2]);
    expect(error).toMatch(/^recard: central: there is no frob; there are start, person, /);
  });

  test('that was typed wrongly is told with its own usage alone', async () => {
    const { error } = await command('card', 'cancel', 'x', '--colour');
    expect(error).toMatch(
      /^usage: recard central card cancel NAME [^\n]*\nrecard: card: there is no option --colour\n$/,
    );
  });

  test.each([
    [['card', 'show', 'nobody'], 'knows no card nobody'],
    [['ca', 'revoke', '00', '--reason', 'superseded'], 'has issued none'],
    [['ca', 'revoke', '00', '--reason', 'boredom'], 'a reason is one of'],
    [['person', 'set', 'new'], 'give --name and --mail'],
    [['person', 'set', 'anna', '--mail', 'nowhere'], 'not a mail address'],
    [['person', 'set', 'anna', '--photo', import.meta.filename], 'a photo is a JPEG'],
    [['profile', 'put', import.meta.filename], 'read profile: line'],
    [['profile', 'put', '/does/not/exist'], 'cannot be read'],
  ])('that cannot be done says why: %j', async (args, said) => {
    const { exit, error } = await command(...args);
    expect([exit, error]).toEqual([1, expect.stringContaining(said)]);
  });
});
