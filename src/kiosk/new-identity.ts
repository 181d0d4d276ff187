import { generateKeyPair, type KeyObject, type X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { openCertificate, toPem } from '../pki/certificate.ts';
import { buildCertificationRequest } from '../pki/certification-request.ts';
import { signingKey } from '../pki/signing-key.ts';
import type { enrolmentResponse } from '../protocol/enrolment.ts';
import { type KioskIdentity, parseIdentity } from './identity.ts';

/** A key that is waiting for its certificate; it never leaves this machine. */
export interface NewKey {
  /** PKCS #10, DER. */
  readonly request: Uint8Array;
  /**
   * The identity of this key and a certificate that central has issued.
   * @param authority by which this kiosk knows central
   * @throws an error of any kind when the certificate is not for this key or not by this authority
   */
  identity(answer: Certified, authority: X509Certificate): NewIdentity;
}

/** What goes into `identity.pem`, and the same read. */
export interface NewIdentity {
  readonly text: string;
  readonly identity: KioskIdentity;
}

type Certified = Pick<z.output<typeof enrolmentResponse>, 'certificate'>;

/** @param name for whoever looks at the request */
export async function makeNewKey(name: string): Promise<NewKey> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  return {
    request: await buildCertificationRequest(signingKey(privateKey), name),
    identity: (answer, authority) => identityOf(privateKey, answer.certificate, authority),
  };
}

function identityOf(privateKey: KeyObject, certificate: Uint8Array, issuer: X509Certificate): NewIdentity {
  const own = openCertificate(certificate);
  if (!own.checkIssued(issuer) || !own.verify(issuer.publicKey)) {
    throw new Error('read certificate: it is not by the authority of this central');
  }
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const text = key + toPem('CERTIFICATE', certificate) + toPem('CERTIFICATE', issuer.raw);
  return { text, identity: parseIdentity(text) };
}
