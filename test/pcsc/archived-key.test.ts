import { createDecipheriv, createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Slot } from '../../src/domain/slot.ts';
import { parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { certificateTag } from '../../src/piv/reference.ts';
import { concat, parseTlvs, type Tlv, tlv, unwrap } from '../../src/piv/tlv.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { PCSCD_HOOK_LIMIT_MS, run, startPcscd, type TestPcscd, until } from '../support/pcscd.ts';

/** A card that has lost its encryption key gets it back out of the archive: judged by programs that are not ours. */

const OLD_PIN = '123456';
const NEW_PIN = '73914682';
/** In the list of reasons: somebody may know my PIN or key. */
const EXPOSED = 5;
/** As OpenSC names them: 9D, and retired key 1. */
const IDS = { '9D': '03', '82': '05' } as const;
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
    mail = await encrypt(before);
    await walk.reprovision(demo, name, OLD_PIN, NEW_PIN, EXPOSED);
    after = cardFile(name);
    await until('the card to be free', async () => /^0\s+Yes/m.test(await run('opensc-tool', '-l')));
  }, 120_000);
  afterAll(async () => {
    await demo.recard('card', 'pull');
    await demo.terminal.until('RP-11-insert-card');
  });

  test('decrypts, by its key in the history, what was encrypted before it was rewritten', async () => {
    expect(certificateOf(after, '82').serialNumber).toBe(before.serialNumber);
    expect(await decrypt(mail, algorithm, '82')).toBe(MAIL);
    await expect(decrypt(mail, algorithm, '9D')).rejects.toThrow();
  });

  test('decrypts, by its new key, what is encrypted to its new certificate', async () => {
    const fresh = certificateOf(after, '9D');
    expect(fresh.serialNumber).not.toBe(before.serialNumber);
    expect(await decrypt(await encrypt(fresh), algorithm, '9D')).toBe(MAIL);
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

/** @returns CMS EnvelopedData, DER */
async function encrypt(to: X509Certificate): Promise<Uint8Array> {
  const [text, recipient, out] = ['text', 'recipient.pem', 'mail'].map((file) => join(demo.home, file));
  writeFileSync(text!, MAIL);
  writeFileSync(recipient!, to.toString());
  const kdf = to.publicKey.asymmetricKeyType === 'ec' ? ['-keyopt', 'ecdh_kdf_md:sha256'] : [];
  const files = ['-in', text!, '-binary', '-outform', 'DER', '-out', out!];
  await run('openssl', 'cms', '-encrypt', '-aes-256-cbc', ...files, '-recip', recipient!, ...kdf);
  return readFileSync(out!);
}

/** The key of the content by OpenSC's PKCS #11 module, the content by it. @see RFC 5652, 6; RFC 5753, 3.1 and 7 */
async function decrypt(mail: Uint8Array, algorithm: 'RSA' | 'EC', slot: keyof typeof IDS): Promise<string> {
  const [, enveloped] = parseTlvs(unwrap(0x30, mail));
  const [, recipients, content] = parseTlvs(unwrap(0x30, enveloped!.value)).slice(-3) as [Tlv, Tlv, Tlv];
  const [recipient] = parseTlvs(recipients.value) as [Tlv];
  const key = algorithm === 'RSA' ? await byDecrypting(recipient, slot) : await byAgreeing(recipient, slot);
  const [, cipher, text] = parseTlvs(content.value) as [Tlv, Tlv, Tlv];
  const iv = parseTlvs(cipher.value)[1]!.value;
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([decipher.update(text.value), decipher.final()]).toString();
}

async function byDecrypting(recipient: Tlv, slot: keyof typeof IDS): Promise<Buffer> {
  const [input, output] = [join(demo.home, 'wrapped'), join(demo.home, 'unwrapped')];
  writeFileSync(input, parseTlvs(recipient.value)[3]!.value);
  await pkcs11('--decrypt', slot, '-m', 'RSA-PKCS', '-i', input, '-o', output);
  return readFileSync(output);
}

async function byAgreeing(recipient: Tlv, slot: keyof typeof IDS): Promise<Buffer> {
  const [input, output] = [join(demo.home, 'other-key'), join(demo.home, 'shared')];
  const [, originator, wrapping, keys] = parseTlvs(recipient.value) as [Tlv, Tlv, Tlv, Tlv];
  const point = parseTlvs(unwrap(0xa1, originator.value))[1]!.value.subarray(1);
  const p256 = Buffer.from('301306072a8648ce3d020106082a8648ce3d030107', 'hex');
  writeFileSync(input, tlv(0x30, p256, tlv(0x03, Uint8Array.of(0), point)));
  await pkcs11('--derive', slot, '-m', 'ECDH1-COFACTOR-DERIVE', '-i', input, '-o', output);
  const wrapAlgorithm = parseTlvs(wrapping.value)[1]!;
  const suppPubInfo = tlv(0xa2, tlv(0x04, Uint8Array.of(0, 0, 1, 0)));
  const sharedInfo = tlv(0x30, tlv(0x30, wrapAlgorithm.value), suppPubInfo);
  const counted = concat(readFileSync(output), Uint8Array.of(0, 0, 0, 1), sharedInfo);
  const kek = createHash('sha256').update(counted).digest();
  const wrapped = parseTlvs(parseTlvs(keys.value)[0]!.value)[1]!.value;
  const unwrapper = createDecipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
  return Buffer.concat([unwrapper.update(wrapped), unwrapper.final()]);
}

async function pkcs11(act: string, slot: keyof typeof IDS, ...rest: string[]): Promise<void> {
  const login = ['--login', '--pin', NEW_PIN];
  const words = ['--module', 'opensc-pkcs11.so', ...login, act, '--id', IDS[slot], ...rest];
  await until('OpenSC to see its slots', async () => {
    try {
      await run('pkcs11-tool', ...words);
      return true;
    } catch (error) {
      // It asks every reader, and gives up where one has just changed.
      if (String(error).includes('C_GetSlotInfo failed')) return false;
      throw error;
    }
  });
}
