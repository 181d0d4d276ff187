import type { KeyObject } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { KeyAlgorithm, ManagementKeyAlgorithm, Slot } from '../domain/slot.ts';
import { type CardConnection, CardRemovedError } from '../piv/connection.ts';
import { hexTag } from '../piv/reference.ts';
import { buildAtr } from './atr.ts';
import { BlockTransport } from './block-transport.ts';
import { keepObject } from './capacity.ts';
import { type CardState, FACTORY_DISCOVERY, factorySecrets } from './card-state.ts';
import { type Chip, newSession } from './chip.ts';
import type { Cut, Faults } from './faults.ts';
import { PERSONALITIES, type Personality, type PersonalityName } from './personality.ts';
import { createSecret, padSecret } from './reference-secret.ts';
import { algorithmOf, generateSlotKey, storeKey } from './slot-key.ts';
import { readStateFile, writeStateFile } from './state-file.ts';

const CLA_CHAINING = 0x10;

/** How a new card is made. */
export interface VirtualCardOptions {
  readonly name: string;
  /** Chip serial; only cards with hasSerial tell it. */
  readonly serial?: number | null;
  /** A make by name, or one's own set of options. Default: full. */
  readonly personality?: PersonalityName | Personality;
  readonly contactless?: boolean;
  /** False: SELECT of the PIV application answers 6A82. */
  readonly hasPiv?: boolean;
}

/** How a card behaves while it is in use; not kept in its file. */
export interface VirtualCardRuntime {
  /** Waits for the disk after each change. Default: no. */
  readonly isDurable?: boolean;
  /** Where generated keys come from; undefined lets the card make one itself. Speeds up tests. */
  readonly takePreparedKey?: (algorithm: KeyAlgorithm) => KeyObject | undefined;
}

/**
 * A PIV card in software: real keys, counters, chaining, with its state in a file.
 * One command at a time, as a chip does; callers may send without waiting.
 */
