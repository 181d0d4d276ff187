import { GeneralName, KeyUsageFlags } from '@peculiar/asn1-x509';
import type { Validity } from './authority-certificate.ts';
import { type CertificateIssuer, signCertificate } from './certificate-builder.ts';
import * as extensions from './certificate-extensions.ts';
import { distinguishedName } from './distinguished-name.ts';

/** Certificates of the line between kiosks and central (SE-01): their authority, a kiosk, a process of central. */

const CA_KEY_USAGE = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
const ID_KP_SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ID_KP_CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
/** @see RFC 5280, appendix A.1: ub-common-name */
const MAX_COMMON_NAME_LENGTH = 64;

/** The self-signed authority; no CA may follow it. */
export function signKioskAuthorityCertificate(
  authority: CertificateIssuer,
  validity: Validity,
): Promise<Uint8Array> {
  const own = [extensions.basicConstraints(0), extensions.keyUsage(CA_KEY_USAGE)];
  const { name: subject, key } = authority;
  return signCertificate({ subject, publicKey: key.publicKey, ...validity, extensions: own }, authority);
}

/** What stands in the certificate of a kiosk. */
export interface KioskSubject {
  /** UUID; the subjectAltName, which says who it is. */
  readonly kioskId: string;
  /** For people who look at it. */
  readonly kioskName: string;
  readonly organisation: string;
  /** SubjectPublicKeyInfo, DER, already checked. */
  readonly publicKey: Uint8Array;
}

/** Good for a TLS client, and to check what the kiosk signs. */
export function signKioskCertificate(
  { kioskId, kioskName, organisation, publicKey }: KioskSubject,
  validity: Validity,
  issuer: CertificateIssuer,
): Promise<Uint8Array> {
  const name = new GeneralName({ uniformResourceIdentifier: `urn:uuid:${kioskId}` });
  const own = [
    extensions.keyUsage(KeyUsageFlags.digitalSignature),
    extensions.extendedKeyUsage([ID_KP_CLIENT_AUTH]),
    extensions.subjectAltName([name]),
  ];
  const subject = distinguishedName([
    ['O', organisation],
    ['CN', kioskName.slice(0, MAX_COMMON_NAME_LENGTH)],
  ]);
  return signCertificate({ subject, publicKey, ...validity, extensions: own }, issuer);
}

/** Where a process of central is reached. */
export interface ServerSubject {
  readonly hostNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
}

/** Good for a TLS server. */
export function signServerCertificate(
  { hostNames, ipAddresses, publicKey }: ServerSubject,
  validity: Validity,
  issuer: CertificateIssuer,
): Promise<Uint8Array> {
  const names = [
    ...hostNames.map((dNSName) => new GeneralName({ dNSName })),
    ...ipAddresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  const own = [
    extensions.keyUsage(KeyUsageFlags.digitalSignature),
    extensions.extendedKeyUsage([ID_KP_SERVER_AUTH]),
    extensions.subjectAltName(names),
  ];
  const subject = distinguishedName([['CN', 'Recard central']]);
  return signCertificate({ subject, publicKey, ...validity, extensions: own }, issuer);
}
