/** What the password of a soft certificate must be like (KR-08). A profile names it; the kiosk ticks it off as it is typed. */
export interface PasswordPolicy {
  /** In characters. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Of the four kinds small letters, capitals, digits and all others, so many are there: 1–4. From 2 on, digits alone do not do. */
  readonly minKinds: number;
  /** So many characters that differ from each other. */
  readonly minDifferent: number;
}

/** No policy asks for more, or takes fewer. What is typed lives in buffers of this many characters. */
export const PASSWORD_LENGTHS = { least: 8, most: 128 } as const;

/** Of profiles that do not say. */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minLength: 12,
  maxLength: PASSWORD_LENGTHS.most,
  minKinds: 2,
  minDifferent: 5,
};

export const PASSWORD_RULES = ['length', 'kinds', 'different'] as const;

/** One line of the policy and whether what is typed so far satisfies it. */
export type PasswordVerdict = { readonly satisfied: boolean } & (
  | { readonly rule: 'length'; readonly minLength: number; readonly maxLength: number }
  | { readonly rule: 'kinds'; readonly minKinds: number }
  | { readonly rule: 'different'; readonly minDifferent: number }
);

/**
 * Judges a password rule by rule, in the order of PASSWORD_RULES.
 * @param password UTF-8; never kept
 */
export function judgePassword(policy: PasswordPolicy, password: Uint8Array): readonly PasswordVerdict[] {
  const { minLength, maxLength, minKinds, minDifferent } = policy;
  const characters = charactersOf(password);
  const { length } = characters;
  const different = differentOnes(characters);
  characters.fill(0);
  return [
    { rule: 'length', satisfied: length >= minLength && length <= maxLength, minLength, maxLength },
    { rule: 'kinds', satisfied: kindsIn(password) >= minKinds, minKinds },
    { rule: 'different', satisfied: different >= minDifferent, minDifferent },
  ];
}

/** Whether every rule is satisfied. */
export function isGoodPassword(policy: PasswordPolicy, password: Uint8Array): boolean {
  return judgePassword(policy, password).every(({ satisfied }) => satisfied);
}

/** A byte that goes on with a character of UTF-8. */
const isContinuation = (byte: number) => byte >> 6 === 2;

/** The bytes of each character as one number: not its code point, but as good for counting. */
function charactersOf(utf8: Uint8Array): Uint32Array {
  const characters = new Uint32Array(utf8.reduce((count, byte) => count + (isContinuation(byte) ? 0 : 1), 0));
  let at = -1;
  for (const byte of utf8) {
    if (!isContinuation(byte)) at += 1;
    if (at >= 0) characters[at] = ((characters[at]! << 8) | byte) >>> 0;
  }
  return characters;
}

function differentOnes(characters: Uint32Array): number {
  let different = 0;
  for (const [at, character] of characters.entries())
    if (characters.indexOf(character) === at) different += 1;
  return different;
}

function kindsIn(utf8: Uint8Array): number {
  const between = (first: number, last: number) => utf8.some((byte) => byte >= first && byte <= last);
  const small = between(0x61, 0x7a);
  const capital = between(0x41, 0x5a);
  const digit = between(0x30, 0x39);
  const other = between(0x20, 0x2f) || between(0x3a, 0x40) || between(0x5b, 0x60) || between(0x7b, 0xff);
  return [small, capital, digit, other].filter(Boolean).length;
}
