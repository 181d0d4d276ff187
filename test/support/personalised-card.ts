import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Slot } from '../../src/domain/slot.ts';
import { certificateTag, OBJECT_TAGS } from '../../src/piv/reference.ts';
import { concat, tlv } from '../../src/piv/tlv.ts';
import { VirtualCard, type VirtualCardOptions } from '../../src/virtual-card/virtual-card.ts';
import { run } from './pcscd.ts';

const FASC_N = Buffer.from('d4e739da739ced39ce739d836858210842108421c84210c3eb', 'hex');
const EXPIRY = Buffer.from('20321202');

/** A card that other programs accept: CHUID, and a key with a self-signed certificate made by openssl in each slot. */
export async function aPersonalisedCard(
  options: VirtualCardOptions,
  slots: Partial<Record<Slot, 'rsa:2048' | 'P-256'>>,
): Promise<VirtualCard> {
  const card = VirtualCard.create(null, options);
  const guid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
  const chuid = [tlv(0x30, FASC_N), tlv(0x34, guid), tlv(0x35, EXPIRY), tlv(0x3e), tlv(0xfe)];
  card.putObject(OBJECT_TAGS.CHUID, concat(...chuid));
  for (const [slot, algorithm] of Object.entries(slots) as [Slot, string][]) {
    const { key, certificate } = await selfSigned(slot, algorithm);
    card.putKey(slot, key);
    const object = [tlv(0x70, certificate), tlv(0x71, Uint8Array.of(0)), tlv(0xfe)];
    card.putObject(certificateTag(slot), concat(...object));
  }
  return card;
}

async function selfSigned(
  slot: Slot,
  algorithm: string,
): Promise<{ key: KeyObject; certificate: Uint8Array }> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-key-'));
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.der')];
  try {
    const make =
      algorithm === 'P-256'
        ? ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
        : ['-newkey', algorithm];
    const files = ['-keyout', keyFile, '-outform', 'DER', '-out', certificateFile];
    await run('openssl', 'req', '-x509', ...make, '-nodes', '-subj', `/CN=Test ${slot}`, ...files);
    return {
      key: createPrivateKey(readFileSync(keyFile)),
      certificate: new Uint8Array(readFileSync(certificateFile)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
