import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { concat, tlv } from '../../src/piv/tlv.ts';
import { PERSONALITIES } from '../../src/virtual-card/personality.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aSelectedCard, authenticate, select, send, sendLong, VERIFY_PIN } from './raw-apdu.ts';

const folder = mkdtempSync(join(tmpdir(), 'recard-card-'));
afterAll(() => rmSync(folder, { recursive: true }));

const READ_CHUID = '00CB3FFF055C035FC10200';
const CHUID_TAG = Buffer.from('5C035FC102', 'hex');
const VENDOR = [
  '00F7009B',
  '00F80000',
  '00F99A00',
  '00F6FF9A',
  '00FA0303',
  '00FB0000',
  '00FD0000',
  '00FE119A',
  '00FFFFFF',
];

function putChuid(card: VirtualCard, content: Uint8Array): Promise<Uint8Array> {
  return sendLong(card, 'DB3FFF', concat(CHUID_TAG, tlv(0x53, content)));
}

describe('a virtual card', () => {
  it('keeps objects, counters and PIN in its file over a power cut', async () => {
    const path = join(folder, 'kept.json');
    const card = await aSelectedCard({}, path);
    await authenticate(card);
    expect(await putChuid(card, Buffer.alloc(1_000, 7))).toEqual(Uint8Array.of(0x90, 0));
    await send(card, '0020008008393939393939FFFF');
    const again = VirtualCard.open(path);
    expect(again.object(0x5fc102)).toEqual(Buffer.alloc(1_000, 7));
    expect(again.pinTriesLeft).toBe(2);
    expect(again.counters).toEqual(card.counters);
    expect(again.counters).toEqual({ apdus: 8, writeApdus: 4 });
    expect(again.serial).toBe(4711);
  });

  it('spells no PIN in its file', async () => {
    const path = join(folder, 'pin.json');
    const card = VirtualCard.create(path, { name: 'test' });
    card.setPinAndPuk('86420975', '97531086');
    const text = readFileSync(path, 'latin1');
    for (const secret of ['86420975', Buffer.from('86420975').toString('hex'), 'ODY0MjA5NzU']) {
      expect(text).not.toContain(secret);
    }
  });

  it('refuses a file that is no card, and says which', () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{"version":1,"name":"x"}');
    expect(() => VirtualCard.open(path)).toThrow(/read virtual card .*broken\.json/);
  });

  it('without vendor commands answers all of them with 6D00 and tells no serial', async () => {
    const card = await aSelectedCard({ personality: 'standard' });
    for (const command of VENDOR) expect(await send(card, command)).toBe('6D00');
    expect(card.serial).toBeNull();
    expect(await send(card, '00CB3FFF0000055C035FC1020000')).toBe('6700');
  });

  it('without a PIV application refuses to select it', async () => {
    const card = VirtualCard.create(null, { name: 'no-piv', hasPiv: false });
    expect(await select(card)).toBe('6A82');
    expect(await send(card, '00200080')).toBe('6D00');
  });

  it('deletes an object: 6A82, or an empty 9000 where the make does so', async () => {
    const personality = { ...PERSONALITIES.full, deletedObjectsReadEmpty: true };
    for (const [card, word] of [
      [await aSelectedCard(), '6A82'],
      [await aSelectedCard({ personality }), '9000'],
    ] as const) {
      await authenticate(card);
      await putChuid(card, Uint8Array.of(1));
      expect(await send(card, READ_CHUID)).toBe('5301019000');
      await putChuid(card, new Uint8Array());
      expect(await send(card, READ_CHUID)).toBe(word);
    }
  });

  it('gives printed information, fingerprints and photo only after the PIN', async () => {
    const card = await aSelectedCard();
    card.putObject(0x5fc109, Uint8Array.of(1));
    expect(await send(card, '00CB3FFF055C035FC10900')).toBe('6982');
    await send(card, VERIFY_PIN);
    expect(await send(card, '00CB3FFF055C035FC10900')).toBe('5301019000');
  });

  it('says so when it is full', async () => {
    const card = await aSelectedCard({ personality: { ...PERSONALITIES.full, capacityBytes: 2_000 } });
    await authenticate(card);
    expect(await putChuid(card, Buffer.alloc(1_900))).toEqual(Uint8Array.of(0x90, 0));
    expect(await putChuid(card, Buffer.alloc(2_100))).toEqual(Uint8Array.of(0x6a, 0x84));
    expect(card.object(0x5fc102)).toHaveLength(1_900);
  });

  it('is erased by RESET only when PIN and PUK are both blocked', async () => {
    const card = await aSelectedCard();
    card.putObject(0x5fc102, Uint8Array.of(1));
    expect(await send(card, '00FB0000')).toBe('6985');
    for (let i = 0; i < 3; i += 1) {
      await send(card, '0020008008393939393939FFFF');
      await send(card, '002C008010 3939393939393939 313233343536FFFF');
    }
    expect(await send(card, '00FB0000')).toBe('9000');
    expect(await send(card, READ_CHUID)).toBe('6A82');
    expect(card.pinTriesLeft).toBe(3);
  });

  it('attests a key that it has generated, with its serial', async () => {
    const card = await aSelectedCard();
    await authenticate(card);
    await send(card, '0047009A05AC0380011100');
    const attestation = new X509Certificate(
      (await sendLong(card, 'F99A00', new Uint8Array())).subarray(0, -2),
    );
    const object = await sendLong(card, 'CB3FFF', Buffer.from('5C035FFF01', 'hex'));
    const issuer = new X509Certificate(object.subarray(object.indexOf(0x30), -7));
    expect(attestation.verify(issuer.publicKey)).toBe(true);
    expect(attestation.checkIssued(issuer)).toBe(true);
  });
});

