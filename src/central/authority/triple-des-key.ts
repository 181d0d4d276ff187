/** Rules for three-key Triple-DES keys. @see NIST SP 800-67 rev 2, 3.4.2 */

/** Weak and semi-weak DES keys, in odd parity. */
const WEAK_KEYS: ReadonlySet<string> = new Set([
  '0101010101010101',
  'fefefefefefefefe',
  'e0e0e0e0f1f1f1f1',
  '1f1f1f1f0e0e0e0e',
  '011f011f010e010e',
  '1f011f010e010e01',
  '01e001e001f101f1',
  'e001e001f101f101',
  '01fe01fe01fe01fe',
  'fe01fe01fe01fe01',
  '1fe01fe00ef10ef1',
  'e01fe01ff10ef10e',
  '1ffe1ffe0efe0efe',
  'fe1ffe1ffe0efe0e',
  'e0fee0fef1fef1fe',
  'fee0fee0fef1fef1',
]);

/** 01 02 03 04 05 06 07 08 in odd parity: each third of the key that most cards leave the factory with. */
const FACTORY_THIRD = '0102020404070708';

/** Sets the lowest bit of each byte so that the number of ones is odd; in place. */
export function withOddParity(key: Uint8Array): Uint8Array {
  for (let i = 0; i < key.length; i += 1) {
    const upper = key[i]! & 0xfe;
    let ones = 0;
    for (let bits = upper; bits !== 0; bits >>>= 1) ones += bits & 1;
    key[i] = ones % 2 === 0 ? upper | 1 : upper;
  }
  return key;
}

/** Whether a third of the key is weak or two of its thirds are the same. @param key 24 bytes in odd parity */
export function isWeakTripleDesKey(key: Uint8Array): boolean {
  const thirds = thirdsOf(key);
  return new Set(thirds).size < thirds.length || hasWeakThird(thirds);
}

/**
 * Whether nobody would give a card this key. Two-key Triple-DES (first and last third alike) is in use, and so is the factory's.
 * @param key 24 bytes, parity as it comes
 */
export function isGuessableTripleDesKey(key: Uint8Array): boolean {
  const odd = withOddParity(Uint8Array.from(key));
  const thirds = thirdsOf(odd);
  odd.fill(0);
  const isFactorys = thirds.every((third) => third === FACTORY_THIRD);
  return hasWeakThird(thirds) || (!isFactorys && (thirds[0] === thirds[1] || thirds[1] === thirds[2]));
}

function thirdsOf(key: Uint8Array): string[] {
  return [0, 8, 16].map((at) => Buffer.from(key.subarray(at, at + 8)).toString('hex'));
}

function hasWeakThird(thirds: readonly string[]): boolean {
  return thirds.some((third) => WEAK_KEYS.has(third));
}
