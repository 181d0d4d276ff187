import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Authority,
  type AuthorityOptions,
  type CertificateOrder,
  openAuthority,
  type RevokedCertificate,
} from '../../../src/central/authority/certificate-authority.ts';
import type { KeyAlgorithm, Slot } from '../../../src/domain/slot.ts';
import { parseCertificate, toPem } from '../../../src/pki/certificate.ts';
import { verifyChain } from '../../../src/pki/certificate-chain.ts';
import { verifyBiometricSignature, verifyChuidSignature } from '../../../src/pki/content-signature.ts';
import { readCrl } from '../../../src/pki/crl.ts';
import { CertificateOrderError } from '../../../src/pki/piv-certificate.ts';
import { spkiOf, UnsupportedKeyError } from '../../../src/pki/public-key.ts';
import { verifySecurityObject } from '../../../src/pki/security-object.ts';
import { openWorkbench, type Workbench } from '../../pki/openssl.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const GUID = '7b13d0e6-1f6e-478e-a0aa-be0f9ad64a6c';
const FASC_N = Buffer.from('D13810D828AB6C10C339E5A1685A08C92ADE0A6184E739C3E7', 'hex');

const KEYS: Readonly<Record<KeyAlgorithm, Uint8Array>> = {
  'RSA-2048': spkiOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey),
  'RSA-3072': spkiOf(generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey),
  'P-256': spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
  'P-384': spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey),
};

let folder: string;
let options: AuthorityOptions;
let authority: Authority;
let bench: Workbench;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-authority-'));
  options = {
    folder: join(folder, 'authority'),
    keyFile: join(folder, 'credentials', 'key'),
    crlUrl: 'http://central.example/crl/issuing.crl',
    rootCrlUrl: 'http://central.example/crl/root.crl',
    caIssuersUrl: 'http://central.example/ca/issuing.cer',
    organisation: 'Example',
  };
  authority = await openAuthority(options);
  bench = openWorkbench();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  bench.dispose();
});

function anOrder(order: Partial<CertificateOrder> = {}): CertificateOrder {
  return {
    slot: '9A',
    publicKey: KEYS['P-256'],
    commonName: 'Zoë Østergård',
    mail: 'zoe@example.org',
    userPrincipalName: 'zoe@corp.example.org',
    fascN: FASC_N,
    guid: GUID,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 365 * DAY_MS),
    ...order,
  };
}

async function verifyWithOpenssl(der: Uint8Array, revoked: readonly RevokedCertificate[] = []) {
  const { ca } = authority;
  const crlOrder = {
    number: 7,
    thisUpdate: new Date(Date.now() - 1000),
    nextUpdate: new Date(Date.now() + DAY_MS),
  };
  const crls = [
    await ca.signCrl({ ...crlOrder, revoked }),
    await ca.signRootCrl({ ...crlOrder, revoked: [] }),
  ];
  return bench.run(
    'verify',
    '-x509_strict',
    '-crl_check_all',
    '-CAfile',
    bench.put('root.pem', toPem('CERTIFICATE', ca.rootCertificate)),
    '-untrusted',
    bench.put('issuing.pem', toPem('CERTIFICATE', ca.issuingCertificate)),
    '-CRLfile',
    bench.put('crls.pem', crls.map((crl) => toPem('X509 CRL', crl)).join('')),
    bench.put('card.pem', toPem('CERTIFICATE', der)),
  );
}

async function textOf(der: Uint8Array): Promise<string> {
  const { output } = await bench.run(
    'x509',
    '-noout',
    '-text',
    '-in',
    bench.put('c.pem', toPem('CERTIFICATE', der)),
  );
  return output;
}

