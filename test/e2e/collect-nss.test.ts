import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { writeCollectionToken } from '../../src/protocol/collection-token.ts';
import { openWorkbench, type Workbench } from '../pki/openssl.ts';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { formsOf, missedForms, searchFolder } from '../support/secret-search.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY, startInTerminal } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** Recovered keys into an NSS database of one's own: by the real command, from the real central (KR-08, KR-09, KR-11, SE-02). */

const MESSAGE = 'the contract is in the old folder\n';
const PASSWORD = 'Grüße 42 an alle';

const begun = Date.now();
let demo: RunningDemo;
let bench: Workbench;
let folder: string;
beforeAll(async () => {
  bench = openWorkbench();
  folder = mkdtempSync(join(tmpdir(), 'recard-collect-'));
  mkdirSync(join(folder, 'run'));
  demo = await startDemo();
  await putProfile('nss');
});
afterAll(async () => {
  await demo?.close();
  bench?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function central(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await demo.recard('central', ...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

async function json<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse(await central(...args, '--json')) as T;
}

/** The demo's profile, with another rule for where recovered keys go. */
async function putProfile(where: 'nss' | 'chosen', more = ''): Promise<void> {
  const document = readFileSync('src/demo/profiles/first/secure-mail.toml', 'utf8');
  const file = join(folder, 'profile.toml');
  writeFileSync(
    file,
    `${document.replace(/\n\[soft_certificate\][^[]*/, '\n')}\n[soft_certificate]\nwhere = "${where}"\n${more}`,
  );
  await central('profile', 'put', file);
}

/** Emma's keys, RSA and P-256, each archived and on a card of its own. */
async function ask(): Promise<string> {
  const { certificates } = await json<{ certificates: { serialNumber: string }[] }>(
    'request',
    'certificates',
    'emma',
  );
  const serials = certificates.flatMap(({ serialNumber }) => ['--certificate', serialNumber]);
  const wish = ['soft-certificate', 'emma', '--profile', 'secure-mail', ...serials];
  return (await json<{ id: string }>('request', 'new', ...wish)).id;
}

async function stateOf(id: string): Promise<string> {
  return (await json<{ state: string }>('request', 'show', id)).state;
}

/** As the helpdesk reads it out. */
async function tokenFor(id: string): Promise<{ token: string; url: string }> {
  const [token, how] = (await central('request', 'token', id)).split('\n') as [string, string];
  return { token, url: /recard collect (\S+) --nss DIR/.exec(how)![1]! };
}

/** `recard collect` with what is typed on its standard input. */
async function collect(url: string, nss: string, ...typed: readonly string[]) {
  const args = ['scripts/node.sh', 'src/recard.ts', 'collect', url, '--nss', nss];
  const env = { ...process.env, LC_ALL: 'fr_FR.UTF-8', XDG_RUNTIME_DIR: join(folder, 'run') };
  const child = spawn('bash', args, { env, stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (piece) => (said.stdout += piece));
  child.stderr.on('data', (piece) => (said.stderr += piece));
  child.stdin.end(typed.map((line) => `${line}\n`).join(''));
  const code = await new Promise<number>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

interface CardState {
  readonly objects: Record<string, string>;
  readonly keys: Record<string, { readonly pkcs8: string }>;
}

function cardState(card: string): CardState {
  return JSON.parse(readFileSync(join(demo.home, 'demo', 'cards', `${card}.json`), 'utf8')) as CardState;
}

/** A mail to the encryption certificate of a card. @returns path of the message */
async function encryptedTo(card: string): Promise<string> {
  const object = Object.entries(cardState(card).objects).find(([tag]) => /5FC10B/i.test(tag))![1];
  const der = parseCertificateObject(new Uint8Array(Buffer.from(object, 'base64')));
  const out = join(folder, `${card}.cms`);
  const to = ['-outform', 'DER', '-recip', bench.put(`${card}.der`, der)];
  const sealed = await bench.run(
    ...['cms', '-encrypt', '-binary', '-aes256', '-in', bench.put('plain', MESSAGE), '-out', out, ...to],
  );
  expect(sealed.code, sealed.output).toBe(0);
  return out;
}

function nss(database: string, tool: string, ...args: readonly string[]): string {
  const secret = bench.put('nss-password', `${PASSWORD}\n`);
  return execFileSync(tool, ['-d', `sql:${database}`, '-f', secret, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

describe('recard collect', () => {
  test('brings keys into a new NSS database that decrypts an old mail, says what came, and leaves no trace', async () => {
    const message = await encryptedTo('archived');
    const request = await ask();
    const { token, url } = await tokenFor(request);
    const database = join(folder, 'new', 'nssdb');
    const { code, stdout, stderr } = await collect(url, database, token.toLowerCase(), PASSWORD);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('2 keys are in');
    expect(stdout.match(/^ {2}.*CN=.*Emma.*, until \d{4}-\d\d-\d\d$/gm)).toHaveLength(2);
    expect(await stateOf(request)).toBe('completed');
    expect(statSync(database).mode & 0o777).toBe(0o700);
    expect(nss(database, 'certutil', '-K').match(/^< *\d> (rsa|ec) /gm)).toHaveLength(2);
    expect(nss(database, 'certutil', '-L').match(/^Emma.* u,u,u$/gm)).toHaveLength(2);
    expect(nss(database, 'cmsutil', '-D', '-i', message)).toBe(MESSAGE);

    const keys = ['archived', 'archived-ec'].map((card) => {
      const pkcs8 = Buffer.from(cardState(card).keys['9D']!.pkcs8, 'base64');
      return card === 'archived-ec' ? pkcs8.subarray(36, 68) : pkcs8.subarray(-64);
    });
    const forms = [
      ...formsOf('password', Buffer.from(PASSWORD), false),
      ...formsOf('token', Buffer.from(token), false),
      ...keys.flatMap((key) => formsOf('private key', key, false)),
    ];
    expect(readdirSync(join(folder, 'run'))).toEqual([]);
    expect(searchFolder(demo.home, forms, [join(demo.home, 'demo', 'cards')], begun)).toEqual([]);
    expect(searchFolder(folder, forms, [], begun)).toEqual([]);
    for (const said of [stdout, stderr]) expect(said).not.toMatch(new RegExp(`${token}|${PASSWORD}`, 'i'));
    expect(missedForms(forms, join(demo.home, 'scratch'))).toEqual([]);

    const again = await demo.recard('central', 'request', 'token', request);
    expect(again.stderr).toContain('KR-02-collected');
  });

  test('asks on a terminal without showing what is typed, and adds to a database that has no password', async () => {
    const database = join(folder, 'open');
    mkdirSync(database);
    execFileSync('certutil', ['-N', '-d', `sql:${database}`, '--empty-password']);
    const request = await ask();
    const { token, url } = await tokenFor(request);
    const command = ['scripts/node.sh', 'src/recard.ts', 'collect', url, '--nss', database];
    const terminal = startInTerminal('bash', command, {
      env: { XDG_RUNTIME_DIR: join(folder, 'run') },
      columns: 160,
    });
    await terminal.until('Token: ');
    terminal.press(`9\u007f${token}\r`);
    await terminal.until('Password of the database');
    terminal.press('\r');
    await terminal.until('2 keys are in');
    expect(await terminal.exited()).toBe(0);
    expect(terminal.drawn()).not.toContain(token.slice(0, 8));
    expect(execFileSync('certutil', ['-K', '-d', `sql:${database}`], { encoding: 'utf8' })).toMatch(
      /^< 1> /m,
    );
    expect(await stateOf(request)).toBe('completed');
  });

  test('takes the token that the owner was shown at a kiosk, once, after card and PIN', async () => {
    const { terminal } = demo;
    const request = await ask();
    await demo.recard('card', 'insert', 'archived');
    await terminal.until('RP-11-card-found');
    terminal.press(KEY.enter);
    await terminal.until('ID-01-enter-pin');
    terminal.press(`123456${KEY.enter}`);
    expect(await terminal.until('KR-01-waiting')).toContain('onto your own computer');
    terminal.press(KEY.enter);
    const screen = await terminal.until(/KR-08-token(?![\w-])/);
    const groups = screen.match(/\b[0-9A-HJKMNP-TV-Z]{8}\b/g)!;
    expect(groups).toHaveLength(6);
    const url = /recard collect (\S+) --nss/.exec(screen)![1]!;
    terminal.press(KEY.enter);
    terminal.press(KEY.escape);
    await terminal.until('RP-11-insert-card');
    expect(terminal.screen()).not.toContain(groups[1]);

    const database = join(folder, 'shown');
    const { code, stderr } = await collect(url, database, groups.join(' '), PASSWORD);
    expect(code, stderr).toBe(0);
    expect(await stateOf(request)).toBe('completed');
    const forms = formsOf('token', Buffer.from(groups.join('-')), false);
    expect(searchFolder(demo.home, forms, [], begun)).toEqual([]);
    await demo.recard('card', 'pull');
  });

  test('shows the terms where the token comes from the helpdesk, in the language of the machine, and collects nothing without a yes', async () => {
    await putProfile('nss', '\n[terms]\nen = "Keep them."\nfr = "Gardez-les.\\nToujours."\n');
    const request = await ask();
    const { token, url } = await tokenFor(request);
    const database = join(folder, 'terms');
    const declined = await collect(url, database, token, PASSWORD, 'no');
    expect(declined).toMatchObject({ code: 1, stdout: '' });
    expect(declined.stderr).toContain('RP-19-accept-terms');
    expect(await stateOf(request)).toBe('ready');
    const { code, stderr } = await collect(url, database, token, PASSWORD, 'oui');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('Gardez-les.\nToujours.\n');
    expect(await stateOf(request)).toBe('completed');
    await putProfile('nss');
  });

  test('collects nothing with a token that is wrong, used, of another central, or for a file at a kiosk', async () => {
    const database = join(folder, 'refused');
    const request = await ask();
    const first = await tokenFor(request);
    const { token, url } = await tokenFor(request);
    const replaced = await collect(url, database, first.token, PASSWORD);
    expect(replaced).toMatchObject({ code: 1, stdout: '' });
    expect(replaced.stderr).toContain('KR-08-token-used');
    const wrong = token.replace(/.$/, (last) => (last === '7' ? '8' : '7'));
    expect((await collect(url, database, wrong, PASSWORD)).stderr).toContain('that is no token');
    expect((await collect(url, database, 'no token', PASSWORD)).code).toBe(1);
    const foreign = Buffer.from(writeCollectionToken(randomBytes(32), randomBytes(13))).toString();
    expect((await collect(url, database, foreign, PASSWORD)).stderr).toContain('somebody is in between');
    expect((await collect('https://127.0.0.1:1', database, token, PASSWORD)).stderr).toContain(
      'cannot be reached',
    );
    expect((await collect(url, database, token, 'another')).stderr).toContain('KR-08-nss-database-locked');
    expect(await stateOf(request)).toBe('ready');

    await putProfile('chosen');
    const refused = await collect(url, database, token, PASSWORD);
    expect(refused.stderr).toContain('KR-08-not-nss');
    expect((await demo.recard('central', 'request', 'token', request)).stderr).toContain('KR-08-not-nss');
    await putProfile('nss');
    expect((await collect(url, database, token, PASSWORD)).stderr).toContain('KR-08-token-used');
    expect(nss(database, 'certutil', '-L')).not.toContain('Emma');

    const next = await tokenFor(request);
    expect((await collect(next.url, database, next.token, PASSWORD)).code).toBe(0);
    expect(await stateOf(request)).toBe('completed');
  });
});
