import type { X509Certificate } from 'node:crypto';
import { openCertificate } from './certificate.ts';

const MAX_CHAIN_LENGTH = 5;

/** A certificate that does not lead to a root that is trusted; `why` is for the log. */
export class ChainError extends Error {
  override readonly name = 'ChainError';
  readonly why: string;
  constructor(why: string) {
    super(`build certificate chain: ${why}`);
    this.why = why;
  }
}

/** What is at hand to build a chain from, all DER. */
export interface ChainSources {
  /** Trusted for themselves. */
  readonly roots: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
}

/**
 * Builds the chain of a certificate up to a trusted root: names, key identifiers, signatures, CA flag and validity.
 * Revocation is not looked at.
 * @param at the instant at which all of them must be valid
 * @returns DER, from the certificate itself to the root
 * @throws ChainError; MalformedCertificateError
 */
export function verifyChain(certificate: Uint8Array, sources: ChainSources, at: Date): readonly Uint8Array[] {
  const roots = sources.roots.map(openCertificate);
  const issuers = [...roots, ...sources.intermediates.map(openCertificate)];
  const chain = [openCertificate(certificate)];
  for (;;) {
    const last = chain.at(-1)!;
    if (last.validFromDate > at || last.validToDate < at)
      throw new ChainError('a certificate is not valid now');
    if (roots.some((root) => root.raw.equals(last.raw))) return chain.map(({ raw }) => new Uint8Array(raw));
    if (chain.length === MAX_CHAIN_LENGTH) throw new ChainError('it is too long');
    chain.push(issuerOf(last, issuers));
  }
}

function issuerOf(certificate: X509Certificate, issuers: readonly X509Certificate[]): X509Certificate {
  const named = issuers.filter((issuer) => issuer.ca && certificate.checkIssued(issuer));
  if (named.length === 0) throw new ChainError('an issuer is not known');
  const issuer = named.find(({ publicKey }) => certificate.verify(publicKey));
  if (!issuer) throw new ChainError('a signature is not its issuer’s');
  return issuer;
}
