import { createHash, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { concat, find, parseTlvs, tlv } from '../../src/piv/tlv.ts';
import { parseCertificate } from '../../src/pki/certificate.ts';
import { ChainError, verifyChain } from '../../src/pki/certificate-chain.ts';
import { CmsError, verifySignedData } from '../../src/pki/cms-verification.ts';
import { verifyBiometricSignature, verifyChuidSignature } from '../../src/pki/content-signature.ts';
import { algorithmOf } from '../../src/pki/public-key.ts';
import { verifySecurityObject } from '../../src/pki/security-object.ts';

const CARDS = 'test/data/icam-test-cards';
/** When all certificates of these cards are valid. */
const AT = new Date('2022-06-01T00:00:00Z');
const CERTIFICATES = [
  '9a-piv-authentication.crt',
  '9c-digital-signature.crt',
  '9d-key-management.crt',
  '9e-card-authentication.crt',
  'chuid-signer.crt',
];

function read(...path: readonly string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(CARDS, ...path)));
}

function certificate(...path: readonly string[]): Uint8Array {
  return new Uint8Array(new X509Certificate(read(...path)).raw);
}

const authorities = readdirSync(join(CARDS, 'ca')).map((name) => ({ name, der: certificate('ca', name) }));
const sources = {
  roots: authorities.filter(({ name }) => name.includes('root')).map(({ der }) => der),
  intermediates: authorities.filter(({ name }) => name.includes('signing')).map(({ der }) => der),
};

/** CHUID of a card: the fields that are signed, and the signature. */
function chuid(card: string) {
  const fields = parseTlvs(read(card, 'chuid.bin'));
  const signed = fields.filter(({ tag }) => tag !== 0x3e).map(({ tag, value }) => tlv(tag, value));
  return {
    signedFields: concat(...signed),
    signature: find(fields, 0x3e)!,
    guid: Buffer.from(find(fields, 0x34)!)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  };
}

/** A CBEFF object: header of 88 bytes (length of the data at 2, of the signature at 6), data, signature. */
function biometric(card: string, file: string) {
  const cbeff = find(parseTlvs(read(card, file)), 0xbc)!;
  const view = new DataView(cbeff.buffer, cbeff.byteOffset);
  const end = 88 + view.getUint32(2);
  return { record: cbeff.subarray(0, end), signature: cbeff.subarray(end, end + view.getUint16(6)) };
}

describe.each(['01-golden-piv', '46-golden-piv-fips201-2', '54-golden-piv-i'])('%s', (card) => {
  test('the signature of its CHUID is good, by the signer that the card names', () => {
    const { signedFields, signature } = chuid(card);
    const signer = verifyChuidSignature(signedFields, signature);
    expect(signer).toEqual(certificate(card, 'chuid-signer.crt'));
    expect(verifyChain(signer, sources, AT).length).toBe(3);
  });

  test('a CHUID of another card is not covered by its signature', () => {
    const { signedFields, signature } = chuid(card);
    expect(() => verifyChuidSignature(signedFields.with(5, signedFields[5]! ^ 1), signature)).toThrow(
      CmsError,
    );
  });

  test('its Security Object is signed and lists the hashes of its objects', () => {
    const { signedFields, signature } = chuid(card);
    const signer = verifyChuidSignature(signedFields, signature);
    const object = parseTlvs(read(card, 'security-object.bin'));
    const hashes = verifySecurityObject(find(object, 0xbb)!, signer);
    // BA maps data group numbers to container identifiers: DB00 is the CCC, 3000 the CHUID.
    const mapping = find(object, 0xba)!;
    const groups = Array.from({ length: mapping.length / 3 }, (_, i) => mapping.subarray(i * 3, i * 3 + 3));
    expect([...hashes.keys()].sort()).toEqual(groups.map(([group]) => group!).sort());
    const chuidGroup = groups.find(([, high, low]) => high === 0x30 && low === 0x00)!;
    const hash = createHash('sha256').update(read(card, 'chuid.bin')).digest();
    expect(Buffer.from(hashes.get(chuidGroup[0]!)!).equals(hash)).toBe(true);
  });

  test.each(['fingerprints.bin', 'facial-image.bin'])(
    'the signature of %s is good, and for its FASC-N',
    (file) => {
      const { signedFields, signature, guid } = chuid(card);
      const signer = verifyChuidSignature(signedFields, signature);
      const found = biometric(card, file);
      // Field of the CBEFF header; the fingerprints of the PIV-I card have another than its CHUID.
      const fascN = found.record.subarray(59, 84);
      expect(() => verifyBiometricSignature({ ...found, fascN, guid }, signer)).not.toThrow();
      const other = fascN.with(3, fascN[3]! ^ 1);
      expect(() => verifyBiometricSignature({ ...found, fascN: other, guid }, signer)).toThrow(
        'another FASC-N',
      );
    },
  );

  test.each(CERTIFICATES)('the chain of %s leads to its root', (file) => {
    const der = certificate(card, file);
    const chain = verifyChain(der, sources, AT);
    expect(chain[0]).toEqual(der);
    expect(sources.roots).toContainEqual(chain.at(-1));
  });

  test.each(CERTIFICATES)('%s reads as openssl reads it', (file) => {
    const der = certificate(card, file);
    const judge = new X509Certificate(der);
    const facts = parseCertificate(der);
    expect(facts.serialNumber).toBe(judge.serialNumber.toLowerCase());
    expect(facts.notBefore).toEqual(judge.validFromDate);
    expect(facts.notAfter).toEqual(judge.validToDate);
    expect(facts.subject.split(',').length).toBe(judge.subject.split(/[\n+]/).length);
    expect(['RSA-2048', 'P-256']).toContain(algorithmOf(facts.publicKey));
  });
});

test('a Security Object with a certificate of its own inside does not pass for the one of the CHUID', () => {
  const { signature } = chuid('01-golden-piv');
  const signer = certificate('46-golden-piv-fips201-2', 'chuid-signer.crt');
  // The signature of a CHUID has its certificate inside, which is another than the one that is asked for.
  const expected = { eContentTypes: ['2.16.840.1.101.3.6.1'], signerCertificate: signer };
  const { signedFields } = chuid('01-golden-piv');
  expect(() => verifySignedData(signature, { ...expected, detached: signedFields })).toThrow(
    'its signer is not known',
  );
});

test('a certificate whose issuer is not known leads nowhere', () => {
  const der = certificate('01-golden-piv', CERTIFICATES[0]!);
  expect(() => verifyChain(der, { ...sources, intermediates: [] }, AT)).toThrow(ChainError);
});

test('a chain that is over leads nowhere', () => {
  const der = certificate('01-golden-piv', CERTIFICATES[0]!);
  expect(() => verifyChain(der, sources, new Date('2060-01-01'))).toThrow('not valid');
});
