import { MalformedAnswerError } from './status-word.ts';
import { parseTlvs, type Tlv, TlvError, unwrap } from './tlv.ts';

/**
 * The value of the one element that an answer is.
 * @throws MalformedAnswerError
 */
export function unwrapAnswer(intent: string, tag: number, answer: Uint8Array): Uint8Array {
  return orMalformed(intent, () => unwrap(tag, answer));
}

/**
 * The elements of an answer, each at least with its tag and length.
 * @throws MalformedAnswerError
 */
export function parseAnswer(intent: string, answer: Uint8Array): Tlv[] {
  return orMalformed(intent, () => parseTlvs(answer));
}

/**
 * The bytes under a tag, which must be there and have this length where one is given.
 * @throws MalformedAnswerError
 */
export function required(
  intent: string,
  name: string,
  value: Uint8Array | undefined,
  length?: number,
): Uint8Array {
  if (value === undefined) throw new MalformedAnswerError(intent, `it has no ${name}`);
  if (length !== undefined && value.length !== length) {
    throw new MalformedAnswerError(intent, `its ${name} has ${value.length} bytes instead of ${length}`);
  }
  return value;
}

function orMalformed<Value>(intent: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof TlvError)) throw cause;
    throw new MalformedAnswerError(intent, 'its structure is broken', { cause });
  }
}
