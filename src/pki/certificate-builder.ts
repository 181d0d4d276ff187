import { randomBytes } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  Certificate,
  type Extension,
  Extensions,
  type Name,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Time,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import { authorityKeyIdentifier, subjectKeyIdentifier } from './certificate-extensions.ts';
import { type SigningKey, signatureAlgorithm } from './signing-key.ts';

const SERIAL_LENGTH = 16;

/** Whoever signs: the name in its own certificate, and its key. */
export interface CertificateIssuer {
  readonly name: Name;
  readonly key: SigningKey;
}

/** What is to be certified. Key identifiers are added. */
export interface CertificateContent {
  readonly subject: Name;
  /** SubjectPublicKeyInfo, DER, already checked. */
  readonly publicKey: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Extension[];
}

/** Signs a certificate with a random serial number (127 bits, positive); times are cut to the second. */
export async function signCertificate(
  content: CertificateContent,
  issuer: CertificateIssuer,
): Promise<Uint8Array> {
  const signature = signatureAlgorithm(issuer.key.algorithm);
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: randomSerialNumber(),
    signature,
    issuer: issuer.name,
    validity: new Validity({ notBefore: content.notBefore, notAfter: content.notAfter }),
    subject: content.subject,
    subjectPublicKeyInfo: AsnConvert.parse(content.publicKey, SubjectPublicKeyInfo),
    extensions: new Extensions([
      subjectKeyIdentifier(content.publicKey),
      authorityKeyIdentifier(issuer.key.publicKey),
      ...content.extensions,
    ]),
  });
  tbsCertificate.validity.notBefore = wholeSeconds(content.notBefore);
  tbsCertificate.validity.notAfter = wholeSeconds(content.notAfter);
  const signatureValue = await issuer.key.sign(new Uint8Array(AsnConvert.serialize(tbsCertificate)));
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: signature,
    signatureValue: new Uint8Array(signatureValue).buffer,
  });
  return new Uint8Array(AsnConvert.serialize(certificate));
}

/** A time of certificates and CRLs: UTCTime until 2049, GeneralizedTime afterwards. @see RFC 5280, 4.1.2.5 */
export function wholeSeconds(date: Date): Time {
  return new Time(new Date(Math.floor(date.getTime() / 1000) * 1000));
}

function randomSerialNumber(): ArrayBuffer {
  const serial = new Uint8Array(randomBytes(SERIAL_LENGTH));
  // Neither negative nor with a leading zero byte, so that hex and DER are the same everywhere.
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  return serial.buffer;
}
