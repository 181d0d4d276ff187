import { verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { VPCD_PORTS, VpcdReader } from '../../src/virtual-card/vpcd.ts';
import { PCSCD_HOOK_LIMIT_MS, run, startPcscd, type TestPcscd, until } from '../support/pcscd.ts';
import { aPersonalisedCard } from '../support/personalised-card.ts';
import { PATIENCE } from '../support/soon.ts';

vi.setConfig(PATIENCE);

const PIN = '123456';
const MODULE = ['--module', 'opensc-pkcs11.so'];
const reader = new VpcdReader({ port: VPCD_PORTS[0], isQuick: true });
const folder = mkdtempSync(join(tmpdir(), 'recard-judges-'));
let pcscd: TestPcscd;

beforeAll(async () => {
  pcscd = await startPcscd();
}, PCSCD_HOOK_LIMIT_MS);
afterEach(async () => {
  reader.pull();
  reader.isQuick = true;
  await until('an empty reader', async () => /^0\s+No/m.test(await run('opensc-tool', '-l')));
});
afterAll(async () => {
  await pcscd.stop();
  rmSync(folder, { recursive: true });
});

async function insert(...card: Parameters<typeof aPersonalisedCard>) {
  const made = await aPersonalisedCard(...card);
  reader.insert(made);
  await until('the card in PC/SC', async () => /^0\s+Yes/m.test(await run('opensc-tool', '-l')));
  return made;
}

/** Signs a text by OpenSC's PKCS #11 module and checks it with the certificate that OpenSC reads from the card. */
async function signsThroughPkcs11(
  id: string,
  mechanism: string,
  isAlwaysAuthenticated = false,
): Promise<boolean> {
  const [input, output, certificate] = ['input', 'signature', 'certificate'].map((name) =>
    join(folder, name),
  );
  const text = Buffer.from('what a stranger signs');
  writeFileSync(input!, text);
  await run('pkcs11-tool', ...MODULE, '-r', '--type', 'cert', '--id', id, '-o', certificate!);
  const pin = ['--login', '--pin', PIN, ...(isAlwaysAuthenticated ? ['--always-auth'] : [])];
  const key = ['--id', id, '-m', mechanism, '--signature-format', 'openssl'];
  await run('pkcs11-tool', ...MODULE, ...pin, '--sign', ...key, '-i', input!, '-o', output!);
  const { publicKey } = new X509Certificate(readFileSync(certificate!));
  return verify('sha256', text, publicKey, readFileSync(output!));
}

describe.each(['full', 'standard'] as const)(
  'a virtual card of the %s kind in a real PC/SC reader',
  (personality) => {
    it('is a PIV card for OpenSC, which lists its certificates and signs with an RSA key', async () => {
      await insert({ name: 'good', serial: 4711, personality }, { '9A': 'rsa:2048', '9C': 'rsa:2048' });
      expect(await run('opensc-tool', '-n')).toContain('Personal Identity Verification Card');
      const listed = await run('pkcs15-tool', '-D');
      expect(listed).toContain('Certificate for PIV Authentication');
      expect(listed).toContain('Certificate for Digital Signature');
      expect(await run('pkcs11-tool', ...MODULE, '-O')).toContain('Certificate for PIV Authentication');
      expect(await signsThroughPkcs11('01', 'SHA256-RSA-PKCS')).toBe(true);
      expect(await signsThroughPkcs11('02', 'SHA256-RSA-PKCS', true)).toBe(true);
    });

    it('signs with an elliptic key for OpenSC', async () => {
      // With answers as long as they come, where the other tests have them in pieces.
      reader.isQuick = false;
      await insert({ name: 'good', personality }, { '9A': 'P-256' });
      expect(await signsThroughPkcs11('01', 'ECDSA-SHA256')).toBe(true);
    });

    it('refuses a wrong PIN to OpenSC and has a try less', async () => {
      const card = await insert({ name: 'good', personality }, { '9A': 'P-256' });
      await expect(run('pkcs11-tool', ...MODULE, '--login', '--pin', '999999', '-O')).rejects.toThrow();
      expect(card.pinTriesLeft).toBe(2);
    });
  },
);

describe('a virtual card with vendor commands', () => {
  it('shows yubico-piv-tool its serial, CHUID, certificates and tries', async () => {
    reader.isQuick = false;
    await insert({ name: 'good', serial: 4711 }, { '9A': 'P-256', '9D': 'rsa:2048' });
    const status = await run('yubico-piv-tool', '-r', 'Virtual', '-a', 'status');
    expect(status).toContain('4711');
    expect(status).toMatch(/Slot 9a:/);
    expect(status).toMatch(/Slot 9d:/);
    expect(status).toMatch(/PIN tries left:\s+3/);
  });

  it('is rewritten by yubico-piv-tool: key, management key, PIN', async () => {
    const card = await insert({ name: 'good', serial: 4711 }, {});
    const tool = (...args: string[]) => run('yubico-piv-tool', '-r', 'Virtual', ...args);
    expect(await tool('-a', 'generate', '-s', '9a', '-A', 'ECCP256')).toContain('BEGIN PUBLIC KEY');
    await tool('-a', 'set-mgm-key', '-n', '000102030405060708090a0b0c0d0e0f0001020304050607');
    await tool('-a', 'change-pin', '-P', PIN, '-N', '24681357');
    await tool('-a', 'verify-pin', '-P', '24681357');
    await expect(tool('-a', 'verify-pin', '-P', PIN)).rejects.toThrow();
    expect(card.pinTriesLeft).toBe(2);
  });
});
