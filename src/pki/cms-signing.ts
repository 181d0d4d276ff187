import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { KeyAlgorithm } from '../domain/slot.ts';
import { decodePkijsCertificate } from './cms-verification.ts';
import { hashFor } from './public-key.ts';
import type { SigningKey } from './signing-key.ts';

/** CMS SignedData with one signer. @see RFC 5652, 5 */

const ID_SIGNED_DATA = '1.2.840.113549.1.7.2';
const ID_CONTENT_TYPE = '1.2.840.113549.1.9.3';
const ID_MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const DIGEST_ALGORITHMS = { sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2' } as const;
const SIGNATURE_ALGORITHMS: Readonly<Record<KeyAlgorithm, string>> = {
  'RSA-2048': '1.2.840.113549.1.1.11',
  'RSA-3072': '1.2.840.113549.1.1.11',
  'P-256': '1.2.840.10045.4.3.2',
  'P-384': '1.2.840.10045.4.3.3',
};

/** A content signer: its key and the certificate over it. */
export interface CmsSigner {
  readonly key: SigningKey;
  /** DER. */
  readonly certificate: Uint8Array;
}

export interface CmsContent {
  /** OID. */
  readonly eContentType: string;
  readonly content: Uint8Array;
  /** Detached: the content is signed, but not inside. */
  readonly isDetached: boolean;
  readonly includesCertificate: boolean;
  /** Signed attributes besides content type and message digest: OID and DER of their one value. */
  readonly attributes: readonly (readonly [string, Uint8Array])[];
}

/** A signer signs several objects of each card: its certificate is decoded once. */
const certificates = new WeakMap<CmsSigner, pkijs.Certificate>();

function certificateOf(signer: CmsSigner): pkijs.Certificate {
  const certificate = certificates.get(signer) ?? decodePkijsCertificate(signer.certificate);
  certificates.set(signer, certificate);
  return certificate;
}

/** Signs content; answers a ContentInfo, DER. */
export async function signData(input: CmsContent, signer: CmsSigner): Promise<Uint8Array> {
  const hash = hashFor(signer.key.algorithm);
  const certificate = certificateOf(signer);
  const messageDigest = createHash(hash).update(input.content).digest();
  const attributes = sortedAttributes([
    [ID_CONTENT_TYPE, der(new asn1js.ObjectIdentifier({ value: input.eContentType }))],
    [ID_MESSAGE_DIGEST, der(octetString(messageDigest))],
    ...input.attributes,
  ]);
  const toBeSigned = der(new asn1js.Set({ value: attributes.map((attribute) => attribute.toSchema()) }));
  const signature = await signer.key.sign(toBeSigned);
  const digestAlgorithm = new pkijs.AlgorithmIdentifier({ algorithmId: DIGEST_ALGORITHMS[hash] });
  const signerInfo = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({
      issuer: certificate.issuer,
      serialNumber: certificate.serialNumber,
    }),
    digestAlgorithm,
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: signatureAlgorithm(signer.key.algorithm),
    signature: octetString(signature),
  });
  const encapContentInfo = new pkijs.EncapsulatedContentInfo({ eContentType: input.eContentType });
  // Given to the constructor it would be cut into pieces, which is not DER.
  if (!input.isDetached) encapContentInfo.eContent = octetString(input.content);
  const signedData = new pkijs.SignedData({
    version: 3,
    digestAlgorithms: [digestAlgorithm],
    encapContentInfo,
    ...(input.includesCertificate && { certificates: [certificate] }),
    signerInfos: [signerInfo],
  });
  const contentInfo = new pkijs.ContentInfo({ contentType: ID_SIGNED_DATA, content: signedData.toSchema() });
  return der(contentInfo.toSchema());
}

/** Encodes one ASN.1 value. */
export function der(value: { toBER(): ArrayBuffer }): Uint8Array {
  return new Uint8Array(value.toBER());
}

/** An OCTET STRING of a copy of the bytes. */
export function octetString(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });
}

/** RSA has NULL as parameters, ECDSA none. @see RFC 5754, 3.2 and RFC 5758, 3.2 */
function signatureAlgorithm(algorithm: KeyAlgorithm): pkijs.AlgorithmIdentifier {
  const algorithmId = SIGNATURE_ALGORITHMS[algorithm];
  return algorithm.startsWith('RSA')
    ? new pkijs.AlgorithmIdentifier({ algorithmId, algorithmParams: new asn1js.Null() })
    : new pkijs.AlgorithmIdentifier({ algorithmId });
}

/** DER wants the members of a SET OF in the order of their encodings. */
function sortedAttributes(attributes: readonly (readonly [string, Uint8Array])[]): pkijs.Attribute[] {
  return attributes
    .map(([type, value]) => new pkijs.Attribute({ type, values: [asn1js.fromBER(value).result] }))
    .map((attribute) => ({ attribute, encoded: der(attribute.toSchema()) }))
    .sort((a, b) => Buffer.compare(a.encoded, b.encoded))
    .map(({ attribute }) => attribute);
}
