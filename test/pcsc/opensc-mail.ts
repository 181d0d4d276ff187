import { createDecipheriv, createHash, type X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RETIRED_SLOTS, type RetiredSlot } from '../../src/domain/slot.ts';
import { concat, parseTlvs, type Tlv, tlv, unwrap } from '../../src/piv/tlv.ts';
import { run, until } from '../support/pcscd.ts';

/** Mail encrypted by openssl, and decrypted with the key on a card by OpenSC's PKCS #11 module. */

type EncryptionSlot = '9D' | RetiredSlot;

/** By `openssl cms -encrypt`. @returns CMS EnvelopedData, DER */
export async function encryptMail(text: string, to: X509Certificate): Promise<Uint8Array> {
  return inFolder(async (folder) => {
    const [input, recipient, out] = ['text', 'recipient.pem', 'mail'].map((file) => join(folder, file));
    writeFileSync(input!, text);
    writeFileSync(recipient!, to.toString());
    const kdf = to.publicKey.asymmetricKeyType === 'ec' ? ['-keyopt', 'ecdh_kdf_md:sha256'] : [];
    const files = ['-in', input!, '-binary', '-outform', 'DER', '-out', out!];
    await run('openssl', 'cms', '-encrypt', '-aes-256-cbc', ...files, '-recip', recipient!, ...kdf);
    return readFileSync(out!);
  });
}

/**
 * The key of the content by OpenSC, the content by it. The card in the reader has the recipient's key in this slot.
 * @see RFC 5652, 6; RFC 5753, 3.1 and 7
 */
export async function decryptMail(mail: Uint8Array, slot: EncryptionSlot, pin: string): Promise<string> {
  const [, enveloped] = parseTlvs(unwrap(0x30, mail));
  const [, recipients, content] = parseTlvs(unwrap(0x30, enveloped!.value)).slice(-3) as [Tlv, Tlv, Tlv];
  const [recipient] = parseTlvs(recipients.value) as [Tlv];
  // A recipient who agrees on a key is tagged, one who decrypts it is a sequence.
  const isRsa = recipient.tag === 0x30;
  const ask = { slot, pin };
  const key = await inFolder((folder) => (isRsa ? byDecrypting : byAgreeing)(folder, recipient, ask));
  const [, cipher, text] = parseTlvs(content.value) as [Tlv, Tlv, Tlv];
  const iv = parseTlvs(cipher.value)[1]!.value;
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([decipher.update(text.value), decipher.final()]).toString();
}

interface Ask {
  readonly slot: EncryptionSlot;
  readonly pin: string;
}

async function byDecrypting(folder: string, recipient: Tlv, ask: Ask): Promise<Buffer> {
  const [input, output] = [join(folder, 'wrapped'), join(folder, 'unwrapped')];
  writeFileSync(input, parseTlvs(recipient.value)[3]!.value);
  await pkcs11('--decrypt', ask, '-m', 'RSA-PKCS', '-i', input, '-o', output);
  return readFileSync(output);
}

async function byAgreeing(folder: string, recipient: Tlv, ask: Ask): Promise<Buffer> {
  const [input, output] = [join(folder, 'other-key'), join(folder, 'shared')];
  const [, originator, wrapping, keys] = parseTlvs(recipient.value) as [Tlv, Tlv, Tlv, Tlv];
  const point = parseTlvs(unwrap(0xa1, originator.value))[1]!.value.subarray(1);
  const p256 = Buffer.from('301306072a8648ce3d020106082a8648ce3d030107', 'hex');
  writeFileSync(input, tlv(0x30, p256, tlv(0x03, Uint8Array.of(0), point)));
  await pkcs11('--derive', ask, '-m', 'ECDH1-COFACTOR-DERIVE', '-i', input, '-o', output);
  const wrapAlgorithm = parseTlvs(wrapping.value)[1]!;
  const suppPubInfo = tlv(0xa2, tlv(0x04, Uint8Array.of(0, 0, 1, 0)));
  const sharedInfo = tlv(0x30, tlv(0x30, wrapAlgorithm.value), suppPubInfo);
  const counted = concat(readFileSync(output), Uint8Array.of(0, 0, 0, 1), sharedInfo);
  const kek = createHash('sha256').update(counted).digest();
  const wrapped = parseTlvs(parseTlvs(keys.value)[0]!.value)[1]!.value;
  const unwrapper = createDecipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
  return Buffer.concat([unwrapper.update(wrapped), unwrapper.final()]);
}

async function pkcs11(act: string, { slot, pin }: Ask, ...rest: string[]): Promise<void> {
  const words = ['--module', 'opensc-pkcs11.so', '--login', '--pin', pin, act, '--id', idOf(slot), ...rest];
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

/** As OpenSC names keys: 03 is 9D, 05 to 24 are the retired ones, all digits decimal. */
function idOf(slot: EncryptionSlot): string {
  const id = slot === '9D' ? 3 : 5 + RETIRED_SLOTS.indexOf(slot);
  return String(id).padStart(2, '0');
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-mail-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