describe('certificates of cards', () => {
  const cases = (['9A', '9C', '9D', '9E', '82'] as const).flatMap((slot) =>
    (['RSA-2048', 'RSA-3072', 'P-256', 'P-384'] as const).map((algorithm): [Slot, KeyAlgorithm] => [
      slot,
      algorithm,
    ]),
  );
  test.each(cases)(
    'openssl accepts the certificate of %s with %s, strictly and with CRLs',
    async (slot, algorithm) => {
      const { der } = await authority.ca.issue(anOrder({ slot, publicKey: KEYS[algorithm] }));
      expect(await verifyWithOpenssl(der)).toMatchObject({ code: 0 });
    },
  );

  test('the authentication certificate lets its holder sign in and names person and card', async () => {
    const text = await textOf((await authority.ca.issue(anOrder())).der);
    expect(text).toMatch(/TLS Web Client Authentication, Microsoft Smartcard Login/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
    expect(text).toMatch(new RegExp(`URI:urn:uuid:${GUID}`));
    expect(text).toMatch(/UPN::zoe@corp\.example\.org/);
    expect(text).toMatch(/2\.16\.840\.1\.101\.3\.6\.9\.1:\s+\.\.\.\n/);
    expect(text).toMatch(/URI:http:\/\/central\.example\/crl\/issuing\.crl/);
    expect(text).toMatch(/CA Issuers - URI:http:\/\/central\.example\/ca\/issuing\.cer/);
    expect(text).toMatch(/Policy: 2\.999\.73\.1\n/);
  });

  test('the FASC-N stands in the certificate byte by byte', async () => {
    const { der } = await authority.ca.issue(anOrder());
    const otherName = Buffer.from(`06086086480165030606a01b0419${FASC_N.toString('hex')}`, 'hex');
    expect(Buffer.from(der).includes(otherName)).toBe(true);
  });

  test('the signature certificate binds its holder, with the mail address', async () => {
    const text = await textOf((await authority.ca.issue(anOrder({ slot: '9C' }))).der);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
    expect(text).toMatch(/email:zoe@example\.org\n/);
    expect(text).toMatch(/E-mail Protection/);
  });

  test('a person without a mail address gets a signature certificate without one', async () => {
    const { der } = await authority.ca.issue(anOrder({ slot: '9C', mail: null }));
    expect(await textOf(der)).not.toMatch(/E-mail Protection|Alternative Name/);
    expect(await verifyWithOpenssl(der)).toMatchObject({ code: 0 });
  });

  test.each([
    ['RSA-2048', 'Key Encipherment'],
    ['P-256', 'Key Agreement'],
  ] as const)('an encryption key of %s is for %s only', async (algorithm, usage) => {
    const { der } = await authority.ca.issue(anOrder({ slot: '9D', publicKey: KEYS[algorithm] }));
    expect(await textOf(der)).toMatch(new RegExp(`Key Usage: critical\\s+${usage}\\n`));
  });

  test('the card authentication certificate does not tell whose card it is', async () => {
    const { der, subject } = await authority.ca.issue(anOrder({ slot: '9E' }));
    const text = await textOf(der);
    expect(text).toMatch(/Extended Key Usage: critical\s+2\.16\.840\.1\.101\.3\.6\.8\n/);
    expect(text).not.toMatch(/zoe|Zo/);
    expect(subject).toBe(`serialNumber=${GUID},O=Example`);
  });

  test('what is recorded of a certificate is what openssl reads from it', async () => {
    const issued = await authority.ca.issue(anOrder());
    const path = bench.put('i.pem', toPem('CERTIFICATE', issued.der));
    const { output } = await bench.run(
      'x509',
      '-in',
      path,
      '-noout',
      '-serial',
      '-subject',
      '-nameopt',
      'RFC2253,utf8,-esc_msb',
    );
    expect(output.toLowerCase()).toContain(`serial=${issued.serialNumber}\n`);
    expect(output).toContain(`subject=${issued.subject}\n`);
    expect(issued.serialNumber).toMatch(/^[4-7][0-9a-f]{31}$/);
  });

  test('a certificate never outlives the issuing CA', async () => {
    const { notAfter } = await authority.ca.issue(anOrder({ notAfter: new Date('2150-01-01T00:00:00Z') }));
    const ca = parseCertificate(authority.ca.issuingCertificate);
    expect(notAfter).toBe(ca.notAfter.toISOString());
  });

  test.each([
    ['a name that is too long', { commonName: 'x'.repeat(65) }],
    ['no name', { commonName: '' }],
    ['a mail address that is none', { mail: 'zoë@example.org' }],
    ['a GUID that is none', { guid: 'G' }],
    ['a FASC-N of the wrong length', { fascN: Uint8Array.of(1) }],
    ['an end before the beginning', { notAfter: new Date(0) }],
  ])('%s is refused', async (_what, change) => {
    await expect(authority.ca.issue(anOrder(change))).rejects.toThrow(CertificateOrderError);
  });

  test('a key that no slot may have gets no certificate', async () => {
    const publicKey = spkiOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
    await expect(authority.ca.issue(anOrder({ publicKey }))).rejects.toThrow(UnsupportedKeyError);
  });
});

describe('revocation lists', () => {
  test('openssl refuses a revoked certificate and tells the reason', async () => {
    const { der, serialNumber } = await authority.ca.issue(anOrder());
    const revokedAt = new Date(Date.now() - 60_000).toISOString();
    const revoked = [{ serialNumber, revokedAt, reason: 'keyCompromise' as const }];
    const { code, output } = await verifyWithOpenssl(der, revoked);
    expect(code).not.toBe(0);
    expect(output).toContain('certificate revoked');
    const crl = await authority.ca.signCrl({
      number: 300,
      thisUpdate: new Date(),
      nextUpdate: new Date(Date.now() + DAY_MS),
      revoked,
    });
    const read = await bench.run(
      'crl',
      '-noout',
      '-text',
      '-in',
      bench.put('one.crl', toPem('X509 CRL', crl)),
    );
    expect(read.output).toMatch(/X509v3 CRL Number:\s+300\n/);
    expect(read.output).toMatch(/Key Compromise/);
  });

  test('a list reads back as it was written, and not with another issuer', async () => {
    const { ca } = authority;
    const revoked: RevokedCertificate[] = [
      { serialNumber: '4a01', revokedAt: '2026-01-02T03:04:05.000Z', reason: 'superseded' },
      { serialNumber: 'ff', revokedAt: '2026-02-02T03:04:05.000Z', reason: 'unspecified' },
      { serialNumber: '7f', revokedAt: '2049-12-31T23:59:59.000Z', reason: 'keyCompromise' },
      {
        serialNumber: '80'.repeat(20),
        revokedAt: '2050-01-01T00:00:00.000Z',
        reason: 'cessationOfOperation',
      },
    ];
    const thisUpdate = new Date('2026-03-01T00:00:00Z');
    const nextUpdate = new Date('2026-03-02T00:00:00Z');
    const crl = await ca.signCrl({ number: 5, thisUpdate, nextUpdate, revoked });
    const entries = revoked.map((entry) => ({ ...entry, revokedAt: new Date(entry.revokedAt) }));
    expect(readCrl(crl, ca.issuingCertificate)).toEqual({
      issuer: 'CN=Example Issuing CA,O=Example',
      number: 5,
      thisUpdate,
      nextUpdate,
      entries,
    });
    expect(() => readCrl(crl, ca.rootCertificate)).toThrow('its signature');
  });
});

describe('content signatures', () => {
  const signedFields = new Uint8Array(randomBytes(80));

  test('the content signer outlives every card, and openssl accepts its certificate', async () => {
    const { certificate } = authority.contentSigner;
    const { notAfter } = parseCertificate(certificate);
    expect(notAfter.getTime()).toBeGreaterThan(Date.now() + 10 * 365 * DAY_MS);
    expect(await textOf(certificate)).toMatch(/Extended Key Usage: critical\s+2\.16\.840\.1\.101\.3\.6\.7\n/);
    expect(await verifyWithOpenssl(certificate)).toMatchObject({ code: 0 });
  });

  test('openssl verifies a CHUID signature with the certificate that is inside', async () => {
    const signature = await authority.contentSigner.signChuid(signedFields);
    const result = await bench.run(
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', bench.put('chuid.cms', signature)],
      ...['-content', bench.put('chuid.bin', signedFields), '-purpose', 'any', '-out', 'out'],
      ...['-CAfile', bench.put('chain.pem', authority.chainPem)],
    );
    expect(result.output).toMatch(/CMS Verification successful/);
    const { certificate } = authority.contentSigner;
    expect(verifyChuidSignature(signedFields, signature)).toEqual(certificate);
    const { rootCertificate, issuingCertificate } = authority.ca;
    const sources = { roots: [rootCertificate], intermediates: [issuingCertificate] };
    expect(verifyChain(certificate, sources, new Date())).toHaveLength(3);
  });

  test('a CHUID with one byte changed is refused', async () => {
    const signature = await authority.contentSigner.signChuid(signedFields);
    const changed = signedFields.with(7, signedFields[7]! ^ 1);
    expect(() => verifyChuidSignature(changed, signature)).toThrow('the content is not what was signed');
  });

  /** What openssl says of a signature of the content signer's. */
  async function verifyCms(signature: Uint8Array, content: readonly string[] = []): Promise<string> {
    const signer = bench.put('signer.pem', toPem('CERTIFICATE', authority.contentSigner.certificate));
    const result = await bench.run(
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', bench.put('signature.cms', signature)],
      ...content,
      ...['-certfile', signer, '-purpose', 'any', '-out', 'out'],
      ...['-CAfile', bench.put('chain.pem', authority.chainPem)],
    );
    return result.output;
  }

  test('openssl verifies a Security Object with the signer of the CHUID', async () => {
    const hashes = new Map([3, 1].map((group) => [group, new Uint8Array(createHash('sha256').digest())]));
    const { certificate } = authority.contentSigner;
    const signature = await authority.contentSigner.signSecurityObject(hashes);
    expect(await verifyCms(signature)).toMatch(/CMS Verification successful/);
    expect(verifySecurityObject(signature, certificate)).toEqual(hashes);
  });

  test('openssl verifies a biometric, and it is refused on another card', async () => {
    const { certificate } = authority.contentSigner;
    const signature = await authority.contentSigner.signBiometric(signedFields, FASC_N, GUID);
    const content = ['-content', bench.put('signed.bin', signedFields)];
    expect(await verifyCms(signature, content)).toMatch(/CMS Verification successful/);
    const biometric = { record: signedFields, signature, fascN: FASC_N, guid: GUID };
    expect(() => verifyBiometricSignature(biometric, certificate)).not.toThrow();
    const other = { ...biometric, guid: GUID.replace('7b', '7c') };
    expect(() => verifyBiometricSignature(other, certificate)).toThrow('another GUID');
  });

  test('a content signature by the holder of an ordinary certificate is refused', async () => {
    const signature = await authority.contentSigner.signSecurityObject(new Map());
    const { der } = await authority.ca.issue(anOrder());
    expect(() => verifySecurityObject(signature, der)).toThrow('its signer is not known');
  });
});

describe('opening again', () => {
  test('the same keys sign after central was started again', async () => {
    const again = await openAuthority(options);
    expect(again.chainPem).toBe(authority.chainPem);
    const { der } = await again.ca.issue(anOrder());
    expect(await verifyWithOpenssl(der)).toMatchObject({ code: 0 });
    const puk = authority.masterKeys.first.derivePuk('card', 1);
    expect(again.masterKeys.first.derivePuk('card', 1)).toEqual(puk);
  });

  test('two processes that start at once open the same authority', async () => {
    const both = { ...options, folder: join(folder, 'both'), keyFile: join(folder, 'both-key') };
    const [one, other] = await Promise.all([openAuthority(both), openAuthority(both)]);
    expect(one.chainPem).toBe(other.chainPem);
  });
});
