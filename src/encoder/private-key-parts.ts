import type { PrivateKeyParts } from '../piv/key-change.ts';
import { parseTlvs, type Tlv, TlvError, unwrap } from '../piv/tlv.ts';

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
/** Where two primes begin in an RSAPrivateKey: after version, n, e and d. */
const FIRST_PRIME = 4;
const RSA_FIELDS = 9;
/** rsaEncryption and ecPublicKey, as they are encoded. @see RFC 8017, A.1; RFC 5480, 2.1.1 */
const RSA = '06092a864886f70d010101';
const EC = '06072a8648ce3d0201';

/**
 * What a card imports of a private key: views of the same memory, so that wiping it wipes them.
 * @param pkcs8 PrivateKeyInfo, DER
 * @throws TlvError for what is none
 * @see RFC 5958, 2; RFC 8017, A.1.2; RFC 5915, 3
 */
export function privateKeyParts(pkcs8: Uint8Array): PrivateKeyParts {
  const [, algorithm, key] = parseTlvs(unwrap(SEQUENCE, pkcs8));
  const content = parseTlvs(unwrap(SEQUENCE, contentOf(key, OCTET_STRING)));
  const name = Buffer.from(contentOf(algorithm, SEQUENCE)).toString('hex');
  if (name.startsWith(EC)) return { kind: 'EC', scalar: contentOf(content[1], OCTET_STRING) };
  if (!name.startsWith(RSA) || content.length < RSA_FIELDS)
    throw new TlvError('read private key: unknown kind');
  const [p, q, dp, dq, qInv] = content
    .slice(FIRST_PRIME, RSA_FIELDS)
    .map((field) => contentOf(field, INTEGER)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  return { kind: 'RSA', p, q, dp, dq, qInv };
}

function contentOf(element: Tlv | undefined, tag: number): Uint8Array {
  if (element?.tag !== tag) throw new TlvError('read private key: it is not what it should be');
  return element.value;
}
