import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { signIssuingCertificate, signRootCertificate } from '../../src/pki/authority-certificate.ts';
import { signCertificate } from '../../src/pki/certificate-builder.ts';
import { distinguishedName } from '../../src/pki/distinguished-name.ts';
import type { PfxKey } from '../../src/pki/pfx.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import { signingKey } from '../../src/pki/signing-key.ts';

/** What a soft certificate is made of, under a root and an issuing CA that are made once a run. */

const VALIDITY = { notBefore: new Date('2026-01-01'), notAfter: new Date('2046-01-01') };
const authority = (name: string) => ({
  name: distinguishedName([['CN', name]]),
  key: signingKey(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey),
});
const root = authority('Pfx Root');
const issuing = authority('Pfx Issuing CA');
const chain = [
  await signIssuingCertificate(issuing, VALIDITY, 'http://ca.example/root.crl', root),
  await signRootCertificate(root, VALIDITY),
];

export type SoftKeyKind = 'RSA-2048' | 'P-256' | 'P-384';

const NEW_KEY: Readonly<Record<SoftKeyKind, () => { readonly privateKey: import('node:crypto').KeyObject }>> =
  {
    'RSA-2048': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  };

/** A new private key. PKCS #8. */
export function newPrivateKey(kind: SoftKeyKind): Uint8Array {
  return new Uint8Array(NEW_KEY[kind]().privateKey.export({ format: 'der', type: 'pkcs8' }));
}

/** A key with a certificate of its owner's over it. */
export async function aSoftKey(
  given: Partial<PfxKey> & { kind?: SoftKeyKind; subject?: string } = {},
): Promise<PfxKey> {
  const privateKey = given.privateKey ?? newPrivateKey(given.kind ?? 'P-256');
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const subject = distinguishedName([['CN', given.subject ?? 'Ada Lovelace']]);
  const content = { subject, publicKey: spkiOf(key), ...VALIDITY, extensions: [] };
  const certificate = await signCertificate(content, issuing);
  return { chain, friendlyName: 'Ada Lovelace, encryption, 2026', ...given, privateKey, certificate };
}
