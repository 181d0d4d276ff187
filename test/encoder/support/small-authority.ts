import { generateKeyPairSync } from 'node:crypto';
import { signCertificate } from '../../../src/pki/certificate-builder.ts';
import { distinguishedName } from '../../../src/pki/distinguished-name.ts';
import { signingKey } from '../../../src/pki/signing-key.ts';

const key = signingKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);

/** Issues a bare certificate over a public key, for tests that look at nothing but the key in it. */
export async function issueCertificate(
  publicKey: Uint8Array,
  subject: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = {
    subject: named(subject),
    publicKey,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2030-01-01T00:00:00Z'),
    extensions: [],
  };
  return Uint8Array.from(await signCertificate(content, { name: named('Small authority'), key }));
}

function named(name: string) {
  return distinguishedName([['CN', name]]);
}
