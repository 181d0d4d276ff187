import { KeyUsageFlags, type Name } from '@peculiar/asn1-x509';
import { type CertificateIssuer, signCertificate } from './certificate-builder.ts';
import * as extensions from './certificate-extensions.ts';
import type { PublicationPoints } from './piv-certificate.ts';
import type { SigningKey } from './signing-key.ts';

/** Certificates of central's own keys. */

const ANY_POLICY = '2.5.29.32.0';
const ID_PIV_CONTENT_SIGNING = '2.16.840.1.101.3.6.7';
const CONTENT_SIGNING_POLICY = '2.999.73.5';
const CA_KEY_USAGE = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The self-signed root; one CA may follow it. */
export function signRootCertificate(root: CertificateIssuer, validity: Validity): Promise<Uint8Array> {
  const own = [extensions.basicConstraints(1), extensions.keyUsage(CA_KEY_USAGE)];
  return signCertificate(
    { subject: root.name, publicKey: root.key.publicKey, ...validity, extensions: own },
    root,
  );
}

/** The CA that issues to cards; none may follow it. @param crlUrl of the root's CRL */
export function signIssuingCertificate(
  subject: CertificateIssuer,
  validity: Validity,
  crlUrl: string,
  root: CertificateIssuer,
): Promise<Uint8Array> {
  const own = [
    extensions.basicConstraints(0),
    extensions.keyUsage(CA_KEY_USAGE),
    extensions.certificatePolicy(ANY_POLICY),
    extensions.crlDistributionPoint(crlUrl),
  ];
  return signCertificate(
    { subject: subject.name, publicKey: subject.key.publicKey, ...validity, extensions: own },
    root,
  );
}

/** The signer of CHUID, Security Object and biometrics. @see FIPS 201-3, 4.2.1 */
export function signContentSignerCertificate(
  subject: { readonly name: Name; readonly key: SigningKey },
  validity: Validity,
  points: PublicationPoints,
  issuer: CertificateIssuer,
): Promise<Uint8Array> {
  const own = [
    extensions.keyUsage(KeyUsageFlags.digitalSignature),
    extensions.extendedKeyUsage([ID_PIV_CONTENT_SIGNING], true),
    extensions.certificatePolicy(CONTENT_SIGNING_POLICY),
    extensions.crlDistributionPoint(points.crlUrl),
    extensions.caIssuers(points.caIssuersUrl),
  ];
  return signCertificate(
    { subject: subject.name, publicKey: subject.key.publicKey, ...validity, extensions: own },
    issuer,
  );
}
