import { createHash, timingSafeEqual } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { MalformedCertificateError, openCertificate } from './certificate.ts';
import { isSignedBy } from './signature-check.ts';

/** Checks CMS SignedData with one signer, as it stands in objects of a card. @see RFC 5652, 5 */

const MAX_CMS_LENGTH = 64 * 1024;
const ID_SIGNED_DATA = '1.2.840.113549.1.7.2';
const ID_CONTENT_TYPE = '1.2.840.113549.1.9.3';
const ID_MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const RSA_PSS = '1.2.840.113549.1.1.10';

const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** The hash that a signature algorithm names; null: the digest algorithm says it. */
const SIGNATURE_HASHES: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.1': null,
  [RSA_PSS]: null,
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

/** Bytes that are not the SignedData they should be, or whose signature is not good. */
export class CmsError extends Error {
  override readonly name = 'CmsError';
}

export interface CmsExpectation {
  /** One of these OIDs. */
  readonly eContentTypes: readonly string[];
  /** Signed content that is not inside; null: it must be inside. */
  readonly detached: Uint8Array | null;
  /** The one signer (DER) that is accepted; null: whoever is inside. */
  readonly signerCertificate: Uint8Array | null;
}

export interface VerifiedCms {
  readonly content: Uint8Array;
  /** DER; its chain is not checked here. */
  readonly signerCertificate: Uint8Array;
  /** Signed attributes by OID: DER of their first value. */
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

/**
 * Checks form, digest and signature; whether the signer may be believed is for `verifyChain`.
 * @throws CmsError; MalformedCertificateError
 */
export function verifySignedData(cms: Uint8Array, expected: CmsExpectation): VerifiedCms {
  const signedData = decodeSignedData(cms);
  const { eContentType, eContent } = signedData.encapContentInfo;
  if (!expected.eContentTypes.includes(eContentType))
    throw new CmsError(`verify CMS: content type ${eContentType} is not the expected one`);
  if (expected.detached && eContent) throw new CmsError('verify CMS: content is inside, expected outside');
  const content = expected.detached ?? (eContent && new Uint8Array(eContent.getValue()));
  if (!content) throw new CmsError('verify CMS: content is missing');
  const [signerInfo, ...others] = signedData.signerInfos;
  if (!signerInfo || others.length > 0) throw new CmsError('verify CMS: there must be one signer');
  const attributes = signedAttributes(signerInfo);
  const digestName = checkAttributes(attributes, signerInfo, eContentType, content);
  const signerCertificate = findSigner(signedData, signerInfo, expected.signerCertificate);
  checkSignature(signerInfo, digestName, signerCertificate);
  return { content, signerCertificate, attributes };
}

/** A certificate as pkijs knows it. @throws MalformedCertificateError */
export function decodePkijsCertificate(certificate: Uint8Array): pkijs.Certificate {
  try {
    return pkijs.Certificate.fromBER(new Uint8Array(certificate).buffer);
  } catch (cause) {
    throw new MalformedCertificateError('read certificate: it is not one', { cause });
  }
}

function decodeSignedData(cms: Uint8Array): pkijs.SignedData {
  if (cms.length === 0 || cms.length > MAX_CMS_LENGTH) throw new CmsError('verify CMS: its length is wrong');
  try {
    const { result, offset } = asn1js.fromBER(new Uint8Array(cms).buffer);
    if (offset !== cms.length) throw new CmsError('verify CMS: it is not one ASN.1 value');
    const contentInfo = new pkijs.ContentInfo({ schema: result });
    if (contentInfo.contentType !== ID_SIGNED_DATA) throw new CmsError('verify CMS: it is not SignedData');
    const signedData = new pkijs.SignedData({ schema: contentInfo.content });
    checkOctetStrings(signedData);
    return signedData;
  } catch (cause) {
    if (cause instanceof CmsError) throw cause;
    throw new CmsError('verify CMS: it is not SignedData', { cause });
  }
}

/** pkijs takes any ASN.1 value where these stand. */
function checkOctetStrings({ encapContentInfo, signerInfos }: pkijs.SignedData): void {
  const values = [encapContentInfo.eContent, ...signerInfos.map(({ signature }) => signature)];
  if (values.some((value) => value !== undefined && !(value instanceof asn1js.OctetString)))
    throw new CmsError('verify CMS: content or signature is not an OCTET STRING');
}

function signedAttributes(signerInfo: pkijs.SignerInfo): ReadonlyMap<string, Uint8Array> {
  const attributes = new Map<string, Uint8Array>();
  for (const { type, values } of signerInfo.signedAttrs?.attributes ?? []) {
    const [value] = values as asn1js.BaseBlock[];
    if (!value || attributes.has(type)) throw new CmsError('verify CMS: a signed attribute is malformed');
    attributes.set(type, new Uint8Array(value.toBER()));
  }
  return attributes;
}

function checkAttributes(
  attributes: ReadonlyMap<string, Uint8Array>,
  signerInfo: pkijs.SignerInfo,
  eContentType: string,
  content: Uint8Array,
): string {
  const digestName = DIGESTS[signerInfo.digestAlgorithm.algorithmId];
  if (!digestName) throw new CmsError('verify CMS: its digest algorithm is not allowed');
  const contentType = new asn1js.ObjectIdentifier({ value: eContentType }).toBER();
  const digest = createHash(digestName).update(content).digest();
  const wanted = new asn1js.OctetString({ valueHex: new Uint8Array(digest).buffer }).toBER();
  if (!isSame(attributes.get(ID_CONTENT_TYPE), contentType))
    throw new CmsError('verify CMS: its signed content type is another');
  if (!isSame(attributes.get(ID_MESSAGE_DIGEST), wanted))
    throw new CmsError('verify CMS: the content is not what was signed');
  return digestName;
}

function isSame(found: Uint8Array | undefined, wanted: ArrayBuffer): boolean {
  return found?.length === wanted.byteLength && timingSafeEqual(found, new Uint8Array(wanted));
}

function findSigner(
  signedData: pkijs.SignedData,
  signerInfo: pkijs.SignerInfo,
  given: Uint8Array | null,
): Uint8Array {
  // A signer that is known is the only one: whoever forges puts a certificate of their own inside.
  const candidates = given
    ? [{ certificate: decodePkijsCertificate(given), der: given }]
    : signersInside(signedData);
  const signer = candidates.find(({ certificate }) => isSigner(certificate, signerInfo.sid));
  if (!signer) throw new CmsError('verify CMS: its signer is not known');
  return signer.der;
}

function signersInside(signedData: pkijs.SignedData) {
  return (signedData.certificates ?? [])
    .filter((item) => item instanceof pkijs.Certificate)
    .map((certificate) => ({ certificate, der: new Uint8Array(certificate.toSchema().toBER()) }));
}

function isSigner(certificate: pkijs.Certificate, sid: unknown): boolean {
  if (sid instanceof pkijs.IssuerAndSerialNumber)
    return certificate.issuer.isEqual(sid.issuer) && certificate.serialNumber.isEqual(sid.serialNumber);
  const subjectKeyId = certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.14')?.parsedValue;
  if (!(sid instanceof asn1js.BaseBlock) || !(subjectKeyId instanceof asn1js.OctetString)) return false;
  const wanted = sid as unknown as asn1js.OctetString;
  return Buffer.from(subjectKeyId.valueBlock.valueHexView).equals(wanted.valueBlock.valueHexView);
}

function checkSignature(signerInfo: pkijs.SignerInfo, digestName: string, certificate: Uint8Array): void {
  const { algorithmId } = signerInfo.signatureAlgorithm;
  const named = SIGNATURE_HASHES[algorithmId];
  if (named === undefined) throw new CmsError('verify CMS: its signature algorithm is not allowed');
  const key = openCertificate(certificate).publicKey;
  const signed = new Uint8Array(signerInfo.signedAttrs?.encodedValue ?? new ArrayBuffer(0));
  const signature = new Uint8Array(signerInfo.signature.getValue());
  const isGood = isSignedBy(key, named ?? digestName, signed, signature, algorithmId === RSA_PSS);
  if (!isGood) throw new CmsError('verify CMS: its signature is not good');
}
