/** What most cards have as they leave the factory. Whoever gets one wipes it. */
import type { ManagementKeyAlgorithm } from '../../domain/slot.ts';
import { RefusedError } from '../refused.ts';

/** 24 bytes, used with 3DES or (YubiKey 5.7 and later) AES-192. */
const FACTORY_MANAGEMENT_KEY = '010203040506070801020304050607080102030405060708';
const FACTORY_PUK = '12345678';

/** @throws RefusedError `RP-21-no-management-key` for an algorithm that no factory is known to use */
export function factoryManagementKey(algorithm: ManagementKeyAlgorithm): Uint8Array {
  if (algorithm === '3DES' || algorithm === 'AES-192') {
    return new Uint8Array(Buffer.from(FACTORY_MANAGEMENT_KEY, 'hex'));
  }
  const why = `authenticate card: no factory key for ${algorithm}`;
  throw new RefusedError(409, 'RP-21-no-management-key', why);
}

/** Eight ASCII digits. */
export function factoryPuk(): Uint8Array {
  return new TextEncoder().encode(FACTORY_PUK);
}
