import { createCipheriv, createDecipheriv, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { isEncryptionSlot, type ManagementKeyAlgorithm, type Slot } from '../../../src/domain/slot.ts';
import { type OperationCentral, OperationRefusedError, SECRET_PENDING } from '../../../src/encoder/ports.ts';
import { createRecipient, type Recipient, sealTo } from '../../../src/pki/hpke.ts';
import { isExpectedAnswer, makeKeyChallenge } from '../../../src/pki/key-challenge.ts';
import { spkiOf, verifySignature } from '../../../src/pki/public-key.ts';
import {
  type CompleteRequest,
  type ImageKey,
  type KeyChallenge,
  type OperationPlan,
  type OperationResult,
  proofMessage,
  releaseContext,
  type SealedSecret,
  type SecretOutcome,
  sealContext,
} from '../../../src/protocol/operation.ts';
import type { SecretKind } from '../../../src/protocol/values.ts';
import { issueCertificate } from './small-authority.ts';

const CIPHERS = {
  '3DES': { name: 'des-ede3-ecb', block: 8, key: 24 },
  'AES-128': { name: 'aes-128-ecb', block: 16, key: 16 },
  'AES-192': { name: 'aes-192-ecb', block: 16, key: 24 },
  'AES-256': { name: 'aes-256-ecb', block: 16, key: 32 },
} as const;

export interface ManagementKey {
  readonly version: number;
  readonly algorithm: ManagementKeyAlgorithm;
  readonly value: Uint8Array;
}

interface Issued {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly challenge: KeyChallenge | null;
  readonly expected: Uint8Array | null;
}

const CARD_ID = '11111111-1111-4111-8111-111111111111';

/** What the card shall be, as a test writes it. */
export interface Image {
  readonly keys: readonly Pick<ImageKey, 'slot' | 'algorithm' | 'source' | 'publicKey'>[];
  readonly objects: OperationPlan['objects'];
  readonly emptiedCertificates?: readonly Slot[];
  readonly removedKeys?: readonly Slot[];
  readonly changesManagementKey?: boolean;
  readonly replacesPuk?: boolean;
  /** False: the proven PIN stays. */
  readonly changesPin?: boolean;
}

/**
 * A central for one card and one operation, in memory: it keeps to the rules of operation.md (intent before outcome, keys
 * on record, proofs checked), so that an encoder which breaks them fails.
 */
export class SmallCentral implements OperationCentral {
  readonly operationId = randomUUID();
  readonly nonce = new Uint8Array(randomBytes(32));
  readonly issued = new Map<Slot, Issued>();
  /** PKCS #8 of archived keys, by the slot that they are for. */
  readonly archived = new Map<Slot, Uint8Array>();
  /** Public keys that proved the holder before this operation. */
  readonly recorded = new Map<Slot, Uint8Array<ArrayBuffer>>();
  /** What was asked, in order (`certificate:9A`, `intend:puk`). */
  readonly calls: string[] = [];
  completed: CompleteRequest | null = null;
  /** A run has ended. */
  isStopped = false;
  /** The present run rests on a one-time code. */
  isProvedByCode = false;
  /** Of a run that has made its own key: secrets are sealed to it. */
  sealsTo: Uint8Array | null = null;
  holderName = 'Alice';
  /** What a certificate takes. */
  certificateDelay: () => Promise<void> = async () => {};
  #image: Image;
  readonly #managementKeys: ManagementKey[];
  readonly #puks: Uint8Array[];
  readonly #nextManagementKey: ManagementKey;
  readonly #nextPuk = Uint8Array.from(randomBytes(8), (byte) => 0x30 + (byte % 10));
  readonly #intents = new Map<SecretKind, 'intended' | SecretOutcome>();
  /** The card has refused all that it could have: none is given out any more. */
  #hasRefusedPuks = false;
  readonly #exchanges = new Map<string, { key: ManagementKey; challenge: Uint8Array }>();
  #recipient: Recipient | null = null;

  /** @param managementKey @param puk what the card has now */
  constructor(image: Image, managementKey: ManagementKey, puk: Uint8Array) {
    this.#image = image;
    this.#managementKeys = [managementKey];
    this.#puks = [puk];
    this.#nextManagementKey = {
      version: managementKey.version + 1,
      algorithm: managementKey.algorithm,
      value: new Uint8Array(randomBytes(CIPHERS[managementKey.algorithm].key)),
    };
  }

  /** What a begin answers: the same image, with what was issued meanwhile. */
  async begin(isResumed: boolean): Promise<{ plan: OperationPlan; recipient: Recipient }> {
    this.#recipient = await createRecipient();
    const { keys, objects, emptiedCertificates = [], removedKeys = [] } = this.#image;
    const { changesManagementKey = true, replacesPuk = true, changesPin = true } = this.#image;
    const plan: OperationPlan = {
      operationId: this.operationId,
      cardId: CARD_ID,
      isResumed,
      changesPin,
      nonce: this.nonce,
      managementKey: {
        candidates: this.#managementKeys.map(({ version, algorithm }) => ({ version, algorithm })),
        next: changesManagementKey
          ? { version: this.#nextManagementKey.version, algorithm: this.#nextManagementKey.algorithm }
          : null,
      },
      isPinSet: this.isPinSet,
      replacesPuk,
      keys: keys.map((key) => this.#asPlanned(key)),
      objects,
      emptiedCertificates: [...emptiedCertificates],
      removedKeys: [...removedKeys],
    };
    return { plan, recipient: this.#recipient };
  }

  /** As central knows it. */
  get isPinSet(): boolean {
    return this.#intents.get('pin') === 'written';
  }

  /** The management key and PUK that central holds for the newest. */
  get newest(): { managementKey: ManagementKey; puk: Uint8Array } {
    return { managementKey: this.#managementKeys[0]!, puk: this.#puks[0]! };
  }

  async answerWitness(version: number, algorithm: ManagementKeyAlgorithm, witness: Uint8Array) {
    this.calls.push(`witness:${version}`);
    const key = this.#managementKeys.find((one) => one.version === version && one.algorithm === algorithm);
    if (!key) throw new OperationRefusedError('SE-03-unknown-version', 'answer witness: no such version');
    const { name, block } = CIPHERS[algorithm];
    const decipher = createDecipheriv(name, key.value, null).setAutoPadding(false);
    const decryptedWitness = new Uint8Array(Buffer.concat([decipher.update(witness), decipher.final()]));
    const challenge = new Uint8Array(randomBytes(block));
    const exchangeId = randomUUID();
    this.#exchanges.set(exchangeId, { key, challenge });
    return { exchangeId, decryptedWitness, challenge };
  }

  async checkCardResponse(exchangeId: string, response: Uint8Array): Promise<boolean> {
    const { key, challenge } = this.#exchanges.get(exchangeId)!;
    const cipher = createCipheriv(CIPHERS[key.algorithm].name, key.value, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(challenge), cipher.final()]).equals(response);
  }

  async certificate(slot: Slot, publicKey: Uint8Array) {
    this.calls.push(`certificate:${slot}`);
    await this.certificateDelay();
    const before = this.issued.get(slot);
    if (!before || !Buffer.from(before.publicKey).equals(publicKey)) {
      const certificate = await issueCertificate(publicKey, `${this.holderName} ${slot}`);
      const asked = isEncryptionSlot(slot) ? makeKeyChallenge(publicKey) : null;
      this.issued.set(slot, {
        publicKey: Uint8Array.from(publicKey),
        certificate,
        challenge: asked && { ...asked.challenge, value: Uint8Array.from(asked.challenge.value) },
        expected: asked?.expected ?? null,
      } as Issued);
    }
    const { certificate, challenge } = this.issued.get(slot)!;
    this.calls.push(`certificate:${slot}:answered`);
    return { certificate, challenge } as never;
  }

  /** A key that central made: its certificate is there from the start. */
  async archive(
    slot: Slot,
    privateKey: KeyObject,
    certificate?: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    this.archived.set(slot, new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })));
    return this.record(slot, Uint8Array.from(spkiOf(privateKey)), certificate);
  }

  /** An encryption key that has a certificate already, and is nowhere but on its card. */
  async record(
    slot: Slot,
    publicKey: Uint8Array<ArrayBuffer>,
    certificate?: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { challenge, expected } = makeKeyChallenge(publicKey);
    this.issued.set(slot, {
      publicKey,
      certificate: certificate ?? (await issueCertificate(publicKey, `${this.holderName} ${slot}`)),
      ...{ challenge: { ...challenge, value: Uint8Array.from(challenge.value) }, expected },
    });
    return publicKey;
  }

  async releaseKey(slot: Slot): Promise<SealedSecret> {
    this.calls.push(`release:${slot}`);
    const context = releaseContext(this.operationId, CARD_ID, this.issued.get(slot)!.certificate);
    const sealed = await sealTo(
      this.sealsTo ?? this.#recipient!.publicKey,
      context,
      this.archived.get(slot)!,
    );
    return { enc: Uint8Array.from(sealed.enc), ciphertext: Uint8Array.from(sealed.ciphertext) };
  }

  async intend(secret: SecretKind) {
    this.calls.push(`intend:${secret}`);
    for (const [other, state] of this.#intents) {
      if (other !== secret && state === 'intended') {
        throw new OperationRefusedError(SECRET_PENDING, `intend ${secret}: ${other} has no outcome yet`);
      }
    }
    const before = this.#intents.get(secret);
    this.#intents.set(secret, 'intended');
    if (secret === 'pin') return { version: 1, next: null, current: await this.#puksForPin() };
    if (secret === 'managementKey') {
      if (this.newest.managementKey !== this.#nextManagementKey) {
        this.#managementKeys.unshift(this.#nextManagementKey);
      }
      const { version, value } = this.#nextManagementKey;
      return { version, next: await this.#seal(secret, version, value), current: [] };
    }
    const possible = this.#hasRefusedPuks || before === 'unchanged' ? [] : this.#puks;
    const current = await Promise.all(possible.map((puk) => this.#seal(secret, 1, puk)));
    if (this.newest.puk !== this.#nextPuk) this.#puks.unshift(this.#nextPuk);
    return { version: 1, next: await this.#seal(secret, 1, this.#nextPuk), current };
  }

  async outcome(secret: SecretKind, _version: number, outcome: SecretOutcome) {
    this.calls.push(`outcome:${secret}:${outcome}`);
    if (!this.#intents.has(secret) && outcome !== 'notSupported') {
      throw new OperationRefusedError('SE-03-no-such-intent', `outcome ${secret}: nothing was intended`);
    }
    this.#intents.set(secret, outcome);
    if (outcome === 'refused') this.#hasRefusedPuks = true;
    if (outcome === 'notSupported' && secret === 'managementKey') {
      this.#managementKeys.splice(0, this.#managementKeys.length, this.#managementKeys.at(-1)!);
    }
  }

  async leaveOut(tags: readonly string[]): Promise<Uint8Array> {
    this.calls.push(`leave-out:${tags.join()}`);
    const securityObject = new TextEncoder().encode(`Security Object without ${tags.join()}`);
    const contentOf = ({ tag, content }: OperationPlan['objects'][number]) => {
      if (tag === '5FC106') return securityObject;
      return tags.includes(tag) ? new Uint8Array() : content;
    };
    const objects = this.#image.objects.map((object) => ({ tag: object.tag, content: contentOf(object) }));
    this.#image = { ...this.#image, objects };
    return securityObject;
  }

  async complete(request: CompleteRequest): Promise<OperationResult> {
    this.calls.push('complete');
    for (const key of this.#image.keys) this.#checkProof(key, request);
    if ([...this.#intents.values()].includes('intended')) {
      throw new OperationRefusedError(SECRET_PENDING, 'complete: a secret has no outcome');
    }
    if (this.#image.changesPin !== false && !this.isPinSet)
      throw new OperationRefusedError('RP-14-pin-not-set', 'complete: no new PIN was set');
    this.completed = request;
    return {
      operationId: this.operationId,
      certificates: [],
      revokedCount: 0,
      leftoverKeys: request.leftoverKeys,
      unwritableObjects: request.unwritableObjects,
      cardExpiresAt: '2030-01-01T00:00:00Z',
    };
  }

  stop(): void {
    this.isStopped = true;
  }

  #checkProof({ slot }: Image['keys'][number], request: CompleteRequest): void {
    const issued = this.issued.get(slot);
    const proof = request.proofs.find((one) => one.slot === slot);
    const isProved =
      issued &&
      proof &&
      (issued.expected
        ? isExpectedAnswer(issued.expected, proof.value)
        : verifySignature(issued.publicKey, proofMessage(this.operationId, slot, this.nonce), proof.value));
    if (!isProved) throw new OperationRefusedError('RP-18-not-proved', `complete: ${slot} is not proved`);
  }

  #asPlanned(key: Image['keys'][number]): ImageKey {
    const issued = this.issued.get(key.slot);
    return {
      ...key,
      publicKey: issued?.publicKey ?? key.publicKey,
      certificate: issued?.certificate ?? null,
      challenge: (issued?.challenge ?? null) as ImageKey['challenge'],
      recordedPublicKey: key.source.kind === 'generate' ? (this.recorded.get(key.slot) ?? null) : null,
    };
  }

  /** After a change of it whose end is known there is one. */
  async #puksForPin(): Promise<SealedSecret[]> {
    if (!this.isProvedByCode || this.#hasRefusedPuks) return [];
    const state = this.#intents.get('puk');
    const puks = state === 'written' ? this.#puks.slice(0, 1) : state === 'unchanged' ? [] : this.#puks;
    return Promise.all(puks.map((puk) => this.#seal('pin', 1, puk)));
  }

  async #seal(secret: SecretKind, version: number, value: Uint8Array): Promise<SealedSecret> {
    const context = sealContext(this.operationId, secret, version);
    const sealed = await sealTo(this.sealsTo ?? this.#recipient!.publicKey, context, value);
    return { enc: Uint8Array.from(sealed.enc), ciphertext: Uint8Array.from(sealed.ciphertext) };
  }
}
