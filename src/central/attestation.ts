/** What a card says of a key that it has made, and whether somebody vouches for its word. */
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MalformedCertificateError, openCertificate } from '../pki/certificate.ts';
import { RefusedError } from './refused.ts';

/** Between an attestation and its root. */
const MAX_INTERMEDIATES = 4;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** An attestation root cannot be read: central does not start without it. */
export class AttestationRootError extends Error {
  override readonly name = 'AttestationRootError';
}

/**
 * Whose word on a key is believed: every certificate in the PEM files of a folder.
 * @returns none without the folder
 * @throws AttestationRootError
 */
export function readAttestationRoots(folder: string): readonly X509Certificate[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.pem'));
  return files.sort().flatMap((name) => readRoots(join(folder, name)));
}

function readRoots(file: string): X509Certificate[] {
  try {
    const found = readFileSync(file, 'latin1').match(PEM) ?? [];
    if (found.length > 0) return found.map((pem) => new X509Certificate(pem));
  } catch (cause) {
    throw new AttestationRootError(`read attestation root ${file}: it is damaged`, { cause });
  }
  throw new AttestationRootError(`read attestation root ${file}: it holds no certificate`);
}

/** A key with what its card says of it, DER. */
interface Attested {
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly attestation: Uint8Array;
  /** Certificates between it and a root. */
  readonly chain: readonly Uint8Array[];
}

/**
 * Makes sure that an attestation is over this key and, where there are roots, that one of them vouches for it. Time is no
 * matter: cards have no clock.
 * @throws RefusedError `SE-07-attestation`
 */
export function checkAttestation(
  { publicKey, attestation, chain }: Attested,
  roots: readonly X509Certificate[],
): void {
  const attested = open(attestation);
  const attestedKey = attested.publicKey.export({ type: 'spki', format: 'der' });
  if (Buffer.compare(attestedKey, publicKey) !== 0) throw refused('it is over another key');
  if (roots.length === 0) return;
  if (!isVouchedFor(attested, chain.slice(0, MAX_INTERMEDIATES).map(open), roots)) {
    throw refused('none of the roots vouches for it');
  }
}

function isVouchedFor(
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): boolean {
  if (roots.some((root) => isIssuedBy(certificate, root))) return true;
  const issuer = chain.find((one) => one.ca && isIssuedBy(certificate, one));
  if (!issuer) return false;
  const others = chain.filter((one) => one !== issuer);
  return isVouchedFor(issuer, others, roots);
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function open(der: Uint8Array): X509Certificate {
  try {
    return openCertificate(der);
  } catch (error) {
    if (!(error instanceof MalformedCertificateError)) throw error;
    throw refused('it cannot be read');
  }
}

function refused(why: string): RefusedError {
  return new RefusedError(409, 'SE-07-attestation', `check attestation: ${why}`);
}
