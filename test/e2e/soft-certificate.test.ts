import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { openWorkbench, type Workbench } from '../pki/openssl.ts';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import {
  formsOf,
  missedForms,
  searchBytes,
  searchFolder,
  searchProcesses,
} from '../support/secret-search.ts';
import { PATIENCE, SOON } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** Recovered keys as a file: by keys at the real kiosk, from the real central, onto a folder that is a stick (KR-08, KR-09, SE-02). */

const PIN = '123456';
const MESSAGE = 'the contract is in the old folder\n';

const begun = Date.now();
let demo: RunningDemo;
let bench: Workbench;
let media: string;
beforeAll(async () => {
  bench = openWorkbench();
  demo = await startDemo();
  media = join(demo.home, 'demo', 'media');
  mkdirSync(media, { recursive: true });
});
afterAll(async () => {
  await demo?.close();
  bench?.dispose();
});

async function central<T>(...args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await demo.recard('central', ...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Emma's keys, RSA and P-256, each archived and on a card of its own. */
async function ask(): Promise<string> {
  const { certificates } = await central<{ certificates: { serialNumber: string }[] }>(
    'request',
    'certificates',
    'emma',
  );
  const serials = certificates.flatMap(({ serialNumber }) => ['--certificate', serialNumber]);
  const wish = ['soft-certificate', 'emma', '--profile', 'secure-mail', ...serials];
  return (await central<{ id: string }>('request', 'new', ...wish)).id;
}

async function stateOf(id: string): Promise<string> {
  return (await central<{ state: string }>('request', 'show', id)).state;
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
  const recipient = bench.put(`${card}.der`, der);
  const plain = bench.put('plain', MESSAGE);
  const out = `${card}.cms`;
  const sealed = await bench.run(
    ...['cms', '-encrypt', '-binary', '-aes256', '-in', plain, '-out', out, '-outform', 'DER', '-recip'],
    recipient,
  );
  expect(sealed.code, sealed.output).toBe(0);
  return out;
}

/** Has central asked for keys, and does something before it gives them out: it waits for what it writes down first. */
async function whileCentralWaits(ask: () => Promise<void>, act: () => void): Promise<void> {
  const { databaseUrl: connectionString } = await demo.info();
  const [holder, watch] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })];
  try {
    await Promise.all([holder.connect(), watch.connect()]);
    await holder.query('begin');
    await holder.query('lock table soft_collections in exclusive mode');
    await ask();
    const waiting = `select from pg_locks where not granted and relation = 'soft_collections'::regclass`;
    await expect.poll(async () => (await watch.query(waiting)).rowCount, SOON).toBe(1);
    act();
    await holder.query('rollback');
  } finally {
    await Promise.all([holder.end(), watch.end()]);
  }
}

async function prove(card: string): Promise<void> {
  const { terminal } = demo;
  await demo.recard('card', 'insert', card);
  await terminal.until('RP-11-card-found');
  terminal.press(KEY.enter);
  await terminal.until('ID-01-enter-pin');
  terminal.press(`${PIN}${KEY.enter}`);
  await terminal.until('KR-01-waiting');
}

async function pressAt(code: string, key: string): Promise<string> {
  const screen = await demo.terminal.until(code);
  demo.terminal.press(key);
  return screen;
}

/** As fast as a hand: each character is seen before the next. */
async function typePassword(code: string, password: string): Promise<void> {
  const { terminal } = demo;
  await terminal.until(new RegExp(`${code}(?![\\w-])`));
  for (const [index, character] of [...password].entries()) {
    terminal.press(character);
    await terminal.until(new RegExp(`\\b${index + 1} characters?\\b`));
  }
  terminal.press(KEY.enter);
}

async function takeOut(): Promise<void> {
  await demo.recard('card', 'pull');
  await demo.terminal.until('RP-11-insert-card');
}

async function opens(file: string, password: string, ...more: readonly string[]) {
  const secret = bench.put('password', `${password}\n`);
  return bench.run('pkcs12', '-in', file, '-passin', `file:${secret}`, '-noenc', ...more);
}

async function expectToDecrypt(file: string, password: string, messages: readonly string[]) {
  const { code, output } = await opens(file, password);
  expect(code, output).toBe(0);
  const keys = [...output.matchAll(/-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/g)];
  expect(keys).toHaveLength(2);
  for (const message of messages) {
    const answers = [];
    for (const [pem] of keys) {
      const key = bench.put('key.pem', pem!);
      answers.push(await bench.run('cms', '-decrypt', '-in', message, '-inform', 'DER', '-inkey', key));
    }
    expect(answers.filter(({ output: text }) => text.includes(MESSAGE.trim()))).toHaveLength(1);
  }
}

