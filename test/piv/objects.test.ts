import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';
import { buildBiometric, parseBiometric } from '../../src/piv/objects/biometric.ts';
import { buildCcc, cardIdentifier, parseCcc } from '../../src/piv/objects/ccc.ts';
import { buildCertificateObject, parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { buildChuid, type Chuid, parseChuid, signedChuidContent } from '../../src/piv/objects/chuid.ts';
import { containerId } from '../../src/piv/objects/container-id.ts';
import { parseDiscovery } from '../../src/piv/objects/discovery.ts';
import {
  buildFacialRecord,
  FACIAL_IMAGE_FORMAT,
  parseFacialRecord,
} from '../../src/piv/objects/facial-record.ts';
import { buildFascN, parseFascN } from '../../src/piv/objects/fasc-n.ts';
import { ObjectFormatError } from '../../src/piv/objects/fields.ts';
import { buildKeyHistory, parseKeyHistory } from '../../src/piv/objects/key-history.ts';
import {
  buildPrintedInformation,
  parsePrintedInformation,
} from '../../src/piv/objects/printed-information.ts';
import { parseSecurityObject } from '../../src/piv/objects/security-object.ts';
import { certificateTag, hexTag, tagNumber } from '../../src/piv/reference.ts';
import { concat, tlv } from '../../src/piv/tlv.ts';
import { goldenObject } from './golden-cards.ts';
import { fromHex, toHex } from './scripted-connection.ts';

const PARSERS = {
  chuid: parseChuid,
  ccc: parseCcc,
  discovery: parseDiscovery,
  'printed-information': parsePrintedInformation,
  'security-object': parseSecurityObject,
  'facial-image': (content: Uint8Array) => parseFacialRecord(parseBiometric(content).record),
  fingerprints: parseBiometric,
  'key-history': parseKeyHistory,
  certificate: parseCertificateObject,
  'fasc-n': parseFascN,
  'signed part of the chuid': signedChuidContent,
} as const;

/** Whatever a parser does with these bytes, it returns or says which object is broken. */
function survives(parse: (content: Uint8Array) => unknown, content: Uint8Array): void {
  try {
    parse(content);
  } catch (error) {
    expect(error).toBeInstanceOf(ObjectFormatError);
  }
}

function aChuid(values: Partial<Chuid> = {}): Chuid {
  return {
    fascN: fromHex('D13810D828AB6C10C339E5A1685A08C92ADE0A6184E739C3E7'),
    organizationalIdentifier: null,
    guid: '7b13d0e6-1f6e-478e-a0aa-be0f9ad64a6c',
    expiry: '20321202',
    cardholderUuid: null,
    signature: fromHex('3000'),
    ...values,
  };
}

describe.each(Object.entries(PARSERS))('nonsense instead of a %s', (name, parse) => {
  it('gives an error that names the object, and never another one', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(parse, bytes)));
  });

  const example = ['key-history', 'certificate', 'fasc-n', 'signed part of the chuid'].includes(name)
    ? goldenObject('01-golden-piv', 'chuid')
    : goldenObject('01-golden-piv', name);
  it('so does a real one that is cut off or has a wrong byte', () => {
    const at = fc.nat({ max: Math.min(example.length - 1, 250) });
    fc.assert(fc.property(at, (length) => survives(parse, example.subarray(0, length))));
    fc.assert(
      fc.property(at, fc.nat({ max: 255 }), (index, byte) => survives(parse, example.with(index, byte))),
    );
  });

  it('so do fields that are well formed and have nothing right in them', () => {
    const tags = [
      0x30, 0x32, 0x34, 0x35, 0x36, 0x3e, 0x01, 0x04, 0x70, 0x71, 0xba, 0xbb, 0xbc, 0xc1, 0xc2, 0xf0,
    ];
    const field = fc.tuple(fc.constantFrom(...tags, 0x4f, 0x5f2f), fc.uint8Array({ maxLength: 100 }));
    fc.assert(
      fc.property(fc.array(field), (fields) =>
        survives(parse, concat(...fields.map(([tag, value]) => tlv(tag, value)))),
      ),
    );
  });
});

