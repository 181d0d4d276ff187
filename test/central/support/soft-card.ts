/** A card's keys and secrets in software, without APDUs: what central sees of a card. */
import {
  constants,
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  sign,
} from 'node:crypto';
import type { Slot } from '../../../src/domain/slot.ts';
import { spkiOf } from '../../../src/pki/public-key.ts';
import type { KeyChallenge } from '../../../src/protocol/operation.ts';

/** SubjectPublicKeyInfo of P-256 up to the point. */
const P256_SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

export class SoftCard {
  readonly keys = new Map<Slot, KeyObject>();
  managementKey: Uint8Array = Buffer.from('010203040506070801020304050607080102030405060708', 'hex');
  puk = '12345678';
  #witness: Uint8Array = new Uint8Array();

  /** A new P-256 key. @returns SubjectPublicKeyInfo */
  generate(slot: Slot): Uint8Array {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.keys.set(slot, privateKey);
    return spkiOf(privateKey);
  }

  /** @param pkcs8 any key */
  put(slot: Slot, pkcs8: Uint8Array): void {
    this.keys.set(slot, createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }));
  }

  /** @param publicKey SubjectPublicKeyInfo */
  holds(slot: Slot, publicKey: Uint8Array): boolean {
    return this.keys.has(slot) && Buffer.compare(this.publicKey(slot), publicKey) === 0;
  }

  move(from: Slot, to: Slot): void {
    this.keys.set(to, this.keys.get(from)!);
    this.keys.delete(from);
  }

  publicKey(slot: Slot): Uint8Array {
    return spkiOf(this.keys.get(slot)!);
  }

  sign(slot: Slot, message: Uint8Array): Uint8Array {
    return new Uint8Array(sign('sha256', message, this.keys.get(slot)!));
  }

  /** SHA-256 of the shared secret. */
  agree(slot: Slot, challenge: KeyChallenge): Uint8Array {
    const key = Buffer.concat([P256_SPKI_HEAD, challenge.value]);
    const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
    const shared = diffieHellman({ privateKey: this.keys.get(slot)!, publicKey });
    return new Uint8Array(createHash('sha256').update(shared).digest());
  }

  /** What the key in a slot answers to a challenge, as its kind is. */
  answer(slot: Slot, challenge: KeyChallenge): Uint8Array {
    if (challenge.kind === 'agree') return this.agree(slot, challenge);
    const key = { key: this.keys.get(slot)!, padding: constants.RSA_PKCS1_PADDING };
    return new Uint8Array(privateDecrypt(key, challenge.value));
  }

  /** AES-192 only. */
  witness(): Uint8Array {
    this.#witness = randomBytes(16);
    const cipher = createCipheriv('aes-192-ecb', this.managementKey, null).setAutoPadding(false);
    return new Uint8Array(cipher.update(this.#witness));
  }

  /** What the card answers to the challenge; null when the witness was decrypted wrongly. */
  respond(decryptedWitness: Uint8Array, challenge: Uint8Array): Uint8Array | null {
    if (Buffer.compare(decryptedWitness, this.#witness) !== 0) return null;
    const cipher = createCipheriv('aes-192-ecb', this.managementKey, null).setAutoPadding(false);
    return new Uint8Array(cipher.update(challenge));
  }
}
