import { createHash } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';

/** X.509 extensions as they stand in our certificates. @see RFC 5280, 4.2 */

/** @param purposes OIDs */
export function extendedKeyUsage(purposes: readonly string[], critical = false): x509.Extension {
  return extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([...purposes]), critical);
}

/** Always critical. @param flags of KeyUsageFlags, added up */
export function keyUsage(flags: number): x509.Extension {
  return extension(x509.id_ce_keyUsage, new x509.KeyUsage(flags), true);
}

/** Says that this is a CA, and how many CAs may follow it. Always critical. */
export function basicConstraints(pathLenConstraint: number): x509.Extension {
  const value = new x509.BasicConstraints({ cA: true, pathLenConstraint });
  return extension(x509.id_ce_basicConstraints, value, true);
}

export function subjectKeyIdentifier(spki: Uint8Array): x509.Extension {
  return extension(
    x509.id_ce_subjectKeyIdentifier,
    new x509.SubjectKeyIdentifier(keyIdentifier(spki)),
    false,
  );
}

/** @param spki of the issuer */
export function authorityKeyIdentifier(spki: Uint8Array): x509.Extension {
  const keyId = new x509.KeyIdentifier(keyIdentifier(spki));
  const value = new x509.AuthorityKeyIdentifier({ keyIdentifier: keyId });
  return extension(x509.id_ce_authorityKeyIdentifier, value, false);
}

export function crlDistributionPoint(url: string): x509.Extension {
  const fullName = [new x509.GeneralName({ uniformResourceIdentifier: url })];
  const distributionPoint = new x509.DistributionPointName({ fullName });
  const point = new x509.DistributionPoint({ distributionPoint });
  return extension(x509.id_ce_cRLDistributionPoints, new x509.CRLDistributionPoints([point]), false);
}

/** Where the issuer's certificate is. */
export function caIssuers(url: string): x509.Extension {
  const accessLocation = new x509.GeneralName({ uniformResourceIdentifier: url });
  const access = new x509.AccessDescription({ accessMethod: x509.id_ad_caIssuers, accessLocation });
  return extension(x509.id_pe_authorityInfoAccess, new x509.AuthorityInfoAccessSyntax([access]), false);
}

export function certificatePolicy(policyIdentifier: string): x509.Extension {
  const policy = new x509.PolicyInformation({ policyIdentifier });
  return extension(x509.id_ce_certificatePolicies, new x509.CertificatePolicies([policy]), false);
}

export function subjectAltName(names: readonly x509.GeneralName[]): x509.Extension {
  return extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName([...names]), false);
}

/** An extension that the libraries have no type for. @param value DER */
export function rawExtension(extnID: string, value: Uint8Array): x509.Extension {
  return new x509.Extension({ extnID, critical: false, extnValue: new OctetString(value) });
}

/** Encodes any typed extension. */
export function extension(extnID: string, value: unknown, critical: boolean): x509.Extension {
  return new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** The leftmost 160 bits of the SHA-256 of the key's bits. @see RFC 7093, 2 (1) */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  const { subjectPublicKey } = AsnConvert.parse(spki, x509.SubjectPublicKeyInfo);
  return new Uint8Array(createHash('sha256').update(new Uint8Array(subjectPublicKey)).digest()).subarray(
    0,
    20,
  );
}
