import { decodeCertificate, parseCertificate } from '../../pki/certificate.ts';
import type { CertificateIssuer } from '../../pki/certificate-builder.ts';
import type { CmsSigner } from '../../pki/cms-signing.ts';
import { signBiometric, signChuid } from '../../pki/content-signature.ts';
import { signCrl } from '../../pki/crl.ts';
import { type PublicationPoints, signPivCertificate } from '../../pki/piv-certificate.ts';
import { signSecurityObject } from '../../pki/security-object.ts';
import { signingKey } from '../../pki/signing-key.ts';
import type {
  CertificateAuthority,
  CertificateOrder,
  ContentSigner,
  CrlOrder,
  IssuedCertificate,
} from './certificate-authority.ts';
import { openStoredKey } from './founding.ts';
import type { StoredKey, StoredKeys } from './key-store.ts';

/** The certificate authority whose keys are in central's own key store. */
export function fileCertificateAuthority(
  keys: StoredKeys,
  organisation: string,
  points: PublicationPoints,
): CertificateAuthority {
  const root = issuerOf(keys.root);
  const issuing = issuerOf(keys.issuing);
  const lastInstant = parseCertificate(keys.issuing.certificate).notAfter;
  return {
    rootCertificate: keys.root.certificate,
    issuingCertificate: keys.issuing.certificate,
    issue: (order) => issue(order, lastInstant, organisation, points, issuing),
    signCrl: (order) => signCrl(crlContent(order), issuing),
    signRootCrl: (order) => signCrl(crlContent(order), root),
  };
}

/** The content signer whose key is in central's own key store. */
export function fileContentSigner(stored: StoredKey): ContentSigner {
  const signer: CmsSigner = { key: signingKey(openStoredKey(stored)), certificate: stored.certificate };
  return {
    certificate: stored.certificate,
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
function issuerOf(stored: StoredKey): CertificateIssuer {
  const name = decodeCertificate(stored.certificate).tbsCertificate.subject;
  return { name, key: signingKey(openStoredKey(stored)) };
}
