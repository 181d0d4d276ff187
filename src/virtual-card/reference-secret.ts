import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A PIN or PUK with its counter. Salted and hashed, so that the state file does not spell it. */
export const referenceSecretSchema = z.object({
  salt: z.base64(),
  hash: z.base64(),
  isDefault: z.boolean(),
  triesLeft: z.int().min(0).max(255),
  triesMax: z.int().min(1).max(255),
});
export type ReferenceSecret = z.infer<typeof referenceSecretSchema>;

/** @param value the 8 bytes as they stand in the APDU (padded with FF) */
export function createSecret(value: Uint8Array, triesMax: number, isDefault: boolean): ReferenceSecret {
  const salt = randomBytes(16);
  return {
    salt: salt.toString('base64'),
    hash: digest(salt, value).toString('base64'),
    isDefault,
    triesLeft: triesMax,
    triesMax,
  };
}

/** Compares and counts: a wrong value costs one try, a right one restores all. Always false at 0 tries. */
export function checkSecret(secret: ReferenceSecret, value: Uint8Array): boolean {
  if (secret.triesLeft === 0) return false;
  const expected = Buffer.from(secret.hash, 'base64');
  const isRight = timingSafeEqual(expected, digest(Buffer.from(secret.salt, 'base64'), value));
  secret.triesLeft = isRight ? secret.triesMax : secret.triesLeft - 1;
  return isRight;
}

/** The 8 bytes of a PIN or PUK typed as text. */
export function padSecret(text: string): Uint8Array {
  const padded = new Uint8Array(8).fill(0xff);
  padded.set(new TextEncoder().encode(text).subarray(0, 8));
  return padded;
}

function digest(salt: Uint8Array, value: Uint8Array): Buffer {
  return createHash('sha256').update(salt).update(value).digest();
}
