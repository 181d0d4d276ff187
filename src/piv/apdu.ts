/** Command APDUs and the instructions that PIV and its vendors use. @see ISO/IEC 7816-4, 5.1; NIST SP 800-73-4 part 2, 3 */

export const INS_VERIFY = 0x20;
export const INS_CHANGE_REFERENCE_DATA = 0x24;
export const INS_RESET_RETRY_COUNTER = 0x2c;
export const INS_GENERATE_ASYMMETRIC_KEY_PAIR = 0x47;
export const INS_GENERAL_AUTHENTICATE = 0x87;
export const INS_SELECT = 0xa4;
export const INS_GET_RESPONSE = 0xc0;
/** GET DATA of GlobalPlatform, with the tag in P1-P2. */
export const INS_GET_DATA_SIMPLE = 0xca;
export const INS_GET_DATA = 0xcb;
export const INS_PUT_DATA = 0xdb;
/** Vendor: move or delete a key. */
export const INS_MOVE_KEY = 0xf6;
/** Vendor: metadata of a key, PIN or PUK. */
export const INS_GET_METADATA = 0xf7;
export const INS_GET_SERIAL = 0xf8;
export const INS_ATTEST = 0xf9;
/** Vendor: set retries; resets PIN and PUK to the factory's. */
export const INS_SET_PIN_RETRIES = 0xfa;
/** Vendor: erase everything; only while PIN and PUK are blocked. */
export const INS_RESET = 0xfb;
export const INS_IMPORT_KEY = 0xfe;
export const INS_SET_MANAGEMENT_KEY = 0xff;

/** Le that asks for as much as there is, where the card takes extended length. */
export const LE_MAX = 0x10000;
/** Data bytes of one short command. */
const MAX_SHORT_DATA = 0xff;
const MAX_SHORT_LE = 0x100;
const CLA_CHAINING = 0x10;

const WRITE_INSTRUCTIONS: ReadonlySet<number> = new Set([
  INS_CHANGE_REFERENCE_DATA,
  INS_RESET_RETRY_COUNTER,
  INS_GENERATE_ASYMMETRIC_KEY_PAIR,
  INS_PUT_DATA,
  INS_MOVE_KEY,
  INS_SET_PIN_RETRIES,
  INS_RESET,
  INS_IMPORT_KEY,
  INS_SET_MANAGEMENT_KEY,
]);

/** One command, before it is known how it travels (short, extended or in a chain). */
export interface CommandApdu {
  /** 00 when absent. */
  readonly cla?: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  /** Bytes expected, 1 to 65536; absent when no answer but the status word is. */
  readonly le?: number;
  /** The data hold a secret: the encoded command is wiped once it is answered. */
  readonly isSecret?: boolean;
  /** The answer holds a secret: the parts in which it came are wiped. */
  readonly isAnswerSecret?: boolean;
}

/** Whether a command has to travel in extended form to go in one piece, answer included. */
export function isLong(command: CommandApdu): boolean {
  return (command.data?.length ?? 0) > MAX_SHORT_DATA || (command.le ?? 0) > MAX_SHORT_LE;
}

/** Encodes with one-byte lengths; an Le above 256 asks for 256. Data of more than 255 bytes does not fit. */
export function encodeShort(command: CommandApdu): Uint8Array {
  const data = command.data ?? new Uint8Array();
  if (data.length > MAX_SHORT_DATA) throw new RangeError(`encode APDU: ${data.length} bytes in short form`);
  const lc = data.length > 0 ? [data.length] : [];
  const le = command.le === undefined ? [] : [Math.min(command.le, MAX_SHORT_LE) & 0xff];
  return Uint8Array.of(...header(command), ...lc, ...data, ...le);
}

/** Encodes with three-byte lengths: up to 65535 bytes there, 65536 back. */
export function encodeExtended(command: CommandApdu): Uint8Array {
  const data = command.data ?? new Uint8Array();
  if (data.length > 0xffff) throw new RangeError(`encode APDU: ${data.length} bytes in extended form`);
  const lc = data.length > 0 ? [0, data.length >>> 8, data.length & 0xff] : [];
  const marker = data.length > 0 ? [] : [0];
  const le = command.le === undefined ? [] : [...marker, (command.le >>> 8) & 0xff, command.le & 0xff];
  const encoded = new Uint8Array(4 + lc.length + data.length + le.length);
  encoded.set([...header(command), ...lc]);
  encoded.set(data, 4 + lc.length);
  encoded.set(le, encoded.length - le.length);
  return encoded;
}

/**
 * Cuts a command into short ones that a card puts together again: all but the last with the chaining bit and no Le.
 * @see ISO/IEC 7816-4, 5.1.1.1
 */
export function chain(command: CommandApdu): CommandApdu[] {
  const data = command.data ?? new Uint8Array();
  const blocks: CommandApdu[] = [];
  let at = 0;
  for (; data.length - at > MAX_SHORT_DATA; at += MAX_SHORT_DATA) {
    const { ins, p1, p2 } = command;
    const cla = (command.cla ?? 0) | CLA_CHAINING;
    blocks.push({ cla, ins, p1, p2, data: data.subarray(at, at + MAX_SHORT_DATA) });
  }
  return [...blocks, { ...command, data: data.subarray(at) }];
}

/** Whether an encoded command may change a card, by its instruction, in a chain or not (VERIFY and 87 do not). */
export function isWriteCommand(command: Uint8Array): boolean {
  const ins = command[1];
  return ins !== undefined && WRITE_INSTRUCTIONS.has(ins);
}

function header(command: CommandApdu): number[] {
  return [command.cla ?? 0, command.ins, command.p1, command.p2];
}
