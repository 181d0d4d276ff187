import type { CardCapabilities } from '../domain/capabilities.ts';
import type { KeyAlgorithm, ManagementKeyAlgorithm, Slot } from '../domain/slot.ts';
import { INS_RESET, INS_SELECT } from './apdu.ts';
import { readAttestation } from './attestation.ts';
import type { CardConnection } from './connection.ts';
import { readObject, writeObject } from './data-object.ts';
import { Exchange } from './exchange.ts';
import * as keyChange from './key-change.ts';
import * as keyUse from './key-use.ts';
import * as managementKey from './management-key.ts';
import { type KeyMetadata, type MetadataAnswer, type MetadataReference, readMetadata } from './metadata.ts';
import * as pin from './pin.ts';
import { presumeCapabilities, probeCapabilities } from './probe.ts';
import { readSerial } from './serial.ts';
import { NoPivApplicationError, SW_OK } from './status-word.ts';

/** AID of the PIV Card Application without its version. @see NIST SP 800-73-4 part 1, 2.2 */
const PIV_AID = Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00);

/**
 * The PIV application of one card, selected. Every method is one thing done to the card, and each may throw what the
 * connection throws (CardRemovedError, CardResetError, ReaderUnavailableError), CommandRefusedError with its
 * subclasses, and MalformedAnswerError. After a card reset a session is of no more use: select anew.
 */
export class PivSession {
  readonly #exchange: Exchange;
  #hasMetadata: boolean | null = null;
  #isPinUsable = false;
  #presumed: CardCapabilities | null = null;
  #capabilities: CardCapabilities | null = null;

  private constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** Selects the PIV application. @throws NoPivApplicationError when the card has none (RP-07) */
  static async select(connection: CardConnection): Promise<PivSession> {
    const exchange = new Exchange(connection);
    const { sw } = await exchange.send({ ins: INS_SELECT, p1: 0x04, p2: 0x00, data: PIV_AID, le: 256 });
    if (sw !== SW_OK) throw new NoPivApplicationError(sw, 'select PIV', 'the card has no PIV application');
    return new PivSession(exchange);
  }

