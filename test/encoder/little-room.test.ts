import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CardTooSmallError } from '../../src/encoder/errors.ts';
import { parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { CardFullError } from '../../src/piv/status-word.ts';
import { PERSONALITIES } from '../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCard, aCentral, anImage, NEW_PIN, OLD_PIN, run, takesPin } from './support/card-run.ts';
import type { Image } from './support/small-central.ts';

const PHOTO = 0x5fc108;
const SECURITY_OBJECT = 0x5fc106;
const CERTIFICATE_9A = 0x5fc105;

/** Everything of the usual image but the photo and the fingerprints: what a small card has room for. */
function modestImage(changes: Partial<Image> = {}): Image {
  const objects = anImage('P-256').objects.map((object) =>
    ['5FC108', '5FC103'].includes(object.tag) ? { ...object, content: new Uint8Array() } : object,
  );
  return anImage('P-256', { objects, ...changes });
}

/** Objects and elliptic keys. */
function bytesOn(card: VirtualCard): number {
  const tags = [0x7e, ...Array.from({ length: 0x24 }, (_, i) => 0x5fc101 + i)];
  const objects = tags.reduce((sum, tag) => sum + (card.object(tag)?.length ?? 0), 0);
  return objects + 4 * 138;
}

describe('a card without much room is finished all the same', () => {
  test('the photo that it has no room for is left out, named, and not in the Security Object', async () => {
    const card = aCard({ ...PERSONALITIES.full, capacityBytes: 4_900 });
    const central = aCentral(anImage('P-256'));
    const { outcome, error } = await run(card, central);
    expect(error).toBeNull();
    expect(outcome?.kind).toBe('completed');
    expect(central.completed?.unwritableObjects).toEqual(['5FC108']);
    expect(card.object(PHOTO)).toBeUndefined();
    expect(Buffer.from(card.object(SECURITY_OBJECT)!).toString()).toBe('Security Object without 5FC108');
  });

  test('a photo of long ago makes way for longer certificates before the run comes to it', async () => {
    const card = aCard({ ...PERSONALITIES.full, capacityBytes: 900 + 10 + bytesOn(aCard()) });
    card.putObject(PHOTO, new Uint8Array(900).fill(1));
    const central = aCentral(modestImage());
    central.holderName = randomBytes(30).toString('hex');
    const { error, journal } = await run(card, central);
    expect(error).toBeNull();
    expect(card.object(PHOTO)).toBeUndefined();
    expect(central.completed?.unwritableObjects).toEqual([]);
    expect(journal.steps.indexOf('object:5FC108')).toBeLessThan(journal.steps.indexOf('key:9C'));
  });

  test('what was left out stays so when the card is pulled and finished later', async () => {
    for (const apdu of [22, 26, 30, 34]) {
      const card = aCard({ ...PERSONALITIES.full, capacityBytes: 4_900 });
      const central = aCentral(anImage('P-256'));
      card.cutAt(apdu, 'after');
      expect((await run(card, central)).error, `cut after ${apdu}`).toHaveProperty(
        'name',
        'CardRemovedError',
      );
      card.reset();
      const { error } = await run(card, central, { isResumed: true });
      expect(error, `cut after ${apdu}`).toBeNull();
      expect(card.object(PHOTO)).toBeUndefined();
      expect(Buffer.from(card.object(SECURITY_OBJECT)!).toString()).toBe('Security Object without 5FC108');
    }
  });

  test('a certificate that is longer than its room is stored compressed', async () => {
    const card = aCard('small');
    const central = aCentral(modestImage());
    central.holderName = randomBytes(30).toString('hex');
    await run(card, central);
    const next = aCentral(modestImage(), central.newest.managementKey, central.newest.puk);
    next.holderName = 'Alice '.repeat(25);
    const { error } = await run(card, next, { oldPin: NEW_PIN });
    expect(error).toBeNull();
    const stored = next.completed?.readBack.find(({ tag }) => tag === '5FC105');
    expect(Buffer.from(stored!.compressed!)).toEqual(Buffer.from(card.object(CERTIFICATE_9A)!));
    const certificate = Buffer.from(parseCertificateObject(stored!.compressed!));
    expect(certificate).toEqual(Buffer.from(next.issued.get('9A')!.certificate));
  });

  test('a card that is too small for what must be there ends the run with just that', async () => {
    const card = aCard({ ...PERSONALITIES.full, capacityBytes: 1_500 });
    const central = aCentral(anImage('P-256'));
    central.holderName = randomBytes(30).toString('hex');
    const { error, pin } = await run(card, central);
    expect(error).toBeInstanceOf(CardFullError);
    expect([...pin.old, ...pin.next].every((byte) => byte === 0)).toBe(true);
    expect(await takesPin(card, NEW_PIN)).toBe(true);
  });
});

describe('room is made sure of before anything is lost', () => {
  test('where the Security Object must grow and cannot, the card keeps what it held, and its PIN', async () => {
    const card = aCard('small', { securityObject: new Uint8Array(400).fill(7) });
    const tags = [0x5fc105, 0x5fc10a, 0x5fc10b, 0x5fc101, 0x5fc102, SECURITY_OBJECT, 0x5fc107, 0x5fc109];
    const before = tags.map((tag) => card.object(tag));
    const central = aCentral(modestImage());
    const { error, journal } = await run(card, central);
    expect(error).toBeInstanceOf(CardTooSmallError);
    expect(tags.map((tag) => card.object(tag))).toEqual(before);
    expect(journal.steps.filter((step) => !step.startsWith('object:'))).toEqual([]);
    expect(central.calls).not.toContain('intend:pin');
    expect(await takesPin(card, OLD_PIN)).toBe(true);
  });

  test('where it must grow and can, it is made longer first, and a cut at any APDU costs nothing', async () => {
    let apdu = 1;
    for (; ; apdu += 1) {
      const card = aCard('no-extended-length', { securityObject: new Uint8Array(400).fill(7) });
      const central = aCentral(modestImage());
      card.cutAt(apdu, 'after');
      const first = await run(card, central);
      if (first.outcome) break;
      card.reset();
      expect((await run(card, central, { isResumed: true })).error, `cut after ${apdu}`).toBeNull();
      expect(card.object(SECURITY_OBJECT)).toHaveLength(900);
    }
    expect(apdu).toBeGreaterThan(40);
  });

  test('where nothing grows, not one write is spent on it', async () => {
    const { journal } = await run(aCard(), aCentral(modestImage()));
    expect(journal.steps[0]).toBe('pin');
  });
});
