import {
  constants,
  createECDH,
  createHash,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  verify,
} from 'node:crypto';
import { isEncryptionSlot, type KeyAlgorithm, type Slot } from '../domain/slot.ts';
import { KEY_FACTS } from '../piv/algorithm.ts';
import { PaddingError } from '../piv/pkcs1.ts';
import {
  CommandRefusedError,
  MalformedAnswerError,
  PinBlockedError,
  WrongPinError,
} from '../piv/status-word.ts';
import { sameBytes } from './bytes.ts';
import type { Run } from './run.ts';

const ECDH_CURVES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1' } as const;

/**
 * Whether a slot holds the private key of this public key: by the card's metadata, else by having it used (for which the
 * PIN is verified). What a card shows is compared, not believed.
 * @param publicKey SubjectPublicKeyInfo
 */
export async function holdsKey(
  run: Run,
  slot: Slot,
  algorithm: KeyAlgorithm,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (run.capabilities.hasMetadata) return sameKey(await shownKey(run, slot), publicKey);
  return usesKey(run, slot, algorithm, publicKey);
}

/** The same by having the key used, whatever the card can show. @throws WrongPinError, PinBlockedError */
export async function usesKey(
  run: Run,
  slot: Slot,
  algorithm: KeyAlgorithm,
  publicKey: Uint8Array,
): Promise<boolean> {
  try {
    if (!isEncryptionSlot(slot)) return await signs(run, slot, algorithm, publicKey);
    return KEY_FACTS[algorithm].kind === 'RSA'
      ? await decrypts(run, slot, algorithm, publicKey)
      : await agrees(run, slot, algorithm, publicKey);
  } catch (error) {
    if (error instanceof PaddingError || error instanceof MalformedAnswerError) return false;
    if (!(error instanceof CommandRefusedError)) throw error;
    if (error instanceof WrongPinError || error instanceof PinBlockedError) throw error;
    return false;
  }
}

/** The public key that the card's metadata shows for a slot; null when it shows none. */
async function shownKey(run: Run, slot: Slot): Promise<Uint8Array | null> {
  const shown = run.shownKeys.has(slot) ? run.shownKeys.get(slot)! : await askForKey(run, slot);
  run.shownKeys.set(slot, shown);
  return shown;
}

async function askForKey(run: Run, slot: Slot): Promise<Uint8Array | null> {
  try {
    return (await run.session.metadata(slot))?.publicKey ?? null;
  } catch (error) {
    if (!(error instanceof CommandRefusedError)) throw error;
    return null;
  }
}

/** Whether both are there and equal. */
function sameKey(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a !== null && b !== null && sameBytes(a, b);
}

/** Whether this is the key's signature over the message, with the hash that goes with its algorithm. */
export function isSignature(
  publicKey: Uint8Array,
  algorithm: KeyAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const padding = constants.RSA_PKCS1_PADDING;
  return verify(KEY_FACTS[algorithm].hash, message, { key, padding, dsaEncoding: 'der' }, signature);
}

/** What an encryption key of an elliptic curve shows of a shared secret: its SHA-256. The secret is wiped. */
export function digestAndWipe(secret: Uint8Array): Uint8Array {
  const digest = new Uint8Array(createHash('sha256').update(secret).digest());
  secret.fill(0);
  return digest;
}

async function signs(run: Run, slot: Slot, algorithm: KeyAlgorithm, publicKey: Uint8Array) {
  const message = new Uint8Array(randomBytes(32));
  const signature = await run.usingKey(slot, () => run.session.sign(slot, algorithm, message));
  return isSignature(publicKey, algorithm, message, signature);
}

async function decrypts(run: Run, slot: Slot, algorithm: KeyAlgorithm, publicKey: Uint8Array) {
  const plaintext = new Uint8Array(randomBytes(32));
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const ciphertext = new Uint8Array(publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, plaintext));
  const decrypted = await run.usingKey(slot, () => run.session.decrypt(slot, algorithm, ciphertext));
  return sameBytes(decrypted, plaintext);
}

async function agrees(run: Run, slot: Slot, algorithm: KeyAlgorithm, publicKey: Uint8Array) {
  const ephemeral = createECDH(ECDH_CURVES[algorithm as keyof typeof ECDH_CURVES]);
  const point = new Uint8Array(ephemeral.generateKeys());
  const pointLength = 1 + 2 * KEY_FACTS[algorithm].size;
  const expected = ephemeral.computeSecret(publicKey.subarray(publicKey.length - pointLength));
  const shared = await run.usingKey(slot, () => run.session.agree(slot, algorithm, point));
  return sameBytes(digestAndWipe(shared), digestAndWipe(expected));
}
