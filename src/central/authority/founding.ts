import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import {
  signContentSignerCertificate,
  signIssuingCertificate,
  signRootCertificate,
  type Validity,
} from '../../pki/authority-certificate.ts';
import type { CertificateIssuer } from '../../pki/certificate-builder.ts';
import { distinguishedName } from '../../pki/distinguished-name.ts';
import { signingKey } from '../../pki/signing-key.ts';
import type { AuthorityOptions } from './certificate-authority.ts';
import type { StoredKey, StoredKeys } from './key-store.ts';

/** Each outlives what it signs; the content signer any card that is issued in its first ten years (SE-08). */
const ROOT_YEARS = 30;
const ISSUING_YEARS = 25;
const CONTENT_SIGNER_YEARS = 20;
/** For relying parties whose clock is a little behind. */
const BACKDATED_MS = 60 * 60 * 1000;

interface NewKey {
  readonly privateKey: KeyObject;
  readonly issuer: CertificateIssuer;
}

/** Makes central's keys and their certificates: root P-384, issuing CA P-384, content signer P-256. */
export async function foundAuthority(options: AuthorityOptions, now: Date): Promise<StoredKeys> {
  const { organisation, crlUrl, caIssuersUrl } = options;
  const root = await newKey('P-384', organisation, 'Root CA');
  const issuing = await newKey('P-384', organisation, 'Issuing CA');
  const signer = await newKey('P-256', organisation, 'PIV Content Signer');
  const rootCertificate = await signRootCertificate(root.issuer, validity(now, ROOT_YEARS));
  const issuingCertificate = await signIssuingCertificate(
    issuing.issuer,
    validity(now, ISSUING_YEARS),
    options.rootCrlUrl,
    root.issuer,
  );
  const signerCertificate = await signContentSignerCertificate(
    signer.issuer,
    validity(now, CONTENT_SIGNER_YEARS),
    { crlUrl, caIssuersUrl },
    issuing.issuer,
  );
  return {
    root: stored(root, rootCertificate),
    issuing: stored(issuing, issuingCertificate),
    contentSigner: stored(signer, signerCertificate),
    cardMasterKey: new Uint8Array(randomBytes(32)),
  };
}

/** A stored private key, ready for use. */
export function openStoredKey(key: StoredKey): KeyObject {
  const { buffer, byteOffset, byteLength } = key.privateKey;
  return createPrivateKey({ key: Buffer.from(buffer, byteOffset, byteLength), format: 'der', type: 'pkcs8' });
}

async function newKey(namedCurve: string, organisation: string, title: string): Promise<NewKey> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve });
  const name = distinguishedName([
    ['O', organisation],
    ['CN', `${organisation} ${title}`.slice(0, 64)],
  ]);
  return { privateKey, issuer: { name, key: signingKey(privateKey) } };
}

function stored(key: NewKey, certificate: Uint8Array): StoredKey {
  return {
    privateKey: new Uint8Array(key.privateKey.export({ format: 'der', type: 'pkcs8' })),
    certificate,
  };
}

function validity(now: Date, years: number): Validity {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + years);
  return { notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter };
}
