import { CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { distinguishedName } from './distinguished-name.ts';
import { UnsupportedKeyError, verifySignature } from './public-key.ts';
import { type SigningKey, signatureAlgorithm } from './signing-key.ts';

/** PKCS #10: a key asks to be certified, and proves that it is there. @see RFC 2986 */

const MAX_LENGTH = 4096;

/** A request that cannot be read, or that its own key has not signed. `why` is for the log. */
export class CertificationRequestError extends Error {
  override readonly name = 'CertificationRequestError';
  readonly why: string;
  constructor(why: string, options?: ErrorOptions) {
    super(`read certification request: ${why}`, options);
    this.why = why;
  }
}

/** @param commonName for whoever looks at it; the authority decides about names. @returns DER */
export async function buildCertificationRequest(key: SigningKey, commonName: string): Promise<Uint8Array> {
  const certificationRequestInfo = new CertificationRequestInfo({
    subject: distinguishedName([['CN', commonName]]),
    subjectPKInfo: AsnConvert.parse(key.publicKey, SubjectPublicKeyInfo),
  });
  const signature = await key.sign(new Uint8Array(AsnConvert.serialize(certificationRequestInfo)));
  const request = new CertificationRequest({
    certificationRequestInfo,
    signatureAlgorithm: signatureAlgorithm(key.algorithm),
    signature: new Uint8Array(signature).buffer,
  });
  return new Uint8Array(AsnConvert.serialize(request));
}

/**
 * The key that a request is for, once it has proved that whoever asks has it. Names and attributes are not looked at.
 * @returns SubjectPublicKeyInfo, DER
 * @throws CertificationRequestError
 */
export function provenKey(der: Uint8Array): Uint8Array {
  if (der.length > MAX_LENGTH) throw new CertificationRequestError('it is too long');
  const { certificationRequestInfo: info, signature } = decode(der);
  const publicKey = new Uint8Array(AsnConvert.serialize(info.subjectPKInfo));
  const signed = new Uint8Array(AsnConvert.serialize(info));
  try {
    if (verifySignature(publicKey, signed, new Uint8Array(signature))) return publicKey;
  } catch (cause) {
    if (!(cause instanceof UnsupportedKeyError)) throw cause;
    throw new CertificationRequestError(cause.why, { cause });
  }
  throw new CertificationRequestError('its key has not signed it');
}

function decode(der: Uint8Array): CertificationRequest {
  try {
    return AsnConvert.parse(der, CertificationRequest);
  } catch (cause) {
    throw new CertificationRequestError('it is not one', { cause });
  }
}
