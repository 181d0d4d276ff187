/** A facial image record around one JPEG. @see ISO/IEC 19794-5:2005 (INCITS 385), 5; NIST SP 800-76-2, 7 */
import { concat } from '../tlv.ts';
import type { CbeffHeader } from './cbeff-header.ts';
import { encodeText, ObjectFormatError } from './fields.ts';
import { readJpegSize } from './jpeg-size.ts';

const NAME = 'facial image record';
const FORMAT_AND_VERSION = encodeText('FAC\u0000010\u0000');
const RECORD_HEADER_LENGTH = 14;
const FACE_LENGTH = 20;
const IMAGE_LENGTH = 12;
const EXPRESSION_NEUTRAL = 1;
const IMAGE_TYPE_FULL_FRONTAL = 1;
const IMAGE_DATA_JPEG = 0;
const COLOR_SPACE_RGB24 = 1;
const SOURCE_DIGITAL_CAMERA = 2;

/** The CBEFF values of a facial image. @see NIST SP 800-76-2, table 14 */
export const FACIAL_IMAGE_FORMAT = {
  patronVersion: 0x03,
  securityOptions: 0x0d,
  formatOwner: 0x001b,
  formatType: 0x0501,
  biometricType: 0x000002,
  dataType: 0x20,
  quality: -2,
} as const satisfies Partial<CbeffHeader>;

/** One face, taken by a camera, as JPEG. @throws ObjectFormatError when it is not a JPEG */
export function buildFacialRecord(jpeg: Uint8Array): Uint8Array {
  const { width, height } = readJpegSize(jpeg);
  const blockLength = FACE_LENGTH + IMAGE_LENGTH + jpeg.length;
  const head = new Uint8Array(RECORD_HEADER_LENGTH + FACE_LENGTH + IMAGE_LENGTH);
  const view = new DataView(head.buffer);
  head.set(FORMAT_AND_VERSION);
  view.setUint32(8, RECORD_HEADER_LENGTH + blockLength);
  view.setUint16(12, 1);
  view.setUint32(14, blockLength);
  view.setUint16(26, EXPRESSION_NEUTRAL);
  view.setUint8(34, IMAGE_TYPE_FULL_FRONTAL);
  view.setUint8(35, IMAGE_DATA_JPEG);
  view.setUint16(36, width);
  view.setUint16(38, height);
  view.setUint8(40, COLOR_SPACE_RGB24);
  view.setUint8(41, SOURCE_DIGITAL_CAMERA);
  return concat(head, jpeg);
}

/** The image of the first face (JPEG or JPEG 2000). @throws ObjectFormatError */
export function parseFacialRecord(record: Uint8Array): Uint8Array {
  const isFacial = FORMAT_AND_VERSION.every((byte, index) => record[index] === byte);
  if (!isFacial || record.length < RECORD_HEADER_LENGTH + FACE_LENGTH) {
    throw new ObjectFormatError(NAME, 'it is not one');
  }
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const end = RECORD_HEADER_LENGTH + view.getUint32(14);
  const points = view.getUint16(18);
  const start = RECORD_HEADER_LENGTH + FACE_LENGTH + 8 * points + IMAGE_LENGTH;
  if (view.getUint32(8) !== record.length || end > record.length || start >= end) {
    throw new ObjectFormatError(NAME, 'its lengths do not fit');
  }
  return record.subarray(start, end);
}