describe('a card that is cut off', () => {
  it('before a command has not carried it out, and is gone until it is put in again', async () => {
    const card = await aSelectedCard();
    await authenticate(card);
    card.cutAt(1, 'before');
    await expect(putChuid(card, Uint8Array.of(1))).rejects.toMatchObject({ name: 'CardRemovedError' });
    await expect(select(card)).rejects.toMatchObject({ name: 'CardRemovedError' });
    card.reset();
    await select(card);
    expect(await send(card, READ_CHUID)).toBe('6A82');
  });

  it('after a command has carried it out, and the answer is lost', async () => {
    const card = await aSelectedCard();
    await authenticate(card);
    card.cutAt(1, 'after');
    await expect(putChuid(card, Uint8Array.of(1))).rejects.toMatchObject({ name: 'CardRemovedError' });
    card.reset();
    await select(card);
    expect(await send(card, READ_CHUID)).toBe('5301019000');
  });

  it.each([
    [false, 'the old object'],
    [true, 'a shortened object'],
  ])('in the middle of a chain (torn: %s) holds %s', async (tearsChainedWrites) => {
    const card = await aSelectedCard({ personality: { ...PERSONALITIES.full, tearsChainedWrites } });
    card.putObject(0x5fc102, Buffer.alloc(40, 1));
    await authenticate(card);
    card.cutAt(3, 'before');
    await expect(putChuid(card, Buffer.alloc(1_000, 2))).rejects.toThrow();
    const left = card.object(0x5fc102)!;
    expect(left).toEqual(tearsChainedWrites ? Buffer.alloc(510 - 9, 2) : Buffer.alloc(40, 1));
  });
});

it('whatever bytes come in, a status word goes out', async () => {
  const card = await aSelectedCard();
  await authenticate(card);
  await send(card, VERIFY_PIN);
  const instruction = fc.constantFrom(
    0x20,
    0x24,
    0x2c,
    0x47,
    0x87,
    0xa4,
    0xc0,
    0xcb,
    0xdb,
    0xf6,
    0xf7,
    0xf9,
    0xfe,
    0xff,
  );
  const command = fc
    .tuple(
      fc.constantFrom(0, 0x10, 0x80),
      instruction,
      fc.nat(255),
      fc.nat(255),
      fc.uint8Array({ maxLength: 40 }),
    )
    .map(([cla, ins, p1, p2, rest]) => Uint8Array.of(cla, ins, p1, p2, ...rest));
  await fc.assert(
    fc.asyncProperty(fc.oneof(command, fc.uint8Array({ maxLength: 20 })), async (bytes) => {
      const answer = await card.transmit(bytes);
      expect(answer.length).toBeGreaterThanOrEqual(2);
    }),
    { numRuns: 300 },
  );
});