describe('the CHUID', () => {
  it('keeps unknown fields and the order in which they were', () => {
    const content = concat(
      tlv(0x31, fromHex('0102')),
      tlv(0x34, new Uint8Array(16)),
      tlv(0x30, aChuid().fascN),
      tlv(0x35, new TextEncoder().encode('20321202')),
      tlv(0x3d),
      tlv(0x3e, fromHex('3000')),
      tlv(0xfe, fromHex('aa')),
    );
    expect(buildChuid(parseChuid(content))).toEqual(content);
    const changed = parseChuid(buildChuid({ ...parseChuid(content), signature: fromHex('3100') }));
    expect(changed.fields!.map(({ tag }) => tag)).toEqual([0x31, 0x34, 0x30, 0x35, 0x3d, 0x3e, 0xfe]);
  });

  it.each(['20321302', '2032120', '20330229', '2032DEC02'])('does not take %s for an expiry', (expiry) => {
    expect(() => buildChuid(aChuid({ expiry }))).toThrow(ObjectFormatError);
  });

  it('signs the bytes as they stand on the card, odd length forms included', () => {
    const odd = fromHex(`34 81 10 ${'00'.repeat(16)}`);
    const rest = concat(tlv(0x30, aChuid().fascN), tlv(0x35, new TextEncoder().encode('20321202')));
    const content = concat(odd, rest, tlv(0x3e, fromHex('3000')), tlv(0xfe));
    expect(signedChuidContent(content)).toEqual(concat(odd, rest, tlv(0xfe)));
  });
});

describe('the FASC-N', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
  it('comes back whatever its digits', () => {
    const parts = fc.record({
      agencyCode: digits(4),
      systemCode: digits(4),
      credentialNumber: digits(6),
      credentialSeries: digits(1),
      individualCredentialIssue: digits(1),
      personIdentifier: digits(10),
      organizationalCategory: digits(1),
      organizationalIdentifier: digits(4),
      personAssociation: digits(1),
    });
    fc.assert(
      fc.property(parts, (fascN) => {
        expect(parseFascN(buildFascN(fascN))).toEqual(fascN);
      }),
    );
  });

  it('with one wrong bit is refused', () => {
    const { fascN } = aChuid();
    fc.assert(
      fc.property(fc.nat({ max: 199 }), (bit) => {
        const index = bit >>> 3;
        const broken = fascN.with(index, fascN[index]! ^ (1 << (bit & 7)));
        expect(() => parseFascN(broken)).toThrow(ObjectFormatError);
      }),
    );
  });
});

describe('the Key History', () => {
  it('holds counts, and a URL only where there is one', () => {
    const history = { onCardCount: 3, offCardCount: 0, url: null };
    expect(toHex(buildKeyHistory(history))).toBe('c10103c20100fe00');
    const elsewhere = { onCardCount: 1, offCardCount: 2, url: 'http://example.test/x' };
    expect(parseKeyHistory(buildKeyHistory(elsewhere))).toMatchObject(elsewhere);
  });
  it('with an empty URL stays as it was', () => {
    const content = fromHex('c10103 c20100 f300 fe00');
    expect(parseKeyHistory(content).url).toBeNull();
    expect(buildKeyHistory(parseKeyHistory(content))).toEqual(content);
  });
  it('does not count more than 20 keys', () => {
    expect(() => buildKeyHistory({ onCardCount: 20, offCardCount: 1, url: null })).toThrow(/20/);
  });
});

