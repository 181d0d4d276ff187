import { z } from 'zod';
import { UNKNOWN, type Unknown } from '../domain/card.ts';
import { SECRET_KINDS } from '../domain/card-secret.ts';
import { KEY_ALGORITHMS, MANAGEMENT_KEY_ALGORITHMS, SLOTS } from '../domain/slot.ts';

/** Building blocks of every message. Bytes travel as base64 and are `Uint8Array` on both sides. */

const MAX_BYTES = 64 * 1024;

/** Whatever memory they are in: the type that all of Recard writes as `Uint8Array`. */
const anyBytes = z.instanceof<typeof Uint8Array<ArrayBufferLike>>(Uint8Array);

/** base64 on the wire ↔ Uint8Array in code; refuses what is not canonical base64 or longer than 64 KiB. */
export const bytes = z.codec(z.string().max(MAX_BYTES * 2), anyBytes, {
  decode: (text, context) => {
    const decoded = Buffer.from(text, 'base64');
    if (decoded.toString('base64') !== text || decoded.length > MAX_BYTES) {
      context.issues.push({ code: 'custom', message: 'not canonical base64', input: text });
      return z.NEVER;
    }
    return new Uint8Array(decoded);
  },
  encode: (value) => Buffer.from(value).toString('base64'),
});

/** A word whose meaning whoever reads it need not know. */
export const word = z.string().max(64);

/** One of these words; a word that only a newer central knows is read as `unknown`, so that it breaks nothing (SY-06). */
export function openWords<const Words extends readonly string[]>(words: Words) {
  const other = z.codec(word, z.literal(UNKNOWN), { decode: (): Unknown => UNKNOWN, encode: () => UNKNOWN });
  return z.union([z.enum(words), other]);
}

export const id = z.uuid();
/** Of a CHUID. Cards of other systems have any 16 bytes there, not only what RFC 9562 calls a UUID. */
export const guid = z.guid();
export const slot = z.enum(SLOTS);
export const keyAlgorithm = z.enum(KEY_ALGORITHMS);
export const managementKeyAlgorithm = z.enum(MANAGEMENT_KEY_ALGORITHMS);
/** Text that the database can keep: PostgreSQL takes every character but U+0000. */
export function text(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine((value) => !value.includes('\0'), 'U+0000 is in it');
}
/** ISO 8601 UTC. */
export const instant = z.iso.datetime();
/** Chip serial: decimal, no sign, no leading zero. */
export const chipSerial = z.string().regex(/^[1-9][0-9]{0,39}$/);
/** Data object tag in upper-case hex (`5FC102`, `7E`). */
export const objectTag = z.string().regex(/^(5FC1[0-9A-F]{2}|7E)$/);
export const secretKind = z.enum(SECRET_KINDS);
export type SecretKind = z.infer<typeof secretKind>;
/** Which management key a card has: version 0 is the factory's, others are diversified from central's card id. */
export const managementKeyVersion = z.object({ version: z.int().min(0), algorithm: managementKeyAlgorithm });
