/** PKCS #1 v1.5 padding, which a PIV card leaves to the host. @see RFC 8017, 7.2 and 9.2 */
import { concat } from './tlv.ts';

/** DigestInfo of SHA-256 up to the digest itself. @see RFC 8017, 9.2, note 1 */
const SHA256_PREFIX = Uint8Array.from(Buffer.from('3031300d060960864801650304020105000420', 'hex'));
const MIN_PADDING = 8;

/** What a card decrypted is not padded: it was encrypted for another key, or differently. */
export class PaddingError extends Error {
  override readonly name = 'PaddingError';
  constructor(intent: string) {
    super(`${intent}: what came out is not padded by PKCS #1 v1.5`);
  }
}

/** EMSA-PKCS1-v1_5 of a SHA-256 digest: 00 01 FF … 00 DigestInfo. @param size length of the modulus in bytes */
export function encodeDigest(digest: Uint8Array, size: number): Uint8Array {
  const info = concat(SHA256_PREFIX, digest);
  const padding = new Uint8Array(size - info.length - 3).fill(0xff);
  return concat(Uint8Array.of(0x00, 0x01), padding, Uint8Array.of(0x00), info);
}

/** Takes 00 02 PS 00 off; null when it is not there. */
export function unpadEncryption(padded: Uint8Array): Uint8Array | null {
  const end = padded.indexOf(0x00, 2);
  if (padded[0] !== 0x00 || padded[1] !== 0x02 || end < 2 + MIN_PADDING) return null;
  return Uint8Array.from(padded.subarray(end + 1));
}
