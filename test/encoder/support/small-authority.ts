import { generateKeyPairSync } from 'node:crypto';
import { GeneralName } from '@peculiar/asn1-x509';
import { signCertificate } from '../../../src/pki/certificate-builder.ts';
import { subjectAltName } from '../../../src/pki/certificate-extensions.ts';
import { distinguishedName } from '../../../src/pki/distinguished-name.ts';
import { signingKey } from '../../../src/pki/signing-key.ts';

const key = signingKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);

/** Issues a bare certificate over a public key, for tests that look at the key in it, and perhaps the card's UUID. */
export async function issueCertificate(
  publicKey: Uint8Array,
  subject: string,
  guid?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = {
    subject: named(subject),
    publicKey,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2030-01-01T00:00:00Z'),
    extensions: guid
      ? [subjectAltName([new GeneralName({ uniformResourceIdentifier: `urn:uuid:${guid}` })])]
      : [],
  };
  return Uint8Array.from(await signCertificate(content, { name: named('Small authority'), key }));
}

function named(name: string) {
  return distinguishedName([['CN', name]]);
}
