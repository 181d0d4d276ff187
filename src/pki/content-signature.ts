import { AsnConvert } from '@peculiar/asn1-schema';
import * as asn1js from 'asn1js';
import { decodeCertificate } from './certificate.ts';
import { type CmsSigner, der, octetString, signData } from './cms-signing.ts';
import { CmsError, verifySignedData } from './cms-verification.ts';

/** Signatures over what is on a card besides its keys. @see NIST SP 800-73-4 part 1, 3.1; SP 800-76-2, 9.3 */

const ID_PIV_CHUID_SECURITY_OBJECT = '2.16.840.1.101.3.6.1';
const ID_PIV_BIOMETRIC_OBJECT = '2.16.840.1.101.3.6.2';
const ID_PIV_SIGNER_DN = '2.16.840.1.101.3.6.5';
const ID_PIV_FASC_N = '2.16.840.1.101.3.6.6';
const ID_ENTRY_UUID = '1.3.6.1.1.16.4';
/** id-PIV-content-signing, and its counterpart of PIV-I. */
const CONTENT_SIGNING_PURPOSES = ['2.16.840.1.101.3.6.7', '2.16.840.1.101.3.8.7'];

/**
 * Signs a CHUID. The certificate is inside, for the other signatures as well.
 * @param signedFields the CHUID without its field 3E; FE 00 is part of it
 * @returns the value of field 3E
 */
export function signChuid(signedFields: Uint8Array, signer: CmsSigner): Promise<Uint8Array> {
  return signData(
    {
      eContentType: ID_PIV_CHUID_SECURITY_OBJECT,
      content: signedFields,
      isDetached: true,
      includesCertificate: true,
      attributes: [[ID_PIV_SIGNER_DN, subjectDn(signer.certificate)]],
    },
    signer,
  );
}

/**
 * Checks the signature of a CHUID and that its signer may sign card content; not the signer's chain (`verifyChain`).
 * @param signature value of field 3E
 * @returns the signer's certificate, DER
 * @throws CmsError; MalformedCertificateError
 */
export function verifyChuidSignature(signedFields: Uint8Array, signature: Uint8Array): Uint8Array {
  const { signerCertificate } = verifySignedData(signature, {
    eContentTypes: [ID_PIV_CHUID_SECURITY_OBJECT],
    detached: signedFields,
    signerCertificate: null,
  });
  checkContentSigner(signerCertificate);
  return signerCertificate;
}

/**
 * Signs a biometric record. The certificate is left out: it is the CHUID's.
 * @param record CBEFF header and biometric data block
 * @param fascN 25 bytes
 * @param guid lower-case UUID
 * @returns the CBEFF signature block
 */
export function signBiometric(
  record: Uint8Array,
  fascN: Uint8Array,
  guid: string,
  signer: CmsSigner,
): Promise<Uint8Array> {
  return signData(
    {
      eContentType: ID_PIV_BIOMETRIC_OBJECT,
      content: record,
      isDetached: true,
      includesCertificate: false,
      attributes: [
        [ID_PIV_SIGNER_DN, subjectDn(signer.certificate)],
        [ID_PIV_FASC_N, der(octetString(fascN))],
        [ID_ENTRY_UUID, der(octetString(uuidBytes(guid)))],
      ],
    },
    signer,
  );
}

/** A biometric as it is on a card, and which card that is. */
export interface SignedBiometric {
  readonly record: Uint8Array;
  readonly signature: Uint8Array;
  /** 25 bytes. */
  readonly fascN: Uint8Array;
  /** Lower-case UUID. */
  readonly guid: string;
}

/**
 * Checks the signature of a biometric record, and that it is of this card.
 * @param signerCertificate the CHUID's, DER
 * @throws CmsError; MalformedCertificateError
 */
export function verifyBiometricSignature(biometric: SignedBiometric, signerCertificate: Uint8Array): void {
  const { attributes, signerCertificate: signer } = verifySignedData(biometric.signature, {
    eContentTypes: [ID_PIV_BIOMETRIC_OBJECT],
    detached: biometric.record,
    signerCertificate,
  });
  checkContentSigner(signer);
  const fascN = attributes.get(ID_PIV_FASC_N);
  if (!fascN || !Buffer.from(fascN).equals(der(octetString(biometric.fascN))))
    throw new CmsError('verify biometric: it is of a card with another FASC-N');
  const uuid = attributes.get(ID_ENTRY_UUID);
  if (!uuid || !Buffer.from(uuid).equals(der(octetString(uuidBytes(biometric.guid)))))
    throw new CmsError('verify biometric: it is of a card with another GUID');
}

/** @throws CmsError when the certificate is not for signing card content */
export function checkContentSigner(certificate: Uint8Array): void {
  const { extensions = [] } = decodeCertificate(certificate).tbsCertificate;
  const value = extensions.find(({ extnID }) => extnID === '2.5.29.37')?.extnValue;
  const purposes = value ? asn1js.fromBER(value.buffer).result : null;
  const isForContent =
    purposes instanceof asn1js.Sequence &&
    purposes.valueBlock.value.some(
      (purpose) =>
        purpose instanceof asn1js.ObjectIdentifier && CONTENT_SIGNING_PURPOSES.includes(purpose.getValue()),
    );
  if (!isForContent) throw new CmsError('verify card content: its signer may not sign card content');
}

function subjectDn(certificate: Uint8Array): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(decodeCertificate(certificate).tbsCertificate.subject));
}

function uuidBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
