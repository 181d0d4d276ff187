/** A certificate as a data object. @see NIST SP 800-73-4 part 1, 3.1.3, table 10 and appendix A */
import { gzipSync, unzipSync } from 'node:zlib';
import { buildFields, END_FIELD, ObjectFormatError, parseFields, requiredField } from './fields.ts';

const NAME = 'certificate';
const TAG_CERTIFICATE = 0x70;
const TAG_CERT_INFO = 0x71;
/** Lowest bit of CertInfo: the certificate is compressed. */
const COMPRESSED = 0x01;
const MAX_CERTIFICATE_LENGTH = 0x10000;

/** The certificate in the object, DER, decompressed if need be; not looked into. @throws ObjectFormatError */
export function parseCertificateObject(content: Uint8Array): Uint8Array {
  const fields = parseFields(NAME, content);
  const stored = requiredField(NAME, 'certificate', fields, TAG_CERTIFICATE);
  const info = fields.find((field) => field.tag === TAG_CERT_INFO)?.value[0] ?? 0;
  const certificate = (info & COMPRESSED) === 0 ? stored : decompress(stored);
  if (certificate.length === 0) throw new ObjectFormatError(NAME, 'it is empty');
  return certificate;
}

/** @param isCompressed gzip, for a certificate that is longer than the card has room for */
export function buildCertificateObject(certificate: Uint8Array, isCompressed = false): Uint8Array {
  return buildFields([
    [TAG_CERTIFICATE, isCompressed ? gzipSync(certificate) : certificate],
    [TAG_CERT_INFO, Uint8Array.of(isCompressed ? COMPRESSED : 0)],
    END_FIELD,
  ]);
}

function decompress(stored: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(unzipSync(stored, { maxOutputLength: MAX_CERTIFICATE_LENGTH }));
  } catch (cause) {
    throw new ObjectFormatError(NAME, 'it cannot be decompressed', { cause });
  }
}
