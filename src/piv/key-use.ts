/** Signing, decrypting and agreeing with a slot key; hashes and padding are made here, the card does the arithmetic. */
import { createHash } from 'node:crypto';
import type { KeyAlgorithm, Slot } from '../domain/slot.ts';
import { KEY_FACTS } from './algorithm.ts';
import { parseAnswer, unwrapAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import {
  authenticate,
  authenticationElement,
  TAG_CHALLENGE,
  TAG_EXPONENTIATION,
  TAG_RESPONSE,
} from './general-authenticate.ts';
import { encodeDigest, PaddingError, unpadEncryption } from './pkcs1.ts';
import { keyReference } from './reference.ts';
import { MalformedAnswerError, refusal, SW_OK } from './status-word.ts';
import { tlv } from './tlv.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** Signs a message: PKCS #1 v1.5 for RSA, a DER Ecdsa-Sig-Value for EC. @throws SecurityStatusError without the PIN */
export async function sign(
  exchange: Exchange,
  slot: Slot,
  algorithm: KeyAlgorithm,
  message: Uint8Array,
): Promise<Uint8Array> {
  const intent = `sign with ${slot}`;
  const facts = KEY_FACTS[algorithm];
  const digest = new Uint8Array(createHash(facts.hash).update(message).digest());
  if (facts.kind === 'RSA') {
    const padded = encodeDigest(digest, facts.size);
    return use(exchange, intent, slot, algorithm, tlv(TAG_CHALLENGE, padded), facts.size);
  }
  const signature = await use(exchange, intent, slot, algorithm, tlv(TAG_CHALLENGE, digest));
  checkEcdsaSignature(intent, signature, facts.size);
  return signature;
}

/**
 * Decrypts with an RSA key and takes the PKCS #1 v1.5 padding off.
 * @throws PaddingError when it is not padded as it should be; RangeError for an EC key or a ciphertext of another length
 */
export async function decrypt(
  exchange: Exchange,
  slot: Slot,
  algorithm: KeyAlgorithm,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const intent = `decrypt with ${slot}`;
  const facts = KEY_FACTS[algorithm];
  if (facts.kind !== 'RSA' || ciphertext.length !== facts.size) {
    throw new RangeError(`${intent}: ${ciphertext.length} bytes are no ciphertext for ${algorithm}`);
  }
  const padded = await use(exchange, intent, slot, algorithm, tlv(TAG_CHALLENGE, ciphertext), facts.size);
  const message = unpadEncryption(padded);
  padded.fill(0);
  if (message === null) throw new PaddingError(intent);
  return message;
}

/**
 * Agrees with an EC key (ECDH) on the x coordinate.
 * @param point uncompressed, 04 x y
 */
export async function agree(
  exchange: Exchange,
  slot: Slot,
  algorithm: KeyAlgorithm,
  point: Uint8Array,
): Promise<Uint8Array> {
  const intent = `agree on a secret with ${slot}`;
  const facts = KEY_FACTS[algorithm];
  if (facts.kind !== 'EC' || point.length !== 1 + 2 * facts.size || point[0] !== 0x04) {
    throw new RangeError(`${intent}: ${point.length} bytes are no point for ${algorithm}`);
  }
  return use(exchange, intent, slot, algorithm, tlv(TAG_EXPONENTIATION, point), facts.size);
}

async function use(
  exchange: Exchange,
  intent: string,
  slot: Slot,
  algorithm: KeyAlgorithm,
  part: Uint8Array,
  length?: number,
): Promise<Uint8Array> {
  const { id, size } = KEY_FACTS[algorithm];
  const { data, sw } = await authenticate(exchange, {
    algorithmId: id,
    reference: keyReference(slot),
    parts: [tlv(TAG_RESPONSE), part],
    answerLength: size,
    isAnswerSecret: true,
  });
  if (sw !== SW_OK) throw refusal(sw, intent);
  return authenticationElement(intent, data, TAG_RESPONSE, length);
}

function checkEcdsaSignature(intent: string, signature: Uint8Array, size: number): void {
  const integers = parseAnswer(intent, unwrapAnswer(intent, SEQUENCE, signature));
  const areSound = integers.every(
    ({ tag, value }) => tag === INTEGER && value.length > 0 && value.length <= size + 1,
  );
  if (integers.length !== 2 || !areSound) throw new MalformedAnswerError(intent, 'it is not a signature');
}