describe('a certificate object', () => {
  const certificate = fromHex('3003020101');
  it('holds the certificate as it is', () => {
    expect(toHex(buildCertificateObject(certificate))).toBe('70053003020101710100fe00');
    expect(parseCertificateObject(buildCertificateObject(certificate))).toEqual(certificate);
  });
  it('is decompressed', () => {
    const long = new Uint8Array(2000).fill(0x30);
    const compressed = buildCertificateObject(long, true);
    expect(compressed.length).toBeLessThan(100);
    expect(parseCertificateObject(compressed)).toEqual(long);
  });
  it('that grows beyond every certificate is refused', () => {
    const bomb = concat(tlv(0x70, gzipSync(new Uint8Array(10_000_000))), tlv(0x71, fromHex('01')));
    expect(() => parseCertificateObject(bomb)).toThrow(ObjectFormatError);
  });
});

describe('Printed Information', () => {
  it('refuses a text that the standard has no room for', () => {
    const printed = parsePrintedInformation(goldenObject('01-golden-piv', 'printed-information'));
    const long = { ...printed, fields: undefined, employeeAffiliation: 'x'.repeat(21) };
    expect(() => buildPrintedInformation(long)).toThrow(/employeeAffiliation has 21 bytes, 20 fit/);
  });
  it('is not read from what some cards keep in its place', () => {
    expect(() => parsePrintedInformation(fromHex('8802 8900'))).toThrow(/check Printed Information/);
  });
});

describe('a new CCC', () => {
  it('says what a PIV card says, with an identifier of its own', () => {
    const content = buildCcc({ cardIdentifier: cardIdentifier(fromHex('0102030405060708090a0b0c0d0e0f10')) });
    expect(toHex(content)).toBe(
      'f015a000000116ff020102030405060708090a0b0c0d0ef10121f20121f300f40100f50110f600f700fa00fb00fc00fd00fe00',
    );
  });
});

describe('a new facial image', () => {
  const golden = parseBiometric(goldenObject('01-golden-piv', 'facial-image'));
  const jpeg = parseFacialRecord(golden.record);

  it('has the layout of the golden one, with the size that the JPEG has', () => {
    const record = buildFacialRecord(jpeg);
    expect(parseFacialRecord(record)).toEqual(jpeg);
    const size = fromHex('00c800a2');
    const expected = concat(golden.record.subarray(0, 36), size, golden.record.subarray(40));
    expect(toHex(record.subarray(0, 46))).toBe(toHex(expected.subarray(0, 46)));
    expect(record).toEqual(expected);
  });

  it('has the header values of the golden one', () => {
    expect(golden.header).toMatchObject(FACIAL_IMAGE_FORMAT);
    const { createdAt, validFrom, validTo, creator, fascN } = golden.header;
    const header = { ...FACIAL_IMAGE_FORMAT, createdAt, validFrom, validTo, creator, fascN };
    const content = buildBiometric({ header, record: golden.record, signature: golden.signature });
    expect(content).toEqual(goldenObject('01-golden-piv', 'facial-image'));
  });

  it('is not made of what is no JPEG', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) =>
        survives(buildFacialRecord, concat(fromHex('ffd8'), bytes)),
      ),
    );
    expect(() => buildFacialRecord(fromHex('89504e47'))).toThrow(ObjectFormatError);
  });
});

describe('tags', () => {
  it('of certificates are where the standard has them', () => {
    expect((['9A', '9C', '9D', '9E'] as const).map(certificateTag).map(hexTag)).toEqual([
      '5FC105',
      '5FC10A',
      '5FC10B',
      '5FC101',
    ]);
    expect(RETIRED_SLOTS.map(certificateTag).map(hexTag).join(' ')).toMatch(
      /^5FC10D 5FC10E .* 5FC11F 5FC120$/,
    );
  });
  it('of certificates have containers of their own', () => {
    const retired = RETIRED_SLOTS.map((slot) => containerId(certificateTag(slot)));
    expect([retired[0], retired[19]]).toEqual([0x1001, 0x1014]);
    expect(() => containerId(0x5fc1ff)).toThrow(RangeError);
  });
  it('are read from the hex that was written', () => {
    expect(tagNumber('5FC102')).toBe(0x5fc102);
    expect(tagNumber(hexTag(0x7e))).toBe(0x7e);
    expect(() => tagNumber('5fc10')).toThrow(RangeError);
  });
});
