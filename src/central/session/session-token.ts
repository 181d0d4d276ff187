/** How a kiosk names an operator's session: 32 random bytes, of which central keeps SHA-256 only. */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** base64url */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Null: that is no token. */
export function tokenHash(token: string): Uint8Array | null {
  if (!TOKEN.test(token)) return null;
  return new Uint8Array(createHash('sha256').update(Buffer.from(token, 'base64url')).digest());
}
