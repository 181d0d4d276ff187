import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  openBytes,
  SEAL_LENGTH,
  SEALING_KEY_LENGTH,
  sealBytes,
} from '../../../src/central/authority/sealed-bytes.ts';

const key = randomBytes(SEALING_KEY_LENGTH);
const place = Buffer.from('card 1');

test('what was sealed opens for its own place under its own key, and for no other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (content) => {
      const sealed = sealBytes(key, content, place);
      expect(sealed.length).toBe(content.length + SEAL_LENGTH);
      expect(Buffer.from(openBytes(key, sealed, place)).equals(content)).toBe(true);
      expect(() => openBytes(key, sealed, Buffer.from('card 2'))).toThrow();
      expect(() => openBytes(randomBytes(SEALING_KEY_LENGTH), sealed, place)).toThrow();
    }),
  );
});

test('what was cut off or changed anywhere does not open', () => {
  const sealed = sealBytes(key, randomBytes(20), place);
  for (let length = 0; length < sealed.length; length += 1)
    expect(() => openBytes(key, sealed.subarray(0, length), place)).toThrow();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed);
    changed[at]! ^= 1;
    expect(() => openBytes(key, changed, place)).toThrow();
  }
});
