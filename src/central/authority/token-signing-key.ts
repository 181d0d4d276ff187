import { createHash } from 'node:crypto';
import { algorithmOf, hashFor, verifySignature } from '../../pki/public-key.ts';
import type { SigningKey } from '../../pki/signing-key.ts';
import type { Token } from '../token/token.ts';
import { TokenError } from '../token/token-error.ts';

/**
 * A key of the authority in a token. Nothing that it signs is given out before it has been verified: another key of the same
 * id, or a token that is broken, would spoil certificates that nobody can call back.
 * @param id of the private key, hex
 * @param publicKey SubjectPublicKeyInfo of P-256 or P-384
 */
export function tokenSigningKey(token: Pick<Token, 'sign'>, id: string, publicKey: Uint8Array): SigningKey {
  const algorithm = algorithmOf(publicKey);
  return {
    publicKey,
    algorithm,
    async sign(message) {
      const digest = createHash(hashFor(algorithm)).update(message).digest();
      const signature = derOf(await token.sign(id, digest));
      if (verifySignature(publicKey, message, signature)) return signature;
      const remedy = `key ${id} is not the one of central's certificate; name the token that central's keys are in`;
      throw new TokenError('unfit', remedy);
    },
  };
}

/** ECDSA-Sig-Value of r ‖ s. @see RFC 3279, 2.2.3 */
function derOf(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const content = Buffer.concat([integerOf(raw.subarray(0, half)), integerOf(raw.subarray(half))]);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

function integerOf(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? bytes.subarray(-1) : bytes.subarray(first);
  const isNegative = (short[0] ?? 0) >= 0x80;
  return Buffer.concat([
    Buffer.of(0x02, short.length + Number(isNegative), ...(isNegative ? [0] : [])),
    short,
  ]);
}
