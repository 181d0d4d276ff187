import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { writeTestIdentity } from '../support/test-line.ts';

const RECARD = join(import.meta.dirname, '..', '..', 'src', 'recard.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-kiosk-command-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Until it has ended by itself. */
async function recard(...args: readonly string[]) {
  // A socket that is not there: the readers of this machine are somebody else's.
  const env = { ...process.env, PCSCLITE_CSOCK_NAME: join(folder, 'no-pcscd') };
  const child = spawn(process.execPath, [RECARD, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, status: child.exitCode };
}

describe('the command of the kiosk', () => {
  test('ends where the machine is not enrolled, and says how to enrol it', async () => {
    const configuration = join(folder, 'kiosk.toml');
    const lines = ['name = "Lobby"', 'central_url = "https://central.example:8443"'];
    writeFileSync(configuration, `${lines.join('\n')}\nstate_folder = "state"\nlog_file = "kiosk.log"\n`);
    const { err, status } = await recard('kiosk', '--config', configuration);
    const line = `recard kiosk enrol https://central.example:8443 --token - --config ${configuration}`;
    expect(err).toContain(`enrol this kiosk with: ${line}\n`);
    expect(status).toBe(1);
  });

  test('draws nothing into a pipe, and says what it needs', async () => {
    const configuration = join(folder, 'kiosk.toml');
    const lines = ['name = "Lobby"', 'central_url = "https://central.example:8443"'];
    writeFileSync(configuration, `${lines.join('\n')}\nstate_folder = "state"\nlog_file = "kiosk.log"\n`);
    mkdirSync(join(folder, 'state'));
    await writeTestIdentity(identityPath(join(folder, 'state')));
    const { out, err, status } = await recard('kiosk', '--config', configuration);
    expect(err).toContain('start kiosk: its input and output are no terminal; start it at a console');
    expect(out).toBe('');
    expect(status).toBe(1);
  });

  test.each([
    [['frob'], 'recard: there is no command frob'],
    [['kiosk', '--lang', 'de'], 'recard: there is no option --lang; see: recard kiosk --help'],
    [['kiosk', 'enrol', 'http://central.example:8443', '--token', '-'], 'it begins with https://'],
    [['kiosk', 'enrol', 'https://central.example:8443'], 'there is no token: say --token -'],
    [['card', 'insert', 'good', '--reader', '5'], 'recard: card: there is no reader 5; there are 0 and 1'],
  ])('says last what is wrong with %j', async (args, mistake) => {
    const { err, status } = await recard(...args);
    expect(err.trimEnd().split('\n').at(-1)).toContain(mistake);
    expect(status).toBe(2);
  });

  test('writes the drop-in of a kiosk that is enrolled, without a token, and of no other', async () => {
    const [state, dropIn] = [join(folder, 'state'), join(folder, 'kiosk.service.d', 'central.conf')];
    const words = ['kiosk', 'enrol', 'https://127.0.0.1:8443', '--drop-in', dropIn, '--state', state];
    expect(await recard(...words)).toMatchObject({
      status: 1,
      err: expect.stringContaining('enrol this kiosk with'),
    });
    expect(existsSync(dropIn)).toBe(false);
    mkdirSync(state);
    await writeTestIdentity(identityPath(state));
    const { out, status } = await recard(...words);
    expect(out).toContain('then: systemctl daemon-reload');
    expect(readFileSync(dropIn, 'utf8')).toMatch(/^IPAddressAllow=127\.0\.0\.1( |$)/m);
    expect(status).toBe(0);
  });

  test('says of which version it is', async () => {
    const { out, status } = await recard('--version');
    expect(out).toMatch(/^recard \d+\.\d+\.\d+ \(Node 24\.\d+\.\d+\)\n$/);
    expect(status).toBe(0);
  });

  test.each([
    [['kiosk', '--help'], 'usage: recard kiosk [--config FILE]'],
    [['kiosk', 'enrol', '--help'], 'usage: recard kiosk enrol URL'],
    [['demo', '--help'], 'usage: recard demo'],
  ])('says how %j is used', async (args, usage) => {
    const { out, status } = await recard(...args);
    expect(out).toContain(usage);
    expect(status).toBe(0);
  });
});
