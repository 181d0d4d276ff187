import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Slot } from '../../src/domain/slot.ts';
import { parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { certificateTag } from '../../src/piv/reference.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { PCSCD_HOOK_LIMIT_MS, run, startPcscd, type TestPcscd, until } from '../support/pcscd.ts';
import { PATIENCE } from '../support/soon.ts';
import { decryptMail, encryptMail } from './opensc-mail.ts';

vi.setConfig(PATIENCE);

/** A card that has lost its encryption key gets it back out of the archive: judged by programs that are not ours. */

const OLD_PIN = '123456';
const NEW_PIN = '73914682';
/** In the list of reasons: somebody may know my PIN or key. */
const EXPOSED = 5;
const MAIL = 'What was said to Emma before her card was written again.\r\n';

let pcscd: TestPcscd;
let demo: RunningDemo;
beforeAll(async () => {
  pcscd = await startPcscd();
  demo = await startDemo({ args: ['--pcsc'] });
  const { home } = demo;
  await demo.close(true);
  // So that nothing but the archive can help.
  for (const { name } of CASES) loseKey(join(home, 'demo', 'cards', `${name}.json`));
  demo = await startDemo({ args: ['--pcsc'], home });
}, PCSCD_HOOK_LIMIT_MS);
afterAll(async () => {
  await demo?.close();
  await pcscd?.stop();
});

const CASES = [
  { name: 'archived', algorithm: 'RSA' },
  { name: 'archived-ec', algorithm: 'EC' },
] as const;

describe.each(CASES)('the card with a key that is archived, $algorithm', ({ name, algorithm }) => {
  let before: X509Certificate;
  let after: VirtualCard;
  let mail: Uint8Array;

  beforeAll(async () => {
    before = certificateOf(cardFile(name), '9D');
    mail = await encryptMail(MAIL, before);
    await walk.reprovision(demo, name, OLD_PIN, NEW_PIN, EXPOSED);
    after = cardFile(name);
    await until('the card to be free', async () => /^0\s+Yes/m.test(await run('opensc-tool', '-l')));
  });
  afterAll(async () => {
    await demo.recard('card', 'pull');
    await demo.terminal.until('RP-11-insert-card');
  });

  test('decrypts, by its key in the history, what was encrypted before it was rewritten', async () => {
    expect(certificateOf(after, '82').serialNumber).toBe(before.serialNumber);
    expect(await decryptMail(mail, '82', NEW_PIN)).toBe(MAIL);
    await expect(decryptMail(mail, '9D', NEW_PIN)).rejects.toThrow();
  });

  test('decrypts, by its new key, what is encrypted to its new certificate', async () => {
    const fresh = certificateOf(after, '9D');
    expect(fresh.serialNumber).not.toBe(before.serialNumber);
    expect(await decryptMail(await encryptMail(MAIL, fresh), '9D', NEW_PIN)).toBe(MAIL);
  });

  test('lists the retired certificate and its key in pkcs15-tool', async () => {
    const listed = await run('pkcs15-tool', '-D');
    expect(listed).toContain('Certificate for Key Management');
    expect(listed).toContain('Retired Certificate for Key Management 1]');
    expect(listed).toContain(`Private ${algorithm} Key [Retired KEY MAN 1]`);
    expect(listed).not.toContain('Management 2]');
  });
});

function loseKey(file: string): void {
  const state = JSON.parse(readFileSync(file, 'utf8'));
  delete state.keys['9D'];
  writeFileSync(file, JSON.stringify(state));
}

function cardFile(name: string): VirtualCard {
  return VirtualCard.open(join(demo.home, 'demo', 'cards', `${name}.json`));
}

function certificateOf(card: VirtualCard, slot: Slot): X509Certificate {
  return new X509Certificate(parseCertificateObject(card.object(certificateTag(slot))!));
}
