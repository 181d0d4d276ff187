import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** As whom a kiosk speaks to central: its key, its certificate, and the authority by which it knows central. */
export interface KioskIdentity {
  /** UUID, as central has it. */
  readonly kioskId: string;
  /** Lower-case hex, as central has it. */
  readonly certificateSerial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** PKCS #8, PEM; for TLS alone. */
  readonly privateKeyPem: string;
  /** PEM. */
  readonly certificatePem: string;
  /** The authority of kiosks and of central's own certificate, PEM. */
  readonly authorityPem: string;
  /** ECDSA (DER), P-256 with SHA-256. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** The identity cannot be used; the message says what to do. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
  /** What is wrong, alone. */
  readonly why: string;
  /** What to do about it, alone. */
  readonly remedy: string;
  constructor(why: string, remedy: string, options?: ErrorOptions) {
    super(`${why}; ${remedy}`, options);
    this.why = why;
    this.remedy = remedy;
  }
}

const PEM = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----\n?/g;
const KIOSK_NAME = /^URI:urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ANY_LINE = 'recard kiosk enrol https://CENTRAL:PORT --token -';

/**
 * Reads `identity.pem`: the private key, its certificate, the authority's certificate.
 * @param line what enrols this kiosk, where more of it is known than its identity
 * @throws IdentityError when it is missing or not whole
 */
export function readIdentity(path: string, line = ANY_LINE): KioskIdentity {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const enrols = `enrol this kiosk with: ${line}`;
    const remedy = code === 'EACCES' ? 'run this as the user that the kiosk runs as, or as root' : enrols;
    throw new IdentityError(`read identity ${path}: ${code}`, remedy, { cause });
  }
  try {
    return parseIdentity(text);
  } catch (cause) {
    const remedy = `enrol this kiosk with: ${line} --replace`;
    throw new IdentityError(`read identity ${path}: it is damaged`, remedy, { cause });
  }
}

/** As `identity.pem` says. @throws an error of any kind when it is not whole */
export function parseIdentity(text: string): KioskIdentity {
  const [key, own, authority, ...more] = [...text.matchAll(PEM)];
  const labels = [key?.[1], own?.[1], authority?.[1]].join();
  if (labels !== 'PRIVATE KEY,CERTIFICATE,CERTIFICATE' || more.length > 0)
    throw new Error('not the three parts');
  const privateKey = createPrivateKey(key![0]);
  const certificate = new X509Certificate(own![0]);
  const kioskId = KIOSK_NAME.exec(certificate.subjectAltName ?? '')?.[1];
  if (kioskId === undefined) throw new Error('not the certificate of a kiosk');
  if (!certificate.checkPrivateKey(privateKey)) throw new Error('not the key of its certificate');
  return {
    kioskId,
    certificateSerial: certificate.serialNumber.toLowerCase().replace(/^(00)+(?=..)/, ''),
    ...{ notBefore: certificate.validFromDate, notAfter: certificate.validToDate },
    ...{ privateKeyPem: key![0], certificatePem: own![0], authorityPem: authority![0] },
    sign: (bytes) => signWith(privateKey, bytes),
  };
}

function signWith(privateKey: KeyObject, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', bytes, privateKey));
}
