import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenSettings } from '../../../src/central/token/token-settings.ts';

export const SOFT_HSM = '/usr/lib/softhsm/libsofthsm2.so';
/** Writes down every call of another module. */
export const SPY = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/pkcs11-spy.so`;
const SO_PIN = '12345678';
const TOOLS = { softHsm: 'softhsm2-util', pkcs11: 'pkcs11-tool' } as const;

/** A token of SoftHSM in a folder of its own, which the module finds by the environment of this process. */
export interface SoftToken {
  readonly folder: string;
  readonly pin: string;
  readonly settings: TokenSettings;
  /** As central.toml has it. */
  readonly toml: string;
  /** What pkcs11-tool says of the objects, logged in. */
  list(): string;
  /** Labels of private and secret keys that may be read out. */
  extractable(): string[];
  /** Takes the token out, and puts it back. */
  takeOut(): void;
  putBack(): void;
  /** Into the file that central reads; the token's own stays what it is. */
  setPin(pin: string): void;
  /** A second token with the same label. */
  addAnother(): void;
  /** An AES key that the token would give out. @param id hex */
  addReadableKey(id: string): void;
  dispose(): void;
}

/** @param mechanisms that it has, as softhsm2.conf names them */
export function openSoftToken(mechanisms = 'ALL'): SoftToken {
  const label = 'recard test';
  const folder = mkdtempSync(join(tmpdir(), 'recard-token-'));
  const tokens = join(folder, 'tokens');
  const aside = join(folder, 'taken-out');
  const pinFile = join(folder, 'pin');
  const pin = 'quite-4711-secret';
  mkdirSync(tokens);
  const configuration = join(folder, 'softhsm2.conf');
  writeFileSync(
    configuration,
    `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\nslots.mechanisms = ${mechanisms}\n`,
  );
  process.env.SOFTHSM2_CONF = configuration;
  const addAnother = () => {
    const init = ['--init-token', '--free', '--label', label, '--so-pin', SO_PIN, '--pin', pin];
    execFileSync(TOOLS.softHsm, init, { stdio: 'pipe' });
  };
  addAnother();
  const setPin = (text: string) => writeFileSync(pinFile, `${text}\n`, { mode: 0o600 });
  setPin(pin);
  const tool = (...words: readonly string[]) => {
    const args = ['--module', SOFT_HSM, '--token-label', label, '--login', '--pin', pin, ...words];
    return execFileSync(TOOLS.pkcs11, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  };
  return {
    ...{ folder, pin, setPin, addAnother },
    settings: { module: SOFT_HSM, label, serial: null, pinFile },
    toml: `[token]\nmodule = "${SOFT_HSM}"\nlabel = "${label}"\npin_file = "${pinFile}"\n`,
    list: () => tool('--list-objects'),
    extractable: () => {
      const blocks = tool('--list-objects').split(/(?=^\w[^\n]*Object)/m);
      return blocks.filter((text) => /Access:.*\bextractable/.test(text.replace('never extractable', '')));
    },
    addReadableKey: (id) => void tool('--keygen', '--key-type', 'AES:32', '--id', id, '--extractable'),
    takeOut() {
      mkdirSync(aside);
      for (const entry of readdirSync(tokens)) renameSync(join(tokens, entry), join(aside, entry));
    },
    putBack() {
      for (const entry of readdirSync(aside)) renameSync(join(aside, entry), join(tokens, entry));
      rmSync(aside, { recursive: true });
    },
    dispose() {
      delete process.env.SOFTHSM2_CONF;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
