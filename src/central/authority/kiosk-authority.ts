import { createHash, createPrivateKey, generateKeyPair } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { decodeCertificate, parseCertificate, toPem } from '../../pki/certificate.ts';
import type { CertificateIssuer } from '../../pki/certificate-builder.ts';
import { distinguishedName } from '../../pki/distinguished-name.ts';
import {
  type KioskSubject,
  signKioskAuthorityCertificate,
  signKioskCertificate,
  signServerCertificate,
} from '../../pki/kiosk-certificate.ts';
import { signingKey } from '../../pki/signing-key.ts';
import { openSealed } from './sealed-file.ts';

/** Certifies both ends of the line between kiosks and central, and nothing else (SE-01). No card knows it. */
export interface KioskAuthority {
  /** DER. Kiosks know central by it alone. */
  readonly certificate: Uint8Array;
  /** SHA-256 of the certificate. */
  readonly fingerprint: Uint8Array;
  /** A client certificate from `now` on, for 90 days. */
  issueKiosk(subject: Omit<KioskSubject, 'organisation'>, now: Date): Promise<IssuedKioskCertificate>;
  /** A new key with a server certificate from `now` on, for 30 days. @param names host names and IP addresses */
  issueServer(names: readonly string[], now: Date): Promise<ServerCredential>;
}

export interface IssuedKioskCertificate {
  readonly der: Uint8Array;
  /** Lower-case hex, without leading zero bytes. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** What a TLS server needs; the key is in this process alone. */
export interface ServerCredential {
  /** PKCS #8, PEM. */
  readonly key: string;
  /** The certificate and the authority's, PEM: by the second one a kiosk that enrols knows central. */
  readonly certificates: string;
  readonly notAfter: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const KIOSK_LIFE_MS = 90 * DAY_MS;
const SERVER_LIFE_MS = 30 * DAY_MS;
const AUTHORITY_YEARS = 25;
/** For kiosks whose clock is behind: by a day, and by a time zone. */
const BACKDATED_MS = 2 * DAY_MS;
const PURPOSE = 'kiosk authority';

/**
 * Opens the authority in its sealed file; founds it at the first time.
 * @param secret content of the key file
 * @throws KeyStoreError
 */
export async function openKioskAuthority(
  path: string,
  secret: Uint8Array,
  organisation: string,
): Promise<KioskAuthority> {
  const content = await openSealed(path, PURPOSE, secret, () => found(organisation));
  const { certificate, privateKey } = decode(content);
  const name = decodeCertificate(certificate).tbsCertificate.subject;
  const issuer: CertificateIssuer = { name, key: signingKey(privateKey) };
  content.fill(0);
  return {
    certificate,
    fingerprint: new Uint8Array(createHash('sha256').update(certificate).digest()),
    issueKiosk: (subject, now) => issueKiosk({ ...subject, organisation }, now, issuer),
    issueServer: (names, now) => issueServer(names, now, issuer, certificate),
  };
}

async function found(organisation: string): Promise<Uint8Array> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const name = distinguishedName([
    ['O', organisation],
    ['CN', `${organisation} Kiosk CA`.slice(0, 64)],
  ]);
  const now = new Date();
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + AUTHORITY_YEARS);
  const validity = { notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter };
  const certificate = await signKioskAuthorityCertificate({ name, key: signingKey(privateKey) }, validity);
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  try {
    return encode(pkcs8, certificate);
  } finally {
    pkcs8.fill(0);
  }
}

/** Length of the key in two bytes, key, certificate. */
function encode(pkcs8: Uint8Array, certificate: Uint8Array): Uint8Array {
  const content = new Uint8Array(2 + pkcs8.length + certificate.length);
  new DataView(content.buffer).setUint16(0, pkcs8.length);
  content.set(pkcs8, 2);
  content.set(certificate, 2 + pkcs8.length);
  return content;
}

function decode(content: Uint8Array) {
  const view = Buffer.from(content.buffer, content.byteOffset, content.length);
  const end = 2 + view.readUInt16BE(0);
  const privateKey = createPrivateKey({ key: view.subarray(2, end), format: 'der', type: 'pkcs8' });
  return { privateKey, certificate: Uint8Array.from(view.subarray(end)) };
}

async function issueKiosk(
  subject: KioskSubject,
  now: Date,
  issuer: CertificateIssuer,
): Promise<IssuedKioskCertificate> {
  const der = await signKioskCertificate(subject, validFor(KIOSK_LIFE_MS, now), issuer);
  const { serialNumber, notBefore, notAfter } = parseCertificate(der);
  return { der, serialNumber, notBefore, notAfter };
}

async function issueServer(
  names: readonly string[],
  now: Date,
  issuer: CertificateIssuer,
  authority: Uint8Array,
): Promise<ServerCredential> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const [hostNames, ipAddresses] = [names.filter((name) => !isIP(name)), names.filter((name) => isIP(name))];
  const { publicKey } = signingKey(privateKey);
  const validity = validFor(SERVER_LIFE_MS, now);
  const der = await signServerCertificate({ hostNames, ipAddresses, publicKey }, validity, issuer);
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    certificates: toPem('CERTIFICATE', der) + toPem('CERTIFICATE', authority),
    notAfter: validity.notAfter,
  };
}

function validFor(lifeMs: number, now: Date) {
  return { notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter: new Date(now.getTime() + lifeMs) };
}
