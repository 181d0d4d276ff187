import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { find, parseTlvs } from '../../src/piv/tlv.ts';
import { signRootCertificate } from '../../src/pki/authority-certificate.ts';
import { MalformedCertificateError, parseCertificate } from '../../src/pki/certificate.ts';
import { ChainError, verifyChain } from '../../src/pki/certificate-chain.ts';
import { CmsError } from '../../src/pki/cms-verification.ts';
import { verifyChuidSignature } from '../../src/pki/content-signature.ts';
import { CrlError, readCrl, signCrl } from '../../src/pki/crl.ts';
import { distinguishedName } from '../../src/pki/distinguished-name.ts';
import { algorithmOf, spkiOf, UnsupportedKeyError, verifySignature } from '../../src/pki/public-key.ts';
import { verifySecurityObject } from '../../src/pki/security-object.ts';
import { signingKey } from '../../src/pki/signing-key.ts';

const CARD = 'test/data/icam-test-cards/01-golden-piv';
const CERTIFICATE = new Uint8Array(
  new X509Certificate(readFileSync(`${CARD}/9a-piv-authentication.crt`)).raw,
);
const SIGNER = new Uint8Array(new X509Certificate(readFileSync(`${CARD}/chuid-signer.crt`)).raw);
const CA_FILE = 'test/data/icam-test-cards/ca/icam-test-card-piv-signing-ca-gold-gen1-2.crt';
const CA = new Uint8Array(new X509Certificate(readFileSync(CA_FILE)).raw);
const CHUID_SIGNATURE = find(parseTlvs(new Uint8Array(readFileSync(`${CARD}/chuid.bin`))), 0x3e)!;
const SECURITY_OBJECT = find(parseTlvs(new Uint8Array(readFileSync(`${CARD}/security-object.bin`))), 0xbb)!;
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const RSA_SPKI = spkiOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);

/** Random bytes; and a good value cut off, or with a few bytes changed: what gets deep into a parser. */
function bytesLike(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
  const changed = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = Uint8Array.from(good);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes;
  });
  const cut = fc.nat(good.length - 1).map((length) => good.slice(0, length));
  return fc.oneof(fc.uint8Array({ maxLength: 300 }), changed, cut);
}

/** Whatever comes in, `parse` returns or throws one of these errors. */
function expectOnly(
  errors: readonly (new (...args: never[]) => Error)[],
  good: Uint8Array,
  parse: (bytes: Uint8Array) => void,
) {
  const property = fc.property(bytesLike(good), (bytes) => {
    try {
      parse(bytes);
    } catch (error) {
      if (!errors.some((known) => error instanceof known)) throw error;
    }
  });
  fc.assert(property, { numRuns: 400 });
}

describe('nonsense from outside ends in a clear error', () => {
  let issuer: Uint8Array;
  let crl: Uint8Array;
  beforeAll(async () => {
    const ca = { name: distinguishedName([['CN', 'Example']]), key: signingKey(EC.privateKey) };
    const notAfter = new Date(Date.now() + 1e9);
    issuer = await signRootCertificate(ca, { notBefore: new Date(), notAfter });
    const entries = [{ serialNumber: '01', revokedAt: new Date(), reason: 'superseded' as const }];
    crl = await signCrl({ number: 1, thisUpdate: new Date(), nextUpdate: notAfter, entries }, ca);
  });

  test.each([
    ['RSA', RSA_SPKI],
    ['EC', spkiOf(EC.publicKey)],
  ])('as a public key (%s)', (_kind, spki) => {
    expectOnly([UnsupportedKeyError], spki, algorithmOf);
  });

  test('as a signature', () => {
    expectOnly([], new Uint8Array(72).fill(0x30), (signature) => {
      expect(verifySignature(spkiOf(EC.publicKey), CERTIFICATE, signature)).toBe(false);
      expect(verifySignature(RSA_SPKI, CERTIFICATE, signature)).toBe(false);
    });
  });

  test('as a certificate', () => {
    expectOnly([MalformedCertificateError], CERTIFICATE, parseCertificate);
  });

  test('as a link of a certificate chain', () => {
    const known = [ChainError, MalformedCertificateError];
    const sources = { roots: [CA], intermediates: [] };
    expectOnly(known, SIGNER, (bytes) => verifyChain(bytes, sources, new Date('2022-01-01')));
    expectOnly(known, CA, (bytes) =>
      verifyChain(SIGNER, { roots: [bytes], intermediates: [bytes] }, new Date('2022-01-01')),
    );
  });

  test('as a revocation list', () => {
    expectOnly([CrlError], crl, (bytes) => readCrl(bytes, issuer));
  });

  test('as the issuer of a revocation list', () => {
    expectOnly([CrlError, MalformedCertificateError], issuer, (bytes) => readCrl(crl, bytes));
  });

  test('as the signature of a CHUID', () => {
    const known = [CmsError, MalformedCertificateError];
    expectOnly(known, CHUID_SIGNATURE, (bytes) => verifyChuidSignature(Uint8Array.of(1), bytes));
  });

  test('as a Security Object', () => {
    const known = [CmsError, MalformedCertificateError];
    expectOnly(known, SECURITY_OBJECT, (bytes) => verifySecurityObject(bytes, SIGNER));
  });

  test('as the signer of a Security Object', () => {
    const known = [CmsError, MalformedCertificateError];
    expectOnly(known, SIGNER, (bytes) => verifySecurityObject(SECURITY_OBJECT, bytes));
  });
});

test('a revocation list of 4,000 entries can be read', async () => {
  const ca = { name: distinguishedName([['CN', 'Example']]), key: signingKey(EC.privateKey) };
  const [notBefore, notAfter] = [new Date(), new Date(Date.now() + 1e9)];
  const serials = Array.from({ length: 4000 }, (_, i) => (0x1000 + i).toString(16));
  const entries = serials.map((serialNumber) => ({
    serialNumber,
    revokedAt: notBefore,
    reason: 'superseded' as const,
  }));
  const list = await signCrl({ number: 1, thisUpdate: notBefore, nextUpdate: notAfter, entries }, ca);
  const issuer = await signRootCertificate(ca, { notBefore, notAfter });
  expect(readCrl(list, issuer).entries.map(({ serialNumber }) => serialNumber)).toEqual(serials);
});

describe('keys that no slot may have are refused', () => {
  const rsa = (modulusLength: number, publicExponent?: number) =>
    generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey;
  test.each([
    ['RSA-1024', rsa(1024)],
    ['RSA with exponent 3', rsa(2048, 3)],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey],
    ['Ed25519', generateKeyPairSync('ed25519').publicKey],
    ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey],
  ])('%s', (_name, key) => {
    expect(() => algorithmOf(spkiOf(key))).toThrow(UnsupportedKeyError);
  });

  test('a good key followed by something', () => {
    expect(() => algorithmOf(Buffer.concat([RSA_SPKI, Uint8Array.of(0)]))).toThrow(UnsupportedKeyError);
  });

  test('a point that is not on the curve', () => {
    const spki = spkiOf(EC.publicKey);
    expect(() => algorithmOf(spki.with(spki.length - 1, spki.at(-1)! ^ 1))).toThrow(UnsupportedKeyError);
  });
});
