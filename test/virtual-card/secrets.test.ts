import { describe, expect, it } from 'vitest';
import { PERSONALITIES } from '../../src/virtual-card/personality.ts';
import { aSelectedCard, authenticate, select, send, VERIFY_PIN } from './raw-apdu.ts';

const WRONG_PIN = '0020008008393939393939FFFF';
const PUK = '3132333435363738';
const NEW_PIN = '323436383130FFFF';

describe('PIN and PUK of a virtual card', () => {
  it('count down with each wrong try, block, and a right one restores the tries', async () => {
    const card = await aSelectedCard();
    expect(await send(card, '00200080')).toBe('63C3');
    expect(await send(card, WRONG_PIN)).toBe('63C2');
    expect(await send(card, VERIFY_PIN)).toBe('9000');
    expect(await send(card, '00200080')).toBe('9000');
    expect(card.pinTriesLeft).toBe(3);
    for (const word of ['63C2', '63C1', '6983', '6983']) expect(await send(card, WRONG_PIN)).toBe(word);
    expect(await send(card, VERIFY_PIN)).toBe('6983');
  });

  it('are unblocked by the PUK, and changed with the old value', async () => {
    const card = await aSelectedCard();
    for (let i = 0; i < 3; i += 1) await send(card, WRONG_PIN);
    expect(await send(card, `002C008010 ${PUK} ${NEW_PIN}`)).toBe('9000');
    expect(await send(card, `0020008008 ${NEW_PIN}`)).toBe('9000');
    expect(await send(card, `0024008010 ${NEW_PIN} 313233343536FFFF`)).toBe('9000');
    expect(await send(card, VERIFY_PIN)).toBe('9000');
    expect(await send(card, `0024008110 ${NEW_PIN} ${PUK}`)).toBe('63C2');
    expect(card.pukTriesLeft).toBe(2);
  });

  it('a PIN that is not digits costs no try on a standard card', async () => {
    const card = await aSelectedCard({ personality: 'standard' });
    expect(await send(card, '0020008008 616263646566FFFF')).toBe('6A80');
    expect(card.pinTriesLeft).toBe(3);
  });

  it('are forgotten at a reset and at SELECT, unless the card keeps the PIN over SELECT', async () => {
    const card = await aSelectedCard();
    const keeper = await aSelectedCard({ personality: { ...PERSONALITIES.full, keepsPinOverSelect: true } });
    for (const one of [card, keeper]) {
      await send(one, VERIFY_PIN);
      await select(one);
    }
    expect(await send(card, '00200080')).toBe('63C3');
    expect(await send(keeper, '00200080')).toBe('9000');
    keeper.reset();
    await select(keeper);
    expect(await send(keeper, '00200080')).toBe('63C3');
  });
});

describe('the management key of a virtual card', () => {
  it.each([
    ['AES-128', 0x08, 16],
    ['AES-192', 0x0a, 24],
    ['AES-256', 0x0c, 32],
    ['3DES', 0x03, 24],
  ] as const)('is proven by both sides and replaced by one of %s', async (_, id, length) => {
    const card = await aSelectedCard();
    expect(await authenticate(card)).toBe('9000');
    const key = Buffer.from(Array.from({ length }, (_value, i) => 3 * i + 1));
    const data = Buffer.concat([Uint8Array.of(id, 0x9b, length), key]).toString('hex');
    expect(await send(card, `00FFFFFF ${(3 + length).toString(16).padStart(2, '0')} ${data}`)).toBe('9000');
    await select(card);
    expect(await authenticate(card, key, id)).toBe('9000');
    expect(await authenticate(card, Buffer.alloc(length, 9), id)).toBe('6982');
  });

  it('of the factory is AES-192 where the make says so', async () => {
    const personality = { ...PERSONALITIES.full, factoryManagementKeyAlgorithm: 'AES-192' } as const;
    const card = await aSelectedCard({ personality });
    expect(await authenticate(card)).toBe('6A86');
    expect(await authenticate(card, undefined, 0x0a)).toBe('9000');
    expect(await send(card, '00F7009B00')).toBe('01010A020200010501019000');
  });

  it('is asked for by every command that writes', async () => {
    const card = await aSelectedCard();
    const writes = [
      '0047009A05AC03800111',
      '00DB3FFF095C035FC10253020102',
      '00FFFFFF03039B00',
      '00F6FF9A',
      '00FA0303',
    ];
    for (const write of writes) expect(await send(card, write)).toBe('6982');
    expect(card.counters.writeApdus).toBe(writes.length);
  });

  it('encrypts nothing for who has not proven it first', async () => {
    const card = await aSelectedCard();
    expect(await send(card, '0087039B0E7C0C8108001122334455667782 00 00')).toBe('6A80');
    expect(await send(card, '0087039B0C7C0A80080011223344556677 00')).toMatch(/^6A80$/);
  });
});
