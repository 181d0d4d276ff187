/** Facial image and fingerprints: one signed CBEFF record in BC. @see NIST SP 800-76-2, 9; SP 800-73-4 part 1, 3.2.1 */
import { concat, type Tlv } from '../tlv.ts';
import { buildCbeffHeader, CBEFF_HEADER_LENGTH, type CbeffHeader, parseCbeffHeader } from './cbeff-header.ts';
import { buildFields, END_FIELD, ObjectFormatError, parseFields, requiredField } from './fields.ts';

export interface Biometric {
  readonly header: CbeffHeader;
  /** The biometric data block: `parseFacialRecord` reads that of a face. */
  readonly record: Uint8Array;
  /** CMS of the content signer, DER. */
  readonly signature: Uint8Array;
  readonly fields?: readonly Tlv[];
}

const NAME = 'biometric object';
const TAG_CBEFF = 0xbc;

/** @throws ObjectFormatError also when the lengths in the header are not those of what follows */
export function parseBiometric(content: Uint8Array): Biometric {
  const fields = parseFields(NAME, content);
  const cbeff = requiredField(NAME, 'CBEFF structure', fields, TAG_CBEFF);
  const { recordLength, signatureLength, ...header } = parseCbeffHeader(cbeff);
  const end = CBEFF_HEADER_LENGTH + recordLength;
  if (end + signatureLength !== cbeff.length) {
    throw new ObjectFormatError(NAME, 'its header announces another length');
  }
  return { header, record: cbeff.subarray(CBEFF_HEADER_LENGTH, end), signature: cbeff.subarray(end), fields };
}

export function buildBiometric({ header, record, signature, fields }: Biometric): Uint8Array {
  const cbeff = concat(signedBiometricContent(header, record, signature.length), signature);
  return buildFields([[TAG_CBEFF, cbeff], END_FIELD], fields);
}

/**
 * The bytes that the signature covers: header and record. The header holds the signature's length, so that has to be
 * known: sign once to learn it (an RSA signer's is always the same), then sign for good.
 */
export function signedBiometricContent(
  header: CbeffHeader,
  record: Uint8Array,
  signatureLength: number,
): Uint8Array {
  return concat(buildCbeffHeader(header, record.length, signatureLength), record);
}
