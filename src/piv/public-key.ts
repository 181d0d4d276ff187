/** Public keys as a card tells them. @see NIST SP 800-73-4 part 2, table 11 */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { KeyAlgorithm } from '../domain/slot.ts';
import { KEY_FACTS } from './algorithm.ts';
import { parseAnswer, required } from './answer.ts';
import { MalformedAnswerError } from './status-word.ts';
import { find } from './tlv.ts';

const TAG_MODULUS = 0x81;
const TAG_EXPONENT = 0x82;
const TAG_POINT = 0x86;
const UNCOMPRESSED = 0x04;

/**
 * Turns the elements inside 7F49 (or metadata's 04) into a SubjectPublicKeyInfo.
 * An exponent with leading zero bytes is taken; a modulus of another length or a point off the curve is not.
 * @throws MalformedAnswerError
 */
export function toPublicKeyInfo(intent: string, algorithm: KeyAlgorithm, template: Uint8Array): Uint8Array {
  const elements = parseAnswer(intent, template);
  const facts = KEY_FACTS[algorithm];
  if (facts.kind === 'RSA') {
    const modulus = required(intent, 'modulus', find(elements, TAG_MODULUS), facts.size);
    const exponent = withoutLeadingZeros(required(intent, 'exponent', find(elements, TAG_EXPONENT)));
    const isSound = modulus[0]! >= 0x80 && exponent.length > 0 && exponent.length <= 8;
    if (!isSound) throw new MalformedAnswerError(intent, 'it is not an RSA key of this length');
    return encode(intent, { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) });
  }
  const point = required(intent, 'point', find(elements, TAG_POINT), 1 + 2 * facts.size);
  if (point[0] !== UNCOMPRESSED) throw new MalformedAnswerError(intent, 'its point is not uncompressed');
  const x = base64url(point.subarray(1, 1 + facts.size));
  const y = base64url(point.subarray(1 + facts.size));
  return encode(intent, { kty: 'EC', crv: facts.curve, x, y });
}

function encode(intent: string, key: JsonWebKey): Uint8Array {
  try {
    const der = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' });
    return new Uint8Array(der);
  } catch (cause) {
    throw new MalformedAnswerError(intent, 'it is not a public key', { cause });
  }
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? new Uint8Array() : bytes.subarray(first);
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
