import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RefusedPins, refusedPins } from '../../../src/central/token/pin-file.ts';
import { openToken, type Token } from '../../../src/central/token/token.ts';
import { TokenChild, type TokenLimits } from '../../../src/central/token/token-child.ts';
import type { TokenSettings } from '../../../src/central/token/token-settings.ts';
import { SOON } from '../../support/soon.ts';
import { openSoftToken, type SoftToken, SPY } from '../support/soft-token.ts';

const ID = 'ab'.repeat(16);

let soft: SoftToken;
let folder: string;
let pins: RefusedPins;
let opened: Token[] = [];

beforeEach(() => {
  soft = openSoftToken();
  folder = mkdtempSync(join(tmpdir(), 'recard-token-test-'));
  const keyFile = join(folder, 'authority.key');
  writeFileSync(keyFile, 'x'.repeat(32), { mode: 0o600 });
  pins = refusedPins(join(folder, 'refused'), keyFile);
});
afterEach(async () => {
  for (const token of opened) {
    if (token.pid !== undefined) process.kill(token.pid, 'SIGCONT');
    await token.close();
  }
  opened = [];
  rmSync(folder, { recursive: true });
  soft.dispose();
});

function open(changed: Partial<TokenSettings> = {}, limits?: TokenLimits, remembered = pins): Token {
  const token = openToken({ ...soft.settings, ...changed }, remembered, limits);
  opened.push(token);
  return token;
}

describe('a token', () => {
  test('works on after its module has crashed, for all who ask at that moment', async () => {
    const token = open();
    await token.makePair(ID, 'one', 'P-256');
    const first = token.pid ?? 0;
    process.kill(first, 'SIGKILL');
    const signatures = await Promise.all(
      Array.from({ length: 12 }, () => token.sign(ID, Buffer.alloc(32, 1))),
    );
    expect(signatures.map(({ length }) => length)).toEqual(Array(12).fill(64));
    expect(token.pid).not.toBe(first);
    expect(token.session).toBe(2);
  });

  test('that hangs holds up nobody for longer than its limit, and is used again when it answers', async () => {
    const token = open({}, { answerMs: 5000, makingMs: 5000 });
    await token.makePair(ID, 'one', 'P-256');
    process.kill(token.pid ?? 0, 'SIGSTOP');
    const asked = Array.from({ length: 3 }, () => token.sign(ID, Buffer.alloc(32, 1)));
    for (const result of await Promise.allSettled(asked)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'TokenError', problem: 'silent' } });
    }
    expect(await token.sign(ID, Buffer.alloc(32, 1))).toHaveLength(64);
  });

  test('is given another time to make a key than to sign', async () => {
    const token = open({}, { answerMs: 60_000, makingMs: 200 });
    await token.open();
    process.kill(token.pid ?? 0, 'SIGSTOP');
    await expect(token.makePair(ID, 'one', 'P-256')).rejects.toMatchObject({
      ...{ problem: 'silent', remedy: 'it does not answer within 1 s; see that it is there and reached' },
    });
  });

  test('whose process cannot be started is told as one that is away', async () => {
    const withoutLine = Object.assign(new EventEmitter(), { kill: () => false }) as unknown as ChildProcess;
    const limits = { answerMs: 5000, makingMs: 5000 };
    expect(() => new TokenChild(limits, () => withoutLine)).toThrow('its process cannot be started');
    // As Node does where there are no file descriptors left: nobody may be missing for it.
    withoutLine.emit('error', new Error('spawn EMFILE'));
  });

  test('that was taken out is missed, and used again when it is back', async () => {
    const token = open();
    await token.makePair(ID, 'one', 'P-256');
    soft.takeOut();
    process.kill(token.pid ?? 0, 'SIGKILL');
    await expect(token.sign(ID, Buffer.alloc(32, 1))).rejects.toMatchObject({ problem: 'noToken' });
    soft.putBack();
    expect(await token.sign(ID, Buffer.alloc(32, 1))).toHaveLength(64);
  });

  test('is found by its serial number too, and says which one it is', async () => {
    const { serial } = await open().open();
    expect(await open({ label: null, serial }).open()).toMatchObject({ label: 'recard test', serial });
    await expect(open({ label: null, serial: 'no such' }).open()).rejects.toThrow(
      'use token: none with the serial number no such is there',
    );
  });

  test('is not guessed where two have the same label', async () => {
    soft.addAnother();
    await expect(open().open()).rejects.toThrow('several have the label recard test; name it by serial');
  });

  test('without a module, a PIN or a key is told in words that help', async () => {
    const refusals: readonly (readonly [Partial<TokenSettings>, string])[] = [
      [
        { module: '/nowhere/module.so' },
        'use token: /nowhere/module.so is no PKCS #11 module that can be loaded',
      ],
      [{ module: join(folder, 'authority.key') }, 'is no PKCS #11 module that can be loaded'],
      [
        { pinFile: '/nowhere/pin' },
        'the file with its PIN cannot be read: /nowhere/pin; see pin_file in [token]',
      ],
      [{ pinFile: null }, 'central is given no PIN; name a file with it by pin_file in [token]'],
    ];
    for (const [changed, message] of refusals) await expect(open(changed).open()).rejects.toThrow(message);
    await expect(open().sign(ID, Buffer.alloc(32))).rejects.toThrow(`it has no key ${ID}; name the token`);
    const pinFile = soft.settings.pinFile ?? '';
    writeFileSync(pinFile, '\n');
    await expect(open().open()).rejects.toThrow('its file holds no PIN');
    writeFileSync(pinFile, Buffer.from('gr\xfcn-4711', 'latin1'));
    await expect(open().open()).rejects.toThrow('the file with its PIN is no text in UTF-8');
    rmSync(pinFile);
    writeFileSync(pinFile, soft.pin, { mode: 0o644 });
    await expect(open().open()).rejects.toThrow('others may read the file with its PIN; chmod 600 it');
  });

  test('is not used with a key that could be read out of it', async () => {
    soft.addReadableKey(ID);
    await expect(open().seal(ID, Buffer.from('x'), Buffer.from('y'))).rejects.toMatchObject({
      problem: 'unfit',
    });
  });
});