test('keys are saved on the stick that comes, open with that password only, decrypt an old mail, and leave no trace', async () => {
  const { terminal } = demo;
  const messages = [await encryptedTo('archived'), await encryptedTo('archived-ec')];
  const password = `N y,${randomBytes(9).toString('base64')}`;
  const request = await ask();

  await prove('archived');
  expect(await terminal.until('Recovered encryption keys as a file')).toContain('USB stick that you bring');
  terminal.press(KEY.enter);
  expect(await terminal.until('Plug in a USB stick')).toContain('KR-08-choose-medium');
  const stick = join(media, 'EMMA');
  mkdirSync(stick);
  expect(await terminal.until('1  EMMA')).toContain('free');
  terminal.press(KEY.enter);
  await pressAt('KR-09-encryption', KEY.enter);
  await typePassword('KR-08-password', password);
  await typePassword('KR-08-repeat-password', password);
  const done = await terminal.until('KR-08-done');
  expect(done).toMatch(/Emma .*\.p12/);
  expect(done).toContain('nobody can recover it');
  expect(await stateOf(request)).toBe('completed');
  await demo.recard('card', 'pull');

  const [name, ...others] = readdirSync(stick);
  expect(others).toEqual([]);
  const file = join(stick, name!);
  await expectToDecrypt(file, password, messages);
  expect((await opens(file, `${password}!`)).output).toContain('Mac verify error');

  const keys = ['archived', 'archived-ec'].map((card) => {
    const pkcs8 = Buffer.from(cardState(card).keys['9D']!.pkcs8, 'base64');
    return card === 'archived-ec' ? pkcs8.subarray(36, 68) : pkcs8.subarray(-64);
  });
  const forms = [
    ...formsOf('password', Buffer.from(password), false),
    ...formsOf('password in the file', Buffer.from(`${password}\0`, 'utf16le').swap16(), false),
    ...keys.flatMap((key) => formsOf('private key', key, false)),
  ];
  const cards = join(demo.home, 'demo', 'cards');
  expect(searchFolder(demo.home, forms, [cards])).toEqual([]);
  expect(searchProcesses(forms)).toEqual([]);
  expect(searchBytes('the file', readFileSync(file), forms)).toEqual([]);
  expect(searchBytes('what was drawn', Buffer.from(terminal.drawn()), forms)).toEqual([]);
  const workbenches = readdirSync(tmpdir())
    .filter((one) => one.startsWith('recard-openssl-'))
    .map((one) => join(tmpdir(), one));
  expect(searchFolder(tmpdir(), forms, [demo.home, ...workbenches], begun)).toEqual([]);
  expect(missedForms(forms, join(demo.home, 'scratch'))).toEqual([]);
});

test('a stick that is pulled at any moment and a card that is taken out cost nothing, and the older encryption is there for who wants it', async () => {
  const { terminal } = demo;
  rmSync(media, { recursive: true });
  const [full, good] = [join(media, 'A-FULL'), join(media, 'GOOD')];
  mkdirSync(full, { recursive: true });
  const request = await ask();
  // Not with the letter at its beginning that says yes a moment before.
  const password = `P${randomBytes(12).toString('base64')}`;
  await prove('archived');
  await pressAt('KR-01-waiting', KEY.enter);
  await terminal.until('1  A-FULL');
  terminal.press(KEY.enter);
  await pressAt('KR-09-encryption', KEY.enter);
  await terminal.until('KR-08-password');
  rmSync(full, { recursive: true });
  expect(await terminal.until('The stick was taken out')).toContain('KR-08-choose-medium');

  mkdirSync(good);
  await terminal.until('1  GOOD');
  terminal.press(KEY.enter);
  await pressAt('KR-09-encryption', KEY.enter);
  await typePassword('KR-08-password', password);
  await terminal.until('KR-08-repeat-password');
  await takeOut();
  expect(readdirSync(good)).toEqual([]);
  expect(await stateOf(request)).toBe('ready');

  // Pulled while central is asked for the keys: they leave it, nothing is saved, and the request says so.
  await prove('archived');
  await pressAt('KR-01-waiting', KEY.enter);
  await terminal.until('1  GOOD');
  terminal.press(KEY.enter);
  await pressAt('KR-09-encryption', KEY.enter);
  await typePassword('KR-08-password', password);
  await whileCentralWaits(
    () => typePassword('KR-08-repeat-password', password),
    () => rmSync(good, { recursive: true }),
  );
  expect(await terminal.until('KR-08-medium-gone')).toContain('Your keys still wait for you');
  expect(await stateOf(request)).toBe('interrupted');
  mkdirSync(good);
  await demo.recard('card', 'pull');
  await terminal.until('put your card in to begin again');

  await prove('archived');
  await pressAt('KR-01-waiting', KEY.enter);
  await terminal.until('1  GOOD');
  terminal.press(KEY.enter);
  await pressAt('KR-09-encryption', '2');
  expect(await terminal.until('weaker')).toContain('Press Y');
  terminal.press('y');
  await typePassword('KR-08-password', password);
  await typePassword('KR-08-repeat-password', password);
  await terminal.until('KR-08-done');
  expect(await stateOf(request)).toBe('completed');
  const [name] = readdirSync(good);
  const legacy = await opens(join(good, name!), password, '-legacy', '-info');
  expect(legacy.code, legacy.output).toBe(0);
  expect(legacy.output).toContain('pbeWithSHA1And3-KeyTripleDES-CBC');
});
