import { openCertificate } from '../../pki/certificate.ts';

/**
 * What stands above a certificate, as far as it is known here; run out or not: an old message is opened by an old key.
 * @param certificate DER
 * @param issuers DER, in the order in which they stand above each other
 * @returns DER, from its issuer up
 */
export function chainOf(certificate: Uint8Array, issuers: readonly Uint8Array[]): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let last = openCertificate(certificate);
  for (const der of issuers) {
    const issuer = openCertificate(der);
    if (!last.checkIssued(issuer) || !last.verify(issuer.publicKey)) continue;
    chain.push(der);
    last = issuer;
  }
  return chain;
}
