/** A command as it came in, taken apart. */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** How many bytes the answer may have at most. */
  readonly le: number;
  readonly isExtended: boolean;
}

/**
 * Takes a command apart: cases 1 to 4, short and extended. An absent Le counts as 256.
 * @returns undefined when the lengths do not fit (the card answers 6700)
 * @see ISO/IEC 7816-4, 5.2
 */
export function parseCommandApdu(bytes: Uint8Array): CommandApdu | undefined {
  const [cla, ins, p1, p2] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const body = bytes.subarray(4);
  const lengths = body.length > 2 && body[0] === 0 ? extendedBody(body) : shortBody(body);
  return lengths && { cla, ins, p1, p2, ...lengths };
}

type Body = Pick<CommandApdu, 'data' | 'le' | 'isExtended'>;
const NOTHING = new Uint8Array(0);

function shortBody(body: Uint8Array): Body | undefined {
  const [first] = body;
  if (first === undefined) return { data: NOTHING, le: 256, isExtended: false };
  if (body.length === 1) return { data: NOTHING, le: first || 256, isExtended: false };
  const data = body.subarray(1, 1 + first);
  const rest = body.subarray(1 + first);
  if (data.length !== first || rest.length > 1) return undefined;
  return { data, le: rest[0] || 256, isExtended: false };
}

function extendedBody(body: Uint8Array): Body | undefined {
  const length = (body[1]! << 8) | body[2]!;
  if (body.length === 3) return { data: NOTHING, le: length || 65_536, isExtended: true };
  const data = body.subarray(3, 3 + length);
  const rest = body.subarray(3 + length);
  if (length === 0 || data.length !== length) return undefined;
  if (rest.length === 0) return { data, le: 256, isExtended: true };
  if (rest.length !== 2) return undefined;
  return { data, le: (rest[0]! << 8) | rest[1]! || 65_536, isExtended: true };
}