describe('a PIN that is wrong', () => {
  const logins = (file: string) => readFileSync(file, 'latin1').match(/C_Login\n/g)?.length ?? 0;

  test('is tried once, whoever asks how often, and after a restart too; the right one is tried again', async () => {
    const spied = join(folder, 'calls');
    process.env.PKCS11SPY = soft.settings.module;
    process.env.PKCS11SPY_OUTPUT = spied;
    const module = SPY;
    try {
      soft.setPin('wrong-4711-wrong');
      const token = open({ module });
      for (const asked of await Promise.allSettled([token.open(), token.open(), token.describe(ID)])) {
        expect(asked).toMatchObject({ status: 'rejected', reason: { problem: 'wrongPin' } });
      }
      await expect(token.open()).rejects.toThrow(
        'it has refused this PIN before, so central does not try it again',
      );
      await expect(open({ module }).open()).rejects.toThrow(`if it is right by now, remove ${pins.path}`);
      expect(logins(spied)).toBe(1);
      soft.setPin(soft.pin);
      await open({ module }).open();
      expect(logins(spied)).toBe(2);
      expect(existsSync(pins.path)).toBe(false);
    } finally {
      delete process.env.PKCS11SPY;
      delete process.env.PKCS11SPY_OUTPUT;
    }
  });

  test('is tried once where that cannot be written down, and is still told as what it is', async () => {
    soft.setPin('wrong-4711-wrong');
    const nowhere = refusedPins(join(folder, 'missing', 'refused'), join(folder, 'authority.key'));
    const token = open({}, undefined, nowhere);
    await expect(token.open()).rejects.toMatchObject({ problem: 'wrongPin', returned: 'CKR_PIN_INCORRECT' });
    expect(token.pid).toBeUndefined();
    await expect(token.open()).rejects.toThrow('it has refused this PIN before');
    soft.setPin(soft.pin);
    expect(await token.open()).toMatchObject({ label: 'recard test' });
  });

  test('does not end the session of whoever came with the right one meanwhile', async () => {
    const { promise: written, resolve: write } = Promise.withResolvers<void>();
    const { promise: isWriting, resolve: begin } = Promise.withResolvers<void>();
    const remember = () => {
      begin();
      return written;
    };
    soft.setPin('wrong-4711-wrong');
    const token = open({}, undefined, { ...pins, remember });
    const refused = token.open();
    await isWriting;
    process.kill(token.pid ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(token.pid).toBeUndefined(), SOON);
    soft.setPin(soft.pin);
    const next = token.open();
    write();
    await expect(refused).rejects.toMatchObject({ problem: 'wrongPin' });
    await next;
    await token.open();
    expect(token.session).toBe(2);
  });

  test('stands in no message, and not in what is remembered of it', async () => {
    soft.setPin('wrong-4711-wrong');
    const error = await open()
      .open()
      .catch((caught: Error) => caught);
    expect(JSON.stringify([(error as Error).message, (error as Error).stack])).not.toContain('4711');
    expect(readFileSync(pins.path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });
});
