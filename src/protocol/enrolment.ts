/** How a kiosk becomes known to central, and stays so (SE-01). */
import { z } from 'zod';
import { bytes, id } from './values.ts';

const MAX_REQUEST_LENGTH = 4096;
const certificationRequest = bytes.refine(({ length }) => length <= MAX_REQUEST_LENGTH, 'it is too long');

/** A client certificate, and who it says the kiosk is. */
export const enrolmentResponse = z.object({
  kioskId: id,
  kioskName: z.string(),
  /** DER. */
  certificate: bytes,
  /** The authority that issued it and central's own, DER. */
  authority: bytes,
});

/** `POST /v1/kiosks/enrol`: for somebody without a certificate, as are those in collection-token.ts, and no others. */
export const enrolRequest = z.object({
  /** The secret part of the token. */
  secret: z.string().max(100),
  /** PKCS #10, DER, over a new P-256 key. */
  request: certificationRequest,
});

/** `POST /v1/kiosks/renew`: another certificate, over a new key; the old one stays good until `confirm`. */
export const renewRequest = z.object({ request: certificationRequest });

/** `POST /v1/kiosks/confirm`, asked with the new certificate: the kiosk has stored it, the ones before may end. */
export const confirmRequest = z.object({});

/** Why central refuses a kiosk for what it is, whatever it asks. */
export const REFUSED_AS = {
  /** It shows no certificate. */
  noCertificate: 'SE-01-no-certificate',
  /** Its certificate is not of central's authority. */
  foreign: 'SE-01-foreign-certificate',
  expired: 'SE-01-certificate-expired',
  /** The kiosk is shut out, or this certificate of it. */
  revoked: 'SE-01-kiosk-revoked',
  /** The certificate is of central's authority, and central does not know it. */
  unknown: 'SE-01-not-a-kiosk',
} as const;

/** Why central does not enrol a kiosk. */
export const NOT_ENROLLED = {
  unknownToken: 'SE-01-token-unknown',
  usedToken: 'SE-01-token-used',
  expiredToken: 'SE-01-token-expired',
  request: 'SE-01-certification-request',
} as const;

/** Length of the part of the fingerprint that is in a token: 128 bits of SHA-256. */
const PIN_LENGTH = 16;
const TOKEN = /^([\w-]{22})\.([\w-]{27})$/;

/** A token in its two parts. */
export interface EnrolmentToken {
  /** The first 16 bytes of the SHA-256 of the authority's certificate: by them the kiosk knows central. */
  readonly pin: Uint8Array;
  /** By it central knows the kiosk, once. */
  readonly secret: string;
}

/** `<pin>.<secret>`, both base64url. @param fingerprint SHA-256 of the authority's certificate */
export function writeToken(fingerprint: Uint8Array, secret: string): string {
  return `${Buffer.from(pinOf(fingerprint)).toString('base64url')}.${secret}`;
}

/** Null for what is no token. */
export function parseToken(text: string): EnrolmentToken | null {
  const [, pin, secret] = TOKEN.exec(text.trim()) ?? [];
  if (pin === undefined || secret === undefined) return null;
  return { pin: new Uint8Array(Buffer.from(pin, 'base64url')), secret };
}

/** What a token says of a fingerprint. */
export function pinOf(fingerprint: Uint8Array): Uint8Array {
  return fingerprint.subarray(0, PIN_LENGTH);
}
