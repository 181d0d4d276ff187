import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, TokenFrameError, TokenFrameReader } from '../../../src/central/token/token-frames.ts';

test('frames arrive as they were sent, however the line cuts them, and what they came in is wiped', () => {
  const frames = fc.array(fc.tuple(fc.jsonValue(), fc.uint8Array({ maxLength: 300 })), { maxLength: 5 });
  fc.assert(
    fc.property(frames, fc.integer({ min: 1, max: 90 }), (sent, size) => {
      const reader = new TokenFrameReader();
      const bytes = Buffer.concat(sent.map(([head, body]) => encodeFrame(head, body)));
      const got = [];
      for (let at = 0; at < bytes.length; at += size) {
        const chunk = Uint8Array.from(bytes.subarray(at, at + size));
        got.push(...reader.take(chunk));
        expect(chunk.every((byte) => byte === 0)).toBe(true);
      }
      const wanted = sent.map(([head, body]) => ({ head: JSON.parse(JSON.stringify(head)), body }));
      expect(got.map(({ head, body }) => ({ head, body: Uint8Array.from(body) }))).toEqual(wanted);
    }),
  );
});

test('nonsense is an error, and never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        new TokenFrameReader().take(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(TokenFrameError);
      }
    }),
  );
});
