import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import { nameToText } from './distinguished-name.ts';

const MAX_CERTIFICATE_LENGTH = 16 * 1024;

/** Bytes that are not the one DER certificate they should be. */
export class MalformedCertificateError extends Error {
  override readonly name = 'MalformedCertificateError';
}

/** What is read from a certificate; nothing of it is verified. */
export interface CertificateFacts {
  /** Lower-case hex, without leading zero bytes. */
  readonly serialNumber: string;
  /** RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER, as it stands there. */
  readonly publicKey: Uint8Array;
}

/**
 * Reads a certificate from outside.
 * @param der one certificate and nothing after it
 * @throws MalformedCertificateError
 */
export function parseCertificate(der: Uint8Array): CertificateFacts {
  const { tbsCertificate } = decodeCertificate(der);
  const serial = Buffer.from(tbsCertificate.serialNumber)
    .toString('hex')
    .replace(/^(00)+(?=..)/, '');
  return {
    serialNumber: serial,
    subject: nameToText(tbsCertificate.subject),
    issuer: nameToText(tbsCertificate.issuer),
    notBefore: tbsCertificate.validity.notBefore.getTime(),
    notAfter: tbsCertificate.validity.notAfter.getTime(),
    publicKey: new Uint8Array(AsnConvert.serialize(tbsCertificate.subjectPublicKeyInfo)),
  };
}

/** The certificate as typed ASN.1, for what `parseCertificate` does not tell. @throws MalformedCertificateError */
export function decodeCertificate(der: Uint8Array): Certificate {
  openCertificate(der);
  try {
    return AsnConvert.parse(der, Certificate);
  } catch (cause) {
    throw new MalformedCertificateError('read certificate: a field cannot be read', { cause });
  }
}

/** The certificate as Node knows it, to verify with. @throws MalformedCertificateError */
export function openCertificate(der: Uint8Array): X509Certificate {
  if (der.length > MAX_CERTIFICATE_LENGTH)
    throw new MalformedCertificateError(`read certificate: ${der.length} bytes are too many`);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
    // Read at first use only, and it throws when the key is none.
    void certificate.publicKey;
  } catch (cause) {
    throw new MalformedCertificateError('read certificate: it is not one', { cause });
  }
  // Node takes PEM too, and does not mind what follows.
  if (!certificate.raw.equals(der))
    throw new MalformedCertificateError('read certificate: it is not DER alone');
  return certificate;
}

/** Wraps DER as PEM. @param label `CERTIFICATE`, `X509 CRL` (openssl knows no other) */
export function toPem(label: 'CERTIFICATE' | 'X509 CRL' | 'PUBLIC KEY', der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
