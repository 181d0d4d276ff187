/** What central does with keys in a token. */
import { randomBytes } from 'node:crypto';
import pkcs11 from 'pkcs11js';
import { asTokenError } from './pkcs11-failure.ts';
import { findKey } from './pkcs11-objects.ts';
import type { Pkcs11Session } from './pkcs11-session.ts';
import { TokenError } from './token-error.ts';

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
/** r ‖ s of the longest curve. */
const MAX_SIGNATURE = 132;

/** ECDSA. @returns r ‖ s @throws TokenError, Pkcs11Error */
export function signInToken(session: Pkcs11Session, key: pkcs11.Handle, digest: Uint8Array): Uint8Array {
  const { binding, handle } = session;
  binding.C_SignInit(handle, { mechanism: pkcs11.CKM_ECDSA }, key);
  return binding.C_Sign(handle, Buffer.from(digest), Buffer.alloc(MAX_SIGNATURE));
}

/** AES-256-GCM. @returns nonce ‖ ciphertext ‖ tag @throws TokenError, Pkcs11Error */
export function sealInToken(
  { binding, handle }: Pkcs11Session,
  key: pkcs11.Handle,
  content: Uint8Array,
  associated: Uint8Array,
): Uint8Array {
  const nonce = randomBytes(NONCE_LENGTH);
  binding.C_EncryptInit(handle, gcm(nonce, associated), key);
  const room = Buffer.alloc(content.length + TAG_LENGTH);
  const encrypted = binding.C_Encrypt(handle, viewOf(content), room);
  if (encrypted.length !== room.length)
    throw new TokenError('refused', 'its AES-GCM gives no tag of 16 bytes; central needs one');
  return Buffer.concat([nonce, encrypted]);
}

/**
 * @param sealed as `sealInToken` gives it
 * @returns whoever gets it wipes it
 * @throws TokenError `notOpened`; Pkcs11Error
 */
export function openInToken(
  session: Pkcs11Session,
  id: string,
  sealed: Uint8Array,
  associated: Uint8Array,
): Uint8Array {
  const { binding, handle } = session;
  const key = findKey(session, id);
  const notOpened = new TokenError('notOpened', `key ${id} does not open it`);
  if (sealed.length < NONCE_LENGTH + TAG_LENGTH) throw notOpened;
  const nonce = viewOf(sealed.subarray(0, NONCE_LENGTH));
  binding.C_DecryptInit(handle, gcm(nonce, associated), key);
  const room = Buffer.alloc(sealed.length);
  try {
    const opened = binding.C_Decrypt(handle, viewOf(sealed.subarray(NONCE_LENGTH)), room);
    return Uint8Array.from(opened);
  } catch (error) {
    // Tokens do not agree on what they say of a wrong tag: where the key still works, it was that.
    if (works(session, key)) throw notOpened;
    throw asTokenError(error);
  } finally {
    room.fill(0);
  }
}

function works(session: Pkcs11Session, key: pkcs11.Handle): boolean {
  try {
    return sealInToken(session, key, new Uint8Array(1), new Uint8Array(1)).length > 0;
  } catch {
    return false;
  }
}

/** With the length of the nonce in bits too, as the header of version 2.40 has it. */
function gcm(iv: Buffer, associated: Uint8Array): pkcs11.Mechanism {
  const lengths = { ivBits: 8 * NONCE_LENGTH, tagBits: 8 * TAG_LENGTH };
  const parameter = { type: pkcs11.CK_PARAMS_AES_GCM_v240, iv, aad: viewOf(associated), ...lengths };
  return { mechanism: pkcs11.CKM_AES_GCM, parameter };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
