import { decodeCertificate, parseCertificate } from '../../pki/certificate.ts';
import type { CertificateIssuer } from '../../pki/certificate-builder.ts';
import type { CmsSigner } from '../../pki/cms-signing.ts';
import { signBiometric, signChuid } from '../../pki/content-signature.ts';
import { signCrl } from '../../pki/crl.ts';
import { type PublicationPoints, signPivCertificate } from '../../pki/piv-certificate.ts';
import { signSecurityObject } from '../../pki/security-object.ts';
import type { SigningKey } from '../../pki/signing-key.ts';
import type {
  CertificateAuthority,
  CertificateOrder,
  ContentSigner,
  CrlOrder,
  IssuedCertificate,
} from './certificate-authority.ts';

/** One of the authority's keys, wherever it is, with its certificate. */
export interface AuthorityKey {
  readonly key: SigningKey;
  /** DER. */
  readonly certificate: Uint8Array;
}

/** The certificate authority whose keys are central's own: in its key store, or in its token. */
export function ownCertificateAuthority(
  rootKey: AuthorityKey,
  issuingKey: AuthorityKey,
  organisation: string,
  points: PublicationPoints,
): CertificateAuthority {
  const root = issuerOf(rootKey);
  const issuing = issuerOf(issuingKey);
  const lastInstant = parseCertificate(issuingKey.certificate).notAfter;
  return {
    rootCertificate: rootKey.certificate,
    issuingCertificate: issuingKey.certificate,
    issue: (order) => issue(order, lastInstant, organisation, points, issuing),
    signCrl: (order) => signCrl(crlContent(order), issuing),
    signRootCrl: (order) => signCrl(crlContent(order), root),
  };
}

/** The content signer whose key is central's own. */
export function ownContentSigner(signer: CmsSigner): ContentSigner {
  return {
    certificate: signer.certificate,
    signChuid: (signedFields) => signChuid(signedFields, signer),
    signSecurityObject: (hashes) => signSecurityObject(hashes, signer),
    signBiometric: (record, fascN, guid) => signBiometric(record, fascN, guid, signer),
  };
}

async function issue(
  order: CertificateOrder,
  lastInstant: Date,
  organisation: string,
  points: PublicationPoints,
  issuer: CertificateIssuer,
): Promise<IssuedCertificate> {
  const notAfter = order.notAfter > lastInstant ? lastInstant : order.notAfter;
  const der = await signPivCertificate({ ...order, notAfter, organisation }, points, issuer);
  const facts = parseCertificate(der);
  return {
    der,
    serialNumber: facts.serialNumber,
    subject: facts.subject,
    notBefore: facts.notBefore.toISOString(),
    notAfter: facts.notAfter.toISOString(),
  };
}

function crlContent(order: CrlOrder) {
  const entries = order.revoked.map((revoked) => ({ ...revoked, revokedAt: new Date(revoked.revokedAt) }));
  return { ...order, entries };
}

/** The issuer's name is taken from its certificate, so that both are the same bytes. */
function issuerOf({ key, certificate }: AuthorityKey): CertificateIssuer {
  return { name: decodeCertificate(certificate).tbsCertificate.subject, key };
}
