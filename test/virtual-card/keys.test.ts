import {
  constants,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  privateEncrypt,
  publicEncrypt,
  verify,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { concat, find, parseTlvs, tlv, unwrap } from '../../src/piv/tlv.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aSelectedCard, authenticate, send, sendLong, VERIFY_PIN } from './raw-apdu.ts';

const DIGEST = Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex');
const ABC = Buffer.from('abc');

async function use(
  card: VirtualCard,
  header: string,
  tag: number,
  value: Uint8Array,
): Promise<Uint8Array | string> {
  const answer = await sendLong(card, header, tlv(0x7c, tlv(0x82), tlv(tag, value)));
  const word = Buffer.from(answer.subarray(-2)).toString('hex').toUpperCase();
  return word === '9000' ? unwrap(0x82, unwrap(0x7c, answer.subarray(0, -2))) : word;
}

function ecKey(curve: 'P-256' | 'P-384') {
  return generateKeyPairSync('ec', { namedCurve: curve });
}

describe('private keys of a virtual card', () => {
  it('a generated elliptic key replaces the old one and signs', async () => {
    const card = await aSelectedCard();
    await authenticate(card);
    const first = await send(card, '0047009A05AC0380011100');
    const second = await send(card, '0047009A05AC0380011100');
    expect(second).not.toBe(first);
    const point = unwrap(0x86, unwrap(0x7f49, Buffer.from(second.slice(0, -4), 'hex')));
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
      Buffer.from(part).toString('base64url'),
    );
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    await send(card, VERIFY_PIN);
    const signature = await use(card, '87119A', 0x81, DIGEST);
    expect(verify('sha256', ABC, publicKey, signature as Uint8Array)).toBe(true);
  });

  it('a generated RSA key is given out with modulus and exponent', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const card = VirtualCard.create(null, { name: 'test' }, { takePreparedKey: () => privateKey });
    await send(card, '00A4040005A000000308');
    await authenticate(card);
    const answer = await sendLong(card, '47009A', Buffer.from('AC03800107', 'hex'));
    const parts = parseTlvs(unwrap(0x7f49, answer.subarray(0, -2)));
    const { n } = privateKey.export({ format: 'jwk' });
    expect(Buffer.from(find(parts, 0x81)!).toString('base64url')).toBe(n);
    expect(find(parts, 0x82)).toEqual(Uint8Array.of(1, 0, 1));
  });

  it.each(['P-256', 'P-384'] as const)(
    '%s keys agree on the same secret as the other side',
    async (curve) => {
      const [mine, other] = [ecKey(curve), ecKey(curve)];
      const card = await aSelectedCard({ personality: 'standard' });
      card.putKey('9D', mine.privateKey);
      await send(card, VERIFY_PIN);
      const { x = '', y = '' } = other.publicKey.export({ format: 'jwk' });
      const point = concat(Uint8Array.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'));
      const header = curve === 'P-256' ? '87119D' : '87149D';
      const secret = diffieHellman({ privateKey: other.privateKey, publicKey: mine.publicKey });
      expect(await use(card, header, 0x85, point)).toEqual(new Uint8Array(secret));
      expect(await use(card, header, 0x85, point.fill(1, 5, 9))).toBe('6A80');
      expect(await use(card, header, 0x81, DIGEST)).toBe('6A80');
    },
  );

  it.each([2048, 3072])(
    'an RSA-%i key decrypts and signs what the host has padded',
    async (modulusLength) => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
      const card = await aSelectedCard({ personality: 'standard' });
      card.putKey('9D', privateKey);
      await send(card, VERIFY_PIN);
      const header = modulusLength === 2048 ? '87079D' : '87059D';
      const encrypted = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, ABC);
      const plain = (await use(card, header, 0x81, encrypted)) as Uint8Array;
      expect(Buffer.from(plain).subarray(-4).toString()).toBe('\0abc');
      const padded = Buffer.alloc(modulusLength / 8, 0xff);
      padded.set([0, 1]);
      padded.set([0, ...ABC], padded.length - 4);
      const expected = privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, ABC);
      expect(await use(card, header, 0x81, padded)).toEqual(new Uint8Array(expected));
      expect(await use(card, header, 0x81, padded.subarray(1))).toBe('6A80');
    },
  );

  it('want the PIN by slot: 9C before each use, 9A once, 9E never', async () => {
    const card = await aSelectedCard();
    for (const slot of ['9A', '9C', '9E'] as const) card.putKey(slot, ecKey('P-256').privateKey);
    expect(await use(card, '87119A', 0x81, DIGEST)).toBe('6982');
    expect(await use(card, '87119E', 0x81, DIGEST)).toBeInstanceOf(Uint8Array);
    await send(card, VERIFY_PIN);
    expect(await use(card, '87119C', 0x81, DIGEST)).toBeInstanceOf(Uint8Array);
    expect(await use(card, '87119C', 0x81, DIGEST)).toBe('6982');
    expect(await use(card, '87119A', 0x81, DIGEST)).toBeInstanceOf(Uint8Array);
    expect(await use(card, '87119A', 0x81, DIGEST)).toBeInstanceOf(Uint8Array);
  });

  it('can be imported, moved and deleted on a card with vendor commands', async () => {
    const { privateKey, publicKey } = ecKey('P-256');
    const card = await aSelectedCard();
    await authenticate(card);
    const scalar = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
    expect(await sendLong(card, 'FE119D', tlv(6, scalar))).toEqual(Uint8Array.of(0x90, 0));
    expect(await send(card, '00F6829D')).toBe('9000');
    expect(await send(card, '00F7009D00')).toBe('6A88');
    await send(card, VERIFY_PIN);
    const signature = await use(card, '871182', 0x81, DIGEST);
    expect(verify('sha256', ABC, publicKey, signature as Uint8Array)).toBe(true);
    expect(await send(card, '00F98200')).toBe('6A80');
    expect(await send(card, '00F6FF82')).toBe('9000');
    expect(await use(card, '871182', 0x81, DIGEST)).toBe('6A88');
  });

  it('an imported RSA key is made whole from its primes', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { p = '', q = '', n } = privateKey.export({ format: 'jwk' });
    const card = await aSelectedCard();
    await authenticate(card);
    const data = concat(tlv(1, Buffer.from(p, 'base64url')), tlv(2, Buffer.from(q, 'base64url')));
    expect(await sendLong(card, 'FE079D', data)).toEqual(Uint8Array.of(0x90, 0));
    const metadata = parseTlvs((await sendLong(card, 'F7009D', new Uint8Array())).subarray(0, -2));
    expect(find(metadata, 3)).toEqual(Uint8Array.of(2));
    const modulus = find(parseTlvs(find(metadata, 4)!), 0x81)!;
    expect(Buffer.from(modulus).toString('base64url')).toBe(n);
  });
});
