import {
  judgePassword,
  PASSWORD_LENGTHS,
  type PasswordPolicy,
  type PasswordVerdict,
} from '../../domain/password-policy.ts';

/** The owner types it twice. */
export type PasswordField = 'new' | 'repeat';

/** What the flow is told of a password: never the password. */
export interface PasswordFacts {
  /** In characters. */
  readonly length: number;
  /** Of the field `new` only. */
  readonly verdicts: readonly PasswordVerdict[];
  /** What is repeated equals the new password. */
  readonly matches: boolean;
}

/** A character of UTF-8 has four bytes at most. */
const CAPACITY = PASSWORD_LENGTHS.most * 4;
const FIRST_PRINTABLE = 0x20;
const DELETE = 0x7f;

/**
 * The password of a soft certificate while it is typed: the only place it is in until the file is made. Each field lives in
 * one buffer that is overwritten when it is wiped, never in a string (SE-02).
 */
export class PasswordBuffers {
  readonly #bytes: Readonly<Record<PasswordField, Uint8Array>> = {
    new: new Uint8Array(CAPACITY),
    repeat: new Uint8Array(CAPACITY),
  };
  /** In bytes. */
  readonly #lengths: Record<PasswordField, number> = { new: 0, repeat: 0 };

  /** Adds a character. @returns false when it cannot be typed, or the buffer is full */
  push(field: PasswordField, codePoint: number): boolean {
    const isControl = codePoint < FIRST_PRINTABLE || (codePoint >= DELETE && codePoint < 0xa0);
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (!Number.isInteger(codePoint) || isControl || isSurrogate || codePoint > 0x10ffff) return false;
    if (this.#characters(field) === PASSWORD_LENGTHS.most) return false;
    for (const byte of utf8Bytes(codePoint)) {
      this.#bytes[field][this.#lengths[field]] = byte;
      this.#lengths[field] += 1;
    }
    return true;
  }

  /** Takes the last character back. @returns false when there is none */
  erase(field: PasswordField): boolean {
    const bytes = this.#bytes[field];
    let length = this.#lengths[field];
    if (length === 0) return false;
    do length -= 1;
    while (length > 0 && isContinuation(bytes[length]!));
    bytes.fill(0, length);
    this.#lengths[field] = length;
    return true;
  }

  wipe(fields: readonly PasswordField[] = ['new', 'repeat']): void {
    for (const field of fields) {
      this.#bytes[field].fill(0);
      this.#lengths[field] = 0;
    }
  }

  /** @param policy of the profile */
  facts(field: PasswordField, policy: PasswordPolicy): PasswordFacts {
    return {
      length: this.#characters(field),
      verdicts: field === 'new' ? judgePassword(policy, this.#view('new')) : [],
      matches: field === 'repeat' && this.#isRepeated(),
    };
  }

  /** Gives the password away, UTF-8 in a buffer of its own, and wipes everything here. The taker wipes that. */
  handOver(): Uint8Array {
    const password = this.#view('new').slice();
    this.wipe();
    return password;
  }

  /** Valid until the next change. */
  #view(field: PasswordField): Uint8Array {
    return this.#bytes[field].subarray(0, this.#lengths[field]);
  }

  #characters(field: PasswordField): number {
    return this.#view(field).reduce((count, byte) => count + (isContinuation(byte) ? 0 : 1), 0);
  }

  #isRepeated(): boolean {
    const [typed, wanted] = [this.#view('repeat'), this.#view('new')];
    return typed.length > 0 && typed.length === wanted.length && typed.every((byte, i) => byte === wanted[i]);
  }
}

function isContinuation(byte: number): boolean {
  return byte >> 6 === 2;
}

/** @see RFC 3629, 3 */
function utf8Bytes(codePoint: number): readonly number[] {
  const rest = (shift: number) => 0x80 | ((codePoint >> shift) & 0x3f);
  if (codePoint < 0x80) return [codePoint];
  if (codePoint < 0x800) return [0xc0 | (codePoint >> 6), rest(0)];
  if (codePoint < 0x10000) return [0xe0 | (codePoint >> 12), rest(6), rest(0)];
  return [0xf0 | (codePoint >> 18), rest(12), rest(6), rest(0)];
}
