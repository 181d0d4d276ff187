import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat, tlv, unwrap } from '../../src/piv/tlv.ts';
import { VirtualCard, type VirtualCardOptions } from '../../src/virtual-card/virtual-card.ts';

export const FACTORY_KEY = Buffer.from('0102030405060708'.repeat(3), 'hex');
const CIPHERS: Record<number, string> = {
  3: 'des-ede3-ecb',
  8: 'aes-128-ecb',
  10: 'aes-192-ecb',
  12: 'aes-256-ecb',
};

/** A card in memory with the PIV application selected. */
export async function aSelectedCard(
  options: Partial<VirtualCardOptions> = {},
  path: string | null = null,
): Promise<VirtualCard> {
  const card = VirtualCard.create(path, { name: 'test', serial: 4711, ...options });
  await select(card);
  return card;
}

export function select(card: VirtualCard): Promise<string> {
  return send(card, '00A4040005A000000308');
}

/** Sends hex (spaces allowed) and gives the whole answer as hex. */
export async function send(card: VirtualCard, command: string): Promise<string> {
  const answer = await card.transmit(Buffer.from(command.replaceAll(' ', ''), 'hex'));
  return Buffer.from(answer).toString('hex').toUpperCase();
}

/** Sends data of any length: in short blocks by command chaining, answers drained by GET RESPONSE. */
export async function sendLong(card: VirtualCard, header: string, data: Uint8Array): Promise<Uint8Array> {
  const [ins, p1, p2] = Buffer.from(header, 'hex') as unknown as [number, number, number];
  let answer: Uint8Array = Uint8Array.of(0x90, 0x00);
  for (let at = 0; at < Math.max(data.length, 1); at += 255) {
    const block = data.subarray(at, at + 255);
    const cla = at + 255 < data.length ? 0x10 : 0x00;
    answer = await card.transmit(concat(Uint8Array.of(cla, ins, p1, p2, block.length), block));
  }
  while (answer.at(-2) === 0x61) {
    const more = await card.transmit(Uint8Array.of(0, 0xc0, 0, 0, 0));
    answer = concat(answer.subarray(0, -2), more);
  }
  return answer;
}

/** Mutual authentication of 9B; the status word. */
export async function authenticate(
  card: VirtualCard,
  key: Uint8Array = FACTORY_KEY,
  id = 3,
): Promise<string> {
  const algorithm = id.toString(16).padStart(2, '0');
  const first = await send(card, `0087${algorithm}9B 04 7C028000 00`);
  if (!first.endsWith('9000')) return first.slice(-4);
  const witness = unwrap(0x80, unwrap(0x7c, Buffer.from(first.slice(0, -4), 'hex')));
  const decipher = createDecipheriv(CIPHERS[id]!, key, null).setAutoPadding(false);
  const challenge = Buffer.alloc(witness.length, 0x5a);
  const proof = tlv(0x7c, tlv(0x80, decipher.update(witness)), tlv(0x81, challenge));
  const answer = await sendLong(card, `87${algorithm}9B`, proof);
  const word = Buffer.from(answer.subarray(-2)).toString('hex').toUpperCase();
  if (word !== '9000') return word;
  const cipher = createCipheriv(CIPHERS[id]!, key, null).setAutoPadding(false);
  const expected = tlv(0x7c, tlv(0x82, cipher.update(challenge)));
  return Buffer.compare(expected, answer.subarray(0, -2)) === 0 ? word : 'the card did not prove its key';
}

export const VERIFY_PIN = '0020008008313233343536FFFF';
