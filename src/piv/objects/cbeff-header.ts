/** The CBEFF header before a biometric record: 88 bytes, big-endian. @see NIST SP 800-76-2, table 14 */
import { FASC_N_LENGTH } from './fasc-n.ts';
import { decodeText, encodeText, ObjectFormatError } from './fields.ts';

export interface CbeffHeader {
  /** 03. */
  readonly patronVersion: number;
  /** 0D: signed, not encrypted. */
  readonly securityOptions: number;
  /** 001B: INCITS M1. */
  readonly formatOwner: number;
  /** 0501 facial image, 0201 finger minutiae. */
  readonly formatType: number;
  /** ISO 8601 UTC to the second, as the two after it. */
  readonly createdAt: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** 2 face, 8 fingerprint. */
  readonly biometricType: number;
  /** 20 raw, 80 processed. */
  readonly dataType: number;
  /** -2 to 100. */
  readonly quality: number;
  /** Up to 17 characters. */
  readonly creator: string;
  readonly fascN: Uint8Array;
}

/** A header with what it says of the lengths behind it. */
export interface ParsedCbeffHeader extends CbeffHeader {
  readonly recordLength: number;
  readonly signatureLength: number;
}

export const CBEFF_HEADER_LENGTH = 88;
const NAME = 'biometric header';
const CREATOR = { at: 41, length: 18 } as const;
const FASC_N_AT = 59;
const ZULU = 0x5a;

/** Reads the first 88 bytes. @throws ObjectFormatError */
export function parseCbeffHeader(bytes: Uint8Array): ParsedCbeffHeader {
  if (bytes.length < CBEFF_HEADER_LENGTH) throw new ObjectFormatError(NAME, `it has ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, CBEFF_HEADER_LENGTH);
  const creator = decodeText(NAME, 'creator', bytes.subarray(CREATOR.at, CREATOR.at + CREATOR.length));
  return {
    patronVersion: view.getUint8(0),
    securityOptions: view.getUint8(1),
    recordLength: view.getUint32(2),
    signatureLength: view.getUint16(6),
    formatOwner: view.getUint16(8),
    formatType: view.getUint16(10),
    createdAt: readInstant(bytes.subarray(12, 20)),
    validFrom: readInstant(bytes.subarray(20, 28)),
    validTo: readInstant(bytes.subarray(28, 36)),
    biometricType: view.getUint16(36) * 256 + view.getUint8(38),
    dataType: view.getUint8(39),
    quality: view.getInt8(40),
    creator: creator.replace(/\0.*$/s, ''),
    fascN: bytes.slice(FASC_N_AT, FASC_N_AT + FASC_N_LENGTH),
  };
}

/** Writes the 88 bytes. @throws ObjectFormatError when an instant or a length does not fit */
export function buildCbeffHeader(
  header: CbeffHeader,
  recordLength: number,
  signatureLength: number,
): Uint8Array {
  const creator = encodeText(header.creator);
  if (creator.length >= CREATOR.length)
    throw new ObjectFormatError(NAME, 'its creator is longer than 17 bytes');
  if (header.fascN.length !== FASC_N_LENGTH) throw new ObjectFormatError(NAME, 'its FASC-N has not 25 bytes');
  if (signatureLength > 0xffff) throw new ObjectFormatError(NAME, 'the signature is too long');
  const bytes = new Uint8Array(CBEFF_HEADER_LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, header.patronVersion);
  view.setUint8(1, header.securityOptions);
  view.setUint32(2, recordLength);
  view.setUint16(6, signatureLength);
  view.setUint16(8, header.formatOwner);
  view.setUint16(10, header.formatType);
  bytes.set(writeInstant(header.createdAt), 12);
  bytes.set(writeInstant(header.validFrom), 20);
  bytes.set(writeInstant(header.validTo), 28);
  view.setUint16(36, header.biometricType >>> 8);
  view.setUint8(38, header.biometricType & 0xff);
  view.setUint8(39, header.dataType);
  view.setInt8(40, header.quality);
  bytes.set(creator, CREATOR.at);
  bytes.set(header.fascN, FASC_N_AT);
  return bytes;
}

/** Century, year, month, day, hour, minute, second, each a byte, and `Z`. */
function readInstant(bytes: Uint8Array): string {
  const [century, ...rest] = [...bytes.subarray(0, 7)].map((byte) => String(byte).padStart(2, '0'));
  const [year, month, day, hour, minute, second] = rest;
  const instant = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (bytes[7] !== ZULU || !isInstant(instant)) throw new ObjectFormatError(NAME, 'an instant is not one');
  return instant;
}

function writeInstant(instant: string): Uint8Array {
  const toTheSecond = instant.replace(/\.\d+Z$/, 'Z');
  if (!isInstant(toTheSecond)) throw new ObjectFormatError(NAME, 'an instant is not one');
  const digits = toTheSecond.replaceAll(/\D/g, '').match(/../g)!;
  return Uint8Array.of(...digits.map(Number), ZULU);
}

function isInstant(instant: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(instant) ? Date.parse(instant) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(instant.slice(0, 19));
}