  /** Chip serial in decimal, null where there is none. What is selected and authenticated stays so. */
  serial(): Promise<string | null> {
    return readSerial(this.#exchange);
  }

  /** Content of an object (without 53; of Discovery without 7E); null when it is absent or empty. */
  object(tag: number): Promise<Uint8Array | null> {
    return readObject(this.#exchange, tag);
  }

  /** Replaces an object; empty content deletes it. Read it back: 9000 does not say that it is whole. @throws CardFullError */
  putObject(tag: number, content: Uint8Array): Promise<void> {
    return writeObject(this.#exchange, tag, content);
  }

  /** Tries left for the PIN, 0 when blocked; null where a verified PIN hides them. Spends none. */
  async pinTriesLeft(): Promise<number | null> {
    const triesLeft = await pin.readPinTries(this.#exchange);
    this.#isPinUsable = triesLeft !== 0;
    return triesLeft ?? (await this.metadata('PIN'))?.triesLeft ?? null;
  }

  /** Tries left for the PUK; null on a card without metadata. */
  async pukTriesLeft(): Promise<number | null> {
    return (await this.metadata('PUK'))?.triesLeft ?? null;
  }

  /**
   * Verifies the PIN; never repeated by itself.
   * @param value 6–8 ASCII digits, unpadded; wiped by the caller
   * @throws WrongPinError with the tries left; PinBlockedError; PinFormatError before anything is sent
   * @see NIST SP 800-73-4 part 2, 3.2.1
   */
  async verifyPin(value: Uint8Array): Promise<void> {
    this.#isPinUsable = false;
    await pin.verifyPin(this.#exchange, value);
    this.#isPinUsable = true;
  }

  /** @throws WrongPinError (the old PIN), PinBlockedError, PinFormatError */
  async changePin(oldPin: Uint8Array, newPin: Uint8Array): Promise<void> {
    await pin.changePin(this.#exchange, oldPin, newPin);
  }

  /** @param oldPuk 6–8 bytes, unpadded. @throws WrongPinError (the old PUK), PinBlockedError, PinFormatError */
  async changePuk(oldPuk: Uint8Array, newPuk: Uint8Array): Promise<void> {
    await pin.changePuk(this.#exchange, oldPuk, newPuk);
  }

  /** Sets a new PIN by the PUK. @throws WrongPinError (the PUK), PinBlockedError, PinFormatError */
  async unblockPin(puk: Uint8Array, newPin: Uint8Array): Promise<void> {
    await pin.unblockPin(this.#exchange, puk, newPin);
  }

  /** Mutual authentication with a key that is elsewhere; false when it is not this card's, or of another algorithm. */
  authenticateManagementKey(
    algorithm: ManagementKeyAlgorithm,
    holder: managementKey.ManagementKeyHolder,
  ): Promise<boolean> {
    return managementKey.authenticateManagementKey(this.#exchange, algorithm, holder);
  }

  /** Generates a key pair and returns its SubjectPublicKeyInfo. A lost answer may mean that the key was replaced. */
  generateKey(slot: Slot, algorithm: KeyAlgorithm): Promise<Uint8Array> {
    return keyChange.generateKey(this.#exchange, slot, algorithm);
  }

  /** Hashes (SHA-256; SHA-384 for P-384), pads and signs. RSA: PKCS #1 v1.5; EC: DER. */
  sign(slot: Slot, algorithm: KeyAlgorithm, message: Uint8Array): Promise<Uint8Array> {
    return keyUse.sign(this.#exchange, slot, algorithm, message);
  }

  /** RSA PKCS #1 v1.5. @throws PaddingError */
  decrypt(slot: Slot, algorithm: KeyAlgorithm, ciphertext: Uint8Array): Promise<Uint8Array> {
    return keyUse.decrypt(this.#exchange, slot, algorithm, ciphertext);
  }

  /** ECDH; the x coordinate. @param point uncompressed */
  agree(slot: Slot, algorithm: KeyAlgorithm, point: Uint8Array): Promise<Uint8Array> {
    return keyUse.agree(this.#exchange, slot, algorithm, point);
  }

  /** What the card says of a key, PIN or PUK; null when it cannot say or the slot is empty. Asks a card without F7 once. */
  async metadata(reference: MetadataReference): Promise<KeyMetadata | null> {
    const answer = await this.#metadata(reference);
    return typeof answer === 'object' ? answer : null;
  }

  /**
   * What the card can presumably do, asked without a single write instruction: for what is shown before a warning is
   * confirmed (RP-13). `capabilities` says it for sure, and needs no command twice.
   */
  async presumedCapabilities(): Promise<CardCapabilities> {
    this.#presumed ??= await presumeCapabilities(this.#exchange, await this.#metadata('9B'));
    return this.#capabilities ?? this.#presumed;
  }

  /**
   * Probes what the card can do, once. Nothing changes, but some probes are write instructions by their number
   * (`isWriteCommand`): ask only when writing has been agreed to.
   */
  async capabilities(): Promise<CardCapabilities> {
    if (this.#capabilities === null) {
      const presumed = await this.presumedCapabilities();
      const isPinUsable = this.#isPinUsable || (await this.pinTriesLeft()) !== 0;
      this.#capabilities = await probeCapabilities(this.#exchange, presumed, isPinUsable);
    }
    return this.#capabilities;
  }

  /** Vendor. @param key wiped by the caller */
  async setManagementKey(algorithm: ManagementKeyAlgorithm, key: Uint8Array): Promise<void> {
    await managementKey.setManagementKey(this.#exchange, algorithm, key);
    this.#forgetCapabilities();
  }

  /** Vendor. */
  async moveKey(from: Slot, to: Slot): Promise<void> {
    await keyChange.moveKey(this.#exchange, from, to);
  }

  /** Vendor. */
  async deleteKey(slot: Slot): Promise<void> {
    await keyChange.deleteKey(this.#exchange, slot);
  }

  /** Vendor. @param parts wiped by the caller */
  async importKey(slot: Slot, algorithm: KeyAlgorithm, parts: keyChange.PrivateKeyParts): Promise<void> {
    await keyChange.importKey(this.#exchange, slot, algorithm, parts);
  }

  /** Vendor: the attestation certificate (DER); null where the card cannot attest, or not this key. */
  attest(slot: Slot): Promise<Uint8Array | null> {
    return readAttestation(this.#exchange, slot);
  }

  /** Vendor: PIN and PUK are the factory's afterwards. Needs management key and PIN. */
  setRetries(pinTries: number, pukTries: number): Promise<void> {
    return pin.setRetries(this.#exchange, pinTries, pukTries);
  }

  /** Vendor: erases everything; refused unless PIN and PUK are blocked. */
  async reset(): Promise<void> {
    await this.#exchange.run('reset the card', { ins: INS_RESET, p1: 0, p2: 0 });
    this.#forgetCapabilities();
  }

  /** They name the management key's algorithm, which is another one now. */
  #forgetCapabilities(): void {
    this.#presumed = null;
    this.#capabilities = null;
  }

  async #metadata(reference: MetadataReference): Promise<MetadataAnswer> {
    if (this.#hasMetadata === false) return 'unsupported';
    const answer = await readMetadata(this.#exchange, reference);
    this.#hasMetadata = answer !== 'unsupported';
    return answer;
  }
}
