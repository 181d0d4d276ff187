/** A request is collected on a person's own machine, which is no kiosk and shows no certificate: by a token, once (KR-08, KR-09). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { pinOf } from './enrolment.ts';
import { termsAnswer } from './operation.ts';
import { softResponse } from './soft-certificate.ts';
import * as v from './values.ts';

/** `POST /requests/:id/collection-token`, by a kiosk: for somebody who may collect that request, and has just proved it. */
export const collectionTokenRequest = z.object({
  /** Of the owner's card. Null: the operator whose session the header names. */
  proofId: v.id.nullable(),
  ...termsAnswer,
});
export type CollectionTokenRequest = z.infer<typeof collectionTokenRequest>;

export const collectionTokenResponse = z.object({
  /** As `writeCollectionToken` writes it, ASCII. Central keeps a hash of it, and cannot say it again. */
  token: v.bytes,
  /** Central as the person's machine is to call it; null where central was not told. */
  url: z.string().nullable(),
  expiresAt: v.instant,
});

const secret = z.string().regex(/^[0-9a-f]{26}$/);
const run = v.bytes.refine(({ length }) => length === 32, 'not the length of an X25519 key');

/** `POST /collections/open`, by anybody: the first run that names a token has it. Asked again by that run, it is the same. */
export const collectionOpenRequest = z.object({
  /** Of the token, hex. */
  secret,
  /** Raw X25519 public key of this run: what is answered can be opened by it alone. */
  recipientKey: run,
  /** As the machine calls itself: for the audit and the mail to the owner, and for nothing else. */
  machine: z.string().regex(/^[\w.-]{1,64}$/),
  /**
   * Of a token that was given out at central, where nobody was shown any terms (RP-19). Null: not yet; the refusal has them then, in
   * `termsLanguage`. Absent: an older program, which cannot show them.
   */
  ...termsAnswer,
});
export type CollectionOpenRequest = z.infer<typeof collectionOpenRequest>;

/** The keys are sealed with `softContext`. */
export const collectionOpenResponse = softResponse.extend({ requestId: v.id });
export type CollectionOpenResponse = z.infer<typeof collectionOpenResponse>;

/** `POST /collections/complete`: the keys are in the database, and were found there. */
export const collectionCompleteRequest = z.object({ secret, run });

/** `POST /collections/stopped`: they are not; it is collected again, with another token. */
export const collectionStoppedRequest = z.object({ secret, run, code: v.word });

/** Why central takes no token. */
export const TOKEN_REFUSALS = {
  unknown: 'KR-08-token-unknown',
  used: 'KR-08-token-used',
  expired: 'KR-08-token-expired',
} as const;

/** A token in its two parts. */
export interface CollectionToken {
  /** The first 16 bytes of the SHA-256 of the authority's certificate: by them the machine knows central. */
  readonly pin: Uint8Array;
  /** 104 bits of chance, hex: by them central knows the request. */
  readonly secret: string;
}

/** Length of the secret, in bytes. */
export const TOKEN_SECRET_LENGTH = 13;
const PIN_LENGTH = 16;
/** With one byte of a check: 240 bits, 48 characters. */
const TOKEN_LENGTH = PIN_LENGTH + TOKEN_SECRET_LENGTH + 1;
const GROUP = 8;
/** Nothing in it is mistaken for another character. @see https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;

/**
 * Six groups of eight letters and digits, that can be typed: the beginning of the fingerprint, the secret, and one byte of a check.
 * @param fingerprint SHA-256 of the authority's certificate @param secret `TOKEN_SECRET_LENGTH` bytes
 * @returns ASCII; whoever shows it wipes it
 */
export function writeCollectionToken(fingerprint: Uint8Array, secret: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(TOKEN_LENGTH);
  bytes.set(pinOf(fingerprint));
  bytes.set(secret, PIN_LENGTH);
  bytes[TOKEN_LENGTH - 1] = checkOf(bytes);
  const text: number[] = [];
  for (let at = 0; at * BITS < TOKEN_LENGTH * 8; at += 1) {
    if (at > 0 && at % GROUP === 0) text.push('-'.charCodeAt(0));
    text.push(ALPHABET.charCodeAt(bitsAt(bytes, at * BITS)));
  }
  bytes.fill(0);
  return new Uint8Array(text);
}

/** As it was typed: in any case, with hyphens and spaces anywhere, and O, I, L for the digits. Null for what is no token. */
export function parseCollectionToken(typed: string): CollectionToken | null {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (text.length * BITS !== TOKEN_LENGTH * 8) return null;
  const values = [...text].map((character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) return null;
  const bits = values.map((value) => value.toString(2).padStart(BITS, '0')).join('');
  const bytes = new Uint8Array(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  if (bytes[TOKEN_LENGTH - 1] !== checkOf(bytes)) return null;
  const secretPart = bytes.subarray(PIN_LENGTH, TOKEN_LENGTH - 1);
  return { pin: bytes.slice(0, PIN_LENGTH), secret: Buffer.from(secretPart).toString('hex') };
}

/** Five bits, from the first on. */
function bitsAt(bytes: Uint8Array, position: number): number {
  const [at, offset] = [position >> 3, position & 7];
  const two = (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  return (two >> (16 - BITS - offset)) & 31;
}

/** Finds a character that was mistyped: of 256 wrong tokens 255. */
function checkOf(bytes: Uint8Array): number {
  const hash = createHash('sha256').update('recard collection token\0');
  return hash.update(bytes.subarray(0, TOKEN_LENGTH - 1)).digest()[0]!;
}
