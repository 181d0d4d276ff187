import { describe, expect, it } from 'vitest';
import { concat, tlv } from '../../src/piv/tlv.ts';
import type { PersonalityName } from '../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aSelectedCard, authenticate, FACTORY_KEY, select, send, sendLong } from './raw-apdu.ts';

const VERIFY_PIN = '0020008008313233343536FFFF';
const IS_PIN_VERIFIED = '00200080';
const READ_CHUID = '00CB3FFF055C035FC10200';
const CHUID = 0x5fc102;

async function anOpenCard(personality: PersonalityName): Promise<VirtualCard> {
  const card = await aSelectedCard({ personality });
  await authenticate(card);
  return card;
}

async function put(card: VirtualCard, length: number, tag = [0x5f, 0xc1, 0x02]): Promise<string> {
  const data = concat(tlv(0x5c, Uint8Array.from(tag)), tlv(0x53, new Uint8Array(length).fill(7)));
  return Buffer.from(await sendLong(card, 'DB3FFF', data)).toString('hex');
}

describe('the families of cards', () => {
  it('full tells its serial, takes extended length and has every vendor command', async () => {
    const card = await aSelectedCard({ personality: 'full' });
    expect(await send(card, '00F8000000')).toBe('000012679000');
    expect(await send(card, '00CB3FFF0000055C035FC1020000')).toBe('6A82');
    expect(await send(card, '00FD000000')).toMatch(/9000$/);
  });

  it('standard has no vendor command and no serial', async () => {
    const card = await aSelectedCard({ personality: 'standard' });
    expect(await send(card, '00F8000000')).toBe('6D00');
    expect(await send(card, '00FD000000')).toBe('6D00');
    expect(card.serial).toBeNull();
  });

  it('no-extended-length answers 6700 to an extended APDU and takes the same in blocks', async () => {
    const card = await anOpenCard('no-extended-length');
    expect(await send(card, '00CB3FFF0000055C035FC1020000')).toBe('6700');
    expect(await put(card, 900)).toBe('9000');
  });

  it('small has room for 8 kB, and no more for an object than it was first given', async () => {
    const card = await anOpenCard('small');
    expect(await put(card, 700)).toBe('9000');
    expect(await put(card, 704)).toBe('9000');
    expect(await put(card, 705)).toBe('6a84');
    expect(await put(card, 100)).toBe('9000');
    expect(await put(card, 0)).toBe('9000');
    expect(await put(card, 705)).toBe('6a84');
    expect(await put(card, 704)).toBe('9000');
    expect(card.object(CHUID)).toHaveLength(704);
    expect(await put(card, 7_500, [0x5f, 0xc1, 0x08])).toBe('6a84');
    expect(await put(card, 5_000, [0x5f, 0xc1, 0x08])).toBe('9000');
  });

  it('torn-writes leaves a shortened object, which reads with 9000', async () => {
    const card = await anOpenCard('torn-writes');
    card.putObject(CHUID, new Uint8Array(40).fill(1));
    card.cutAt(3, 'before');
    await expect(put(card, 1_000)).rejects.toMatchObject({ name: 'CardRemovedError' });
    card.reset();
    await select(card);
    expect(await send(card, READ_CHUID)).toMatch(/^53.*61[0-9A-F]{2}$/);
    expect(card.object(CHUID)).toHaveLength(510 - 9);
  });

  it('keeps-pin-over-select keeps the PIN until power goes, where full forgets it', async () => {
    for (const [personality, word] of [
      ['keeps-pin-over-select', '9000'],
      ['full', '63C3'],
    ] as const) {
      const card = await aSelectedCard({ personality });
      await send(card, VERIFY_PIN);
      await select(card);
      expect(await send(card, IS_PIN_VERIFIED)).toBe(word);
      card.reset();
      await select(card);
      expect(await send(card, IS_PIN_VERIFIED)).toBe('63C3');
    }
  });

  it('empty-deleted-objects reads a deleted object as an empty 9000', async () => {
    const card = await anOpenCard('empty-deleted-objects');
    expect(await put(card, 10)).toBe('9000');
    expect(await put(card, 0)).toBe('9000');
    expect(await send(card, READ_CHUID)).toBe('9000');
  });

  it('serial-absent knows every vendor command but the serial, serial-zero answers zero', async () => {
    const absent = await aSelectedCard({ personality: 'serial-absent' });
    expect(await send(absent, '00F8000000')).toBe('6D00');
    expect(await send(absent, '00FD000000')).toMatch(/9000$/);
    const zero = await aSelectedCard({ personality: 'serial-zero' });
    expect(await send(zero, '00F8000000')).toBe('000000009000');
    expect([absent.serial, zero.serial]).toEqual([null, null]);
  });

  it('aes-192-factory opens with the factory key as AES-192 only', async () => {
    const card = await aSelectedCard({ personality: 'aes-192-factory' });
    expect(await authenticate(card)).toBe('6A86');
    expect(await authenticate(card, FACTORY_KEY, 10)).toBe('9000');
  });

  it('slow takes 60 ms an APDU, unless told otherwise', async () => {
    const card = await aSelectedCard({ personality: 'slow' });
    const took = async () => {
      const begun = performance.now();
      await select(card);
      return performance.now() - begun;
    };
    expect(await took()).toBeGreaterThan(55);
    card.faults.delayMs = 0;
    // One that is as quick as that is enough: a busy machine may hold up any of them.
    let quickest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 20; i += 1) quickest = Math.min(quickest, await took());
    expect(quickest).toBeLessThan(55);
  });
});
