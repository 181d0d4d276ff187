/**
 * A record that a token has sealed says by which key: magic (8) ‖ first half of the fingerprint (16) ‖ nonce ‖ ciphertext ‖
 * tag. One that the same key has sealed while it was in a file is nonce ‖ ciphertext ‖ tag alone.
 */
const MAGIC = new TextEncoder().encode('recardA2');
const NAME_LENGTH = 16;
const HEAD_LENGTH = MAGIC.length + NAME_LENGTH;

/** Authenticated with what is sealed. @param fingerprint of the archive key, hex */
export function recordHead(fingerprint: string): Uint8Array {
  return Buffer.concat([MAGIC, Buffer.from(fingerprint, 'hex').subarray(0, NAME_LENGTH)]);
}

/** Shorter than a whole one where the record is; null: it has none. */
export function headIn(sealed: Uint8Array): Uint8Array | null {
  const hasHead = Buffer.from(sealed.subarray(0, MAGIC.length)).equals(MAGIC);
  return hasHead ? sealed.subarray(0, HEAD_LENGTH) : null;
}

/** What a head says of the key that has sealed the record, hex. */
export function nameInHead(head: Uint8Array): string {
  return Buffer.from(head.subarray(MAGIC.length)).toString('hex');
}
