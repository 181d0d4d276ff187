import type { ManagementKeyAlgorithm } from '../../domain/slot.ts';
import { diversify } from '../../pki/key-derivation.ts';
import { isWeakTripleDesKey, withOddParity } from './triple-des-key.ts';

/** Bytes. */
export const MANAGEMENT_KEY_LENGTHS: Readonly<Record<ManagementKeyAlgorithm, number>> = {
  '3DES': 24,
  'AES-128': 16,
  'AES-192': 24,
  'AES-256': 32,
};
const PUK_LENGTH = 8;
const CHECK_VALUE_LENGTH = 8;
/** Of 64 bytes about one in fifty is thrown away; that fewer than eight are left does not happen. */
const PUK_POOL_LENGTH = 64;

/**
 * Makes the secrets of cards (SE-03). Version 0 is the card's factory value, or an imported one, and not made here.
 * Whoever gets a secret wipes it.
 */
export interface CardMasterKey {
  /** @param version from 1 @throws RangeError for a version that is not made here */
  deriveManagementKey(cardId: string, version: number, algorithm: ManagementKeyAlgorithm): Uint8Array;
  /** Eight ASCII digits. @param version from 1 @throws RangeError for a version that is not made here */
  derivePuk(cardId: string, version: number): Uint8Array;
  /** Eight bytes that tell this master key from others, and nothing else of it. */
  readonly checkValue: Uint8Array;
}

/** @param masterKey 32 bytes; kept, not copied */
export function cardMasterKey(masterKey: Uint8Array): CardMasterKey {
  return {
    checkValue: diversify(masterKey, 'recard check value', '', 1, CHECK_VALUE_LENGTH),
    deriveManagementKey(cardId, version, algorithm) {
      checkVersion(version);
      return algorithm === '3DES'
        ? tripleDesKey(masterKey, cardId, version)
        : diversify(masterKey, `recard 9B ${algorithm}`, cardId, version, MANAGEMENT_KEY_LENGTHS[algorithm]);
    },
    derivePuk(cardId, version) {
      checkVersion(version);
      const pool = diversify(masterKey, 'recard PUK', cardId, version, PUK_POOL_LENGTH);
      // 250 is the largest multiple of ten in a byte: what lies above would make small digits likelier.
      const puk = pool.filter((byte) => byte < 250).map((byte) => 0x30 + (byte % 10));
      pool.fill(0);
      const digits = puk.slice(0, PUK_LENGTH);
      puk.fill(0);
      if (digits.length < PUK_LENGTH) throw new RangeError('derive PUK: too few digits drawn');
      return digits;
    },
  };
}

/** Weak keys are refused by cards: the label counts on until there is another. */
function tripleDesKey(masterKey: Uint8Array, cardId: string, version: number): Uint8Array {
  for (let attempt = 0; ; attempt += 1) {
    const key = withOddParity(
      diversify(masterKey, `recard 9B 3DES ${attempt}`, cardId, version, MANAGEMENT_KEY_LENGTHS['3DES']),
    );
    if (!isWeakTripleDesKey(key)) return key;
  }
}

function checkVersion(version: number): void {
  if (!Number.isInteger(version) || version < 1 || version > 0xffffffff)
    throw new RangeError(`derive card secret: version ${version} is not one of central's`);
}
