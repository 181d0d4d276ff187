import { constants, type KeyObject, verify } from 'node:crypto';

/**
 * Whether an RSA or EC key has signed these bytes; any other kind of key has not.
 * @param hash as Node names it
 * @param isPss RSASSA-PSS in place of PKCS #1 v1.5
 */
export function isSignedBy(
  key: KeyObject,
  hash: string,
  signed: Uint8Array,
  signature: Uint8Array,
  isPss = false,
): boolean {
  if (key.asymmetricKeyType === 'ec') return verify(hash, signed, key, signature);
  if (key.asymmetricKeyType !== 'rsa') return false;
  const padding = isPss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return verify(hash, signed, { key, padding }, signature);
}