export class VirtualCard implements CardConnection {
  /** Faults and delays; changes hold from the next APDU on. */
  readonly faults: Faults = { cut: null, delayMs: null, keyGenerationMs: null };
  readonly #path: string | null;
  readonly #runtime: VirtualCardRuntime;
  readonly #chip: Chip;
  readonly #blocks: BlockTransport;
  #isGone = false;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(path: string | null, state: CardState, runtime: VirtualCardRuntime) {
    this.#path = path;
    this.#runtime = runtime;
    this.#chip = {
      state,
      session: newSession(),
      generateKey: (algorithm) => this.#generateKey(algorithm),
    };
    this.#blocks = new BlockTransport(this.#chip);
  }

  /** Makes a card as it leaves the factory. @param path its state file, or null to live in memory only */
  static create(
    path: string | null,
    options: VirtualCardOptions,
    runtime: VirtualCardRuntime = {},
  ): VirtualCard {
    const { personality: make = 'full' } = options;
    const personality = typeof make === 'string' ? PERSONALITIES[make] : make;
    const card = new VirtualCard(
      path,
      {
        version: 1,
        name: options.name,
        serial: options.serial ?? null,
        personality,
        isContactless: options.contactless ?? false,
        hasPiv: options.hasPiv ?? true,
        ...factorySecrets(personality),
        objects: { '7E': FACTORY_DISCOVERY.toString('base64') },
        rooms: {},
        keys: {},
        attestation: null,
        counters: { apdus: 0, writeApdus: 0 },
      },
      runtime,
    );
    card.#save();
    return card;
  }

  /** Takes up a card where its file left it, without power. @throws CardFileError */
  static open(path: string, runtime: VirtualCardRuntime = {}): VirtualCard {
    return new VirtualCard(path, readStateFile(path), runtime);
  }

  get name(): string {
    return this.#chip.state.name;
  }

  /** The chip serial; null where the card tells none, or zero. */
  get serial(): number | null {
    const { serial, personality } = this.#chip.state;
    const isTold = personality.hasVendorCommands && personality.hasSerial && !personality.hasZeroSerial;
    return isTold && serial !== 0 ? serial : null;
  }

  get isContactless(): boolean {
    return this.#chip.state.isContactless;
  }

  get atr(): Uint8Array {
    return buildAtr(this.#chip.state.personality, this.isContactless);
  }

  /** APDUs since the card was made; chained blocks count each. */
  get counters(): Readonly<CardState['counters']> {
    return { ...this.#chip.state.counters };
  }

  get pinTriesLeft(): number {
    return this.#chip.state.pin.triesLeft;
  }

  get pukTriesLeft(): number {
    return this.#chip.state.puk.triesLeft;
  }

  /** Makes the card vanish at an APDU; it comes back with the next reset (when it is put in again). */
  cutAt(apdu: number, when: Cut['when']): void {
    this.faults.cut = { apdu, when };
  }

  /** Makes the card vanish with the next command: before its first block arrives, or after it was carried out. */
  cutAtCommand(when: Cut['when']): void {
    this.faults.cut = { apdu: 1, when, countsCommands: when === 'after' };
  }

  /** Power goes and comes: PIN, authentication and half-sent commands are forgotten. */
  reset(): void {
    this.#losePower();
    this.#isGone = false;
  }

  /** @throws CardRemovedError at the cut that was asked for, and from then on until reset */
  transmit(command: Uint8Array): Promise<Uint8Array> {
    const answer = this.#queue.then(() => this.#transmitWithFaults(command));
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /** Puts an object on the card without asking for a key or for room. @param content what stands inside 53 (Discovery: inside 7E) */
  putObject(tag: number, content: Uint8Array): void {
    keepObject(this.#chip.state, hexTag(tag), content);
    this.#save();
  }

  /** The content of an object, or undefined. */
  object(tag: number): Uint8Array | undefined {
    const content = this.#chip.state.objects[hexTag(tag)];
    return content === undefined ? undefined : Buffer.from(content, 'base64');
  }

  /** Puts a private key into a slot. @throws TypeError for an algorithm that no slot takes */
  putKey(slot: Slot, key: KeyObject, options: { readonly isImported?: boolean } = {}): void {
    const algorithm = algorithmOf(key);
    if (!algorithm) throw new TypeError(`put key into ${slot}: no PIV slot takes this algorithm`);
    const rest = { isImported: options.isImported ?? false, pinPolicy: 0, touchPolicy: 0 };
    this.#chip.state.keys[slot] = storeKey(key, algorithm, rest);
    this.#save();
  }

  /** Sets PIN and PUK, with all their tries. */
  setPinAndPuk(pin: string, puk: string): void {
    const { state } = this.#chip;
    state.pin = createSecret(padSecret(pin), state.pin.triesMax, false);
    state.puk = createSecret(padSecret(puk), state.puk.triesMax, false);
    this.#save();
  }

  /** Sets the management key. */
  setManagementKey(algorithm: ManagementKeyAlgorithm, key: Uint8Array): void {
    const value = Buffer.from(key).toString('base64');
    this.#chip.state.managementKey = { algorithm, value, isDefault: false };
    this.#save();
  }

  async #transmitWithFaults(bytes: Uint8Array): Promise<Uint8Array> {
    if (this.#isGone) throw new CardRemovedError(`transmit to ${this.name}: the card is gone`);
    const isCommand = this.faults.cut?.countsCommands ?? false;
    const cut = isCommand ? null : this.#countDown();
    if (cut === 'before') return this.#vanish();
    const delayMs = this.faults.delayMs ?? this.#chip.state.personality.apduMs;
    if (delayMs > 0) await wait(delayMs);
    const answer = await this.#blocks.process(Uint8Array.from(bytes));
    this.#save();
    const isDone = isCommand && (bytes[0]! & CLA_CHAINING) === 0 && answer.at(-2) === 0x90;
    return cut === 'after' || (isDone && this.#countDown()) ? this.#vanish() : answer;
  }

  #countDown(): Cut['when'] | null {
    const { cut } = this.faults;
    if (!cut) return null;
    this.faults.cut = cut.apdu > 1 ? { ...cut, apdu: cut.apdu - 1 } : null;
    return cut.apdu > 1 ? null : cut.when;
  }

  #vanish(): never {
    this.#losePower();
    this.#isGone = true;
    throw new CardRemovedError(`transmit to ${this.name}: the card was pulled`);
  }

  #losePower(): void {
    if (this.#blocks.losePower()) this.#save();
    this.#chip.session = newSession();
  }

  async #generateKey(algorithm: KeyAlgorithm): Promise<KeyObject> {
    const ownMs = algorithm.startsWith('RSA') ? this.#chip.state.personality.rsaKeyMs : 0;
    const delayMs = this.faults.keyGenerationMs ?? ownMs;
    if (delayMs > 0) await wait(delayMs);
    return this.#runtime.takePreparedKey?.(algorithm) ?? generateSlotKey(algorithm);
  }

  #save(): void {
    if (this.#path) writeStateFile(this.#path, this.#chip.state, this.#runtime.isDurable ?? false);
  }
}
