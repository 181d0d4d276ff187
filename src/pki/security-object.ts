import * as asn1js from 'asn1js';
import { type CmsSigner, der, octetString, signData } from './cms-signing.ts';
import { CmsError, verifySignedData } from './cms-verification.ts';
import { checkContentSigner } from './content-signature.ts';

/** LDSSecurityObject: the hashes of the objects of a card, signed. @see ICAO Doc 9303 part 10, 4.6.2; NIST SP 800-73-4 part 1, 3.1.7 */

const ID_ICAO_LDS_SECURITY_OBJECT = '2.23.136.1.1.1';
/** The same under its first number, on cards in the field. */
const ID_ICAO_LDS_SECURITY_OBJECT_OLD = '1.3.27.1.1.1';
const ID_SHA256 = '2.16.840.1.101.3.4.2.1';
/** DER of INTEGER 0: version v0. */
const VERSION_0 = Uint8Array.of(0x02, 0x01, 0x00);
const HASH_LENGTH = 32;
const MAX_DATA_GROUP = 16;

/**
 * Signs the hashes. The certificate is left out: it is the CHUID's.
 * @param hashes SHA-256 of each object's content by data group number 1–16
 * @returns the value of field BB
 * @throws RangeError for a number or a hash that cannot stand there
 */
export function signSecurityObject(
  hashes: ReadonlyMap<number, Uint8Array>,
  signer: CmsSigner,
): Promise<Uint8Array> {
  return signData(
    {
      eContentType: ID_ICAO_LDS_SECURITY_OBJECT,
      content: encodeHashes(hashes),
      isDetached: false,
      includesCertificate: false,
      attributes: [],
    },
    signer,
  );
}

/**
 * Checks the signature of a Security Object.
 * @param signature value of field BB
 * @param signerCertificate the CHUID's, DER
 * @returns SHA-256 hashes by data group number
 * @throws CmsError; MalformedCertificateError
 */
export function verifySecurityObject(
  signature: Uint8Array,
  signerCertificate: Uint8Array,
): ReadonlyMap<number, Uint8Array> {
  const verified = verifySignedData(signature, {
    eContentTypes: [ID_ICAO_LDS_SECURITY_OBJECT, ID_ICAO_LDS_SECURITY_OBJECT_OLD],
    detached: null,
    signerCertificate,
  });
  checkContentSigner(verified.signerCertificate);
  return decodeHashes(verified.content);
}

function encodeHashes(hashes: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const groups = [...hashes].sort(([a], [b]) => a - b);
  for (const [group, hash] of groups) {
    if (!Number.isInteger(group) || group < 1 || group > MAX_DATA_GROUP || hash.length !== HASH_LENGTH)
      throw new RangeError(`sign Security Object: data group ${group} cannot be listed`);
  }
  return der(
    new asn1js.Sequence({
      value: [
        new asn1js.Integer({ value: 0 }),
        new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: ID_SHA256 })] }),
        new asn1js.Sequence({
          value: groups.map(
            ([group, hash]) =>
              new asn1js.Sequence({ value: [new asn1js.Integer({ value: group }), octetString(hash)] }),
          ),
        }),
      ],
    }),
  );
}

function decodeHashes(content: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const malformed = new CmsError('read Security Object: its list of hashes is malformed');
  const parsed = asn1js.fromBER(new Uint8Array(content).buffer);
  const [version, algorithm, groups] = members(parsed.result);
  const [hashAlgorithm] = members(algorithm);
  if (parsed.offset !== content.length || !version || !Buffer.from(der(version)).equals(VERSION_0))
    throw malformed;
  if (!(hashAlgorithm instanceof asn1js.ObjectIdentifier) || hashAlgorithm.getValue() !== ID_SHA256)
    throw new CmsError('read Security Object: its hash algorithm is not SHA-256');
  const hashes = new Map<number, Uint8Array>();
  for (const entry of members(groups)) {
    const [group, hash] = members(entry);
    if (!(group instanceof asn1js.Integer) || !(hash instanceof asn1js.OctetString)) throw malformed;
    const value = new Uint8Array(hash.getValue());
    const number = group.valueBlock.valueDec;
    if (value.length !== HASH_LENGTH || number < 1 || number > MAX_DATA_GROUP || hashes.has(number))
      throw malformed;
    hashes.set(number, value);
  }
  return hashes;
}

function members(value: asn1js.AsnType | undefined): readonly asn1js.AsnType[] {
  return value instanceof asn1js.Sequence ? value.valueBlock.value : [];
}
