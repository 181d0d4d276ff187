import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildBiometric, parseBiometric, signedBiometricContent } from '../../src/piv/objects/biometric.ts';
import { buildCcc, parseCcc } from '../../src/piv/objects/ccc.ts';
import { buildChuid, parseChuid, signedChuidContent } from '../../src/piv/objects/chuid.ts';
import { containerId } from '../../src/piv/objects/container-id.ts';
import { buildDiscovery, parseDiscovery } from '../../src/piv/objects/discovery.ts';
import { parseFacialRecord } from '../../src/piv/objects/facial-record.ts';
import { buildFascN, parseFascN } from '../../src/piv/objects/fasc-n.ts';
import {
  buildPrintedInformation,
  parsePrintedInformation,
} from '../../src/piv/objects/printed-information.ts';
import {
  buildSecurityObject,
  numberDataGroups,
  parseSecurityObject,
} from '../../src/piv/objects/security-object.ts';
import { OBJECT_TAGS } from '../../src/piv/reference.ts';
import { unwrap } from '../../src/piv/tlv.ts';
import { GOLDEN_CARDS, goldenObject, goldenValues } from './golden-cards.ts';
import { toHex } from './scripted-connection.ts';

/** messageDigest of the signed attributes, as a CMS of these cards has it. @see RFC 5652, 11.2 */
function signedDigest(cms: Uint8Array): string {
  const hex = toHex(cms);
  const attribute = '06092a864886f70d01090431220420';
  return hex.slice(hex.indexOf(attribute) + attribute.length).slice(0, 64);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe.each(GOLDEN_CARDS)('the golden card %s', (card) => {
  it('has the CHUID that it was made from, and building it again gives the same bytes', () => {
    const content = goldenObject(card, 'chuid');
    const values = goldenValues(card, 'chuid');
    const chuid = parseChuid(content);
    expect(toHex(chuid.fascN).toUpperCase()).toBe(values.fascn);
    expect(chuid.guid).toBe(values.uuid);
    expect(chuid.cardholderUuid).toBe(values.cardholderUuid);
    expect(chuid.expiry).toBe(values.expirationDate!.slice(0, 8));
    expect(buildChuid(chuid)).toEqual(content);
    expect(buildChuid({ ...chuid, fields: undefined })).toEqual(content);
  });

  it('signs of its CHUID all but the signature', () => {
    const content = goldenObject(card, 'chuid');
    const chuid = parseChuid(content);
    const signed = signedDigest(chuid.signature!);
    expect(sha256(signedChuidContent(content))).toBe(signed);
    expect(sha256(buildChuid({ ...chuid, signature: null, fields: undefined }))).toBe(signed);
  });

  it('has a FASC-N that reads and writes', () => {
    const { fascN } = parseChuid(goldenObject(card, 'chuid'));
    const parts = parseFascN(fascN);
    expect(parts.agencyCode).toBe(card === '54-golden-piv-i' ? '9999' : '4700');
    expect(buildFascN(parts)).toEqual(fascN);
  });

  it('has the Printed Information that it was made from', () => {
    const content = goldenObject(card, 'printed-information');
    const values = goldenValues(card, 'printed-information');
    const printed = parsePrintedInformation(content);
    expect(printed.name).toBe(values.name);
    expect(printed.employeeAffiliation).toBe(values.employeeAffiliation);
    expect(printed.agencyCardSerialNumber).toBe(values.agencyCardSerialNumber);
    expect(printed.expiry).toBe(values.expirationDate!.slice(0, 8));
    expect(buildPrintedInformation(printed)).toEqual(content);
    expect(buildPrintedInformation({ ...printed, fields: undefined })).toEqual(content);
  });

  it('has a CCC and a Discovery Object that come out as they went in', () => {
    const ccc = goldenObject(card, 'ccc');
    expect(buildCcc(parseCcc(ccc))).toEqual(ccc);
    const discovery = unwrap(OBJECT_TAGS.DISCOVERY, goldenObject(card, 'discovery'));
    expect(parseDiscovery(discovery).pinUsagePolicy).toBe(0x4000);
    expect(buildDiscovery(parseDiscovery(discovery))).toEqual(discovery);
  });

  it('hashes in its Security Object the containers that we name', () => {
    const content = goldenObject(card, 'security-object');
    const security = parseSecurityObject(content);
    expect(buildSecurityObject(security)).toEqual(content);
    const cms = toHex(security.signature);
    const containers = [
      [OBJECT_TAGS.CHUID, goldenObject(card, 'chuid')],
      [OBJECT_TAGS.CCC, goldenObject(card, 'ccc')],
      [OBJECT_TAGS.PRINTED_INFORMATION, goldenObject(card, 'printed-information')],
      [OBJECT_TAGS.FACIAL_IMAGE, goldenObject(card, 'facial-image')],
      [OBJECT_TAGS.FINGERPRINTS, goldenObject(card, 'fingerprints')],
      [OBJECT_TAGS.DISCOVERY, unwrap(OBJECT_TAGS.DISCOVERY, goldenObject(card, 'discovery'))],
    ] as const;
    const found = security.dataGroups.map(({ number, containerId: id }) => {
      const object = containers.find(([tag]) => containerId(tag) === id)!;
      return cms.includes(`0201${number.toString(16).padStart(2, '0')}0420${sha256(object[1])}`);
    });
    expect(found).toEqual(security.dataGroups.map(() => true));
    expect(found.length).toBeGreaterThanOrEqual(4);
  });

  it.each(['facial-image', 'fingerprints'])('has a %s object whose header tells what it is', (name) => {
    const content = goldenObject(card, name);
    const biometric = parseBiometric(content);
    const isFace = name === 'facial-image';
    expect(biometric.header).toMatchObject({
      formatOwner: 0x1b,
      formatType: isFace ? 0x0501 : 0x0201,
      biometricType: isFace ? 2 : 8,
      quality: -2,
      validTo: '2032-12-02T00:00:00Z',
    });
    if (isFace) expect(biometric.header.fascN).toEqual(parseChuid(goldenObject(card, 'chuid')).fascN);
    expect(buildBiometric(biometric)).toEqual(content);
    const { header, record, signature } = biometric;
    expect(sha256(signedBiometricContent(header, record, signature.length))).toBe(signedDigest(signature));
    if (isFace) expect(toHex(parseFacialRecord(record))).toMatch(/^(ffd8ff|0000000c6a502020)/);
  });
});

describe('the Security Object', () => {
  it('numbers what it hashes from 1', () => {
    expect(numberDataGroups([0x3000, 0x3001])).toEqual([
      { number: 1, containerId: 0x3000 },
      { number: 2, containerId: 0x3001 },
    ]);
    expect(() => numberDataGroups(new Array(17).fill(0x3000))).toThrow(/16/);
  });
});
