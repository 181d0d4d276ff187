/** A kiosk carrying out an operation on a card in software, from the proof to complete. */
import { createHash } from 'node:crypto';
import { isEncryptionSlot, type Slot } from '../../../src/domain/slot.ts';
import { buildCertificateObject } from '../../../src/piv/objects/certificate.ts';
import { certificateTag, hexTag } from '../../../src/piv/reference.ts';
import { createRecipient, type Recipient } from '../../../src/pki/hpke.ts';
import {
  type BeginRequest,
  type CardCapabilities,
  type CompleteRequest,
  type KeyChallenge,
  type KeyProof,
  type OperationPlan,
  proofMessage,
  releaseContext,
  type SealedSecret,
  sealContext,
} from '../../../src/protocol/operation.ts';
import { challengeMessage } from '../../../src/protocol/proof.ts';
import type { CollectRequest } from '../../../src/protocol/request.ts';
import type { IssuedCard } from './central-world.ts';
import type { KioskCaller } from './kiosk-caller.ts';

export const FULL_CARD: CardCapabilities = {
  ...{ hasMetadata: true, canSetManagementKey: true, canMoveKeys: true, canImportKeys: true },
  ...{ canReset: true, canAttest: false, hasExtendedLength: true, managementKeyAlgorithm: 'AES-192' },
};

export const STANDARD_CARD: CardCapabilities = {
  ...{ hasMetadata: false, canSetManagementKey: false, canMoveKeys: false, canImportKeys: false },
  ...{ canReset: false, canAttest: false, hasExtendedLength: false, managementKeyAlgorithm: 'AES-192' },
};

/** The holder's proof by 9A. @returns its id */
export async function proveHolder(kiosk: KioskCaller, { card, soft }: IssuedCard): Promise<string> {
  const { proofId, challenge } = await kiosk.ask(card.id);
  const signature = soft.sign('9A', challengeMessage(proofId, challenge));
  await kiosk.answer(proofId, { slot: '9A', signature });
  return proofId;
}

export class OperationRun {
  readonly kiosk: KioskCaller;
  readonly issued: IssuedCard;
  readonly plan: OperationPlan;
  readonly recipient: Recipient;
  readonly #certificates = new Map<string, Uint8Array>();
  readonly #challenges = new Map<string, KeyChallenge>();

  private constructor(kiosk: KioskCaller, issued: IssuedCard, plan: OperationPlan, recipient: Recipient) {
    this.kiosk = kiosk;
    this.issued = issued;
    this.plan = plan;
    this.recipient = recipient;
  }

  /** Proves the holder and begins. */
  static async begin(
    kiosk: KioskCaller,
    issued: IssuedCard,
    wishes: Partial<BeginRequest> = {},
  ): Promise<OperationRun> {
    const recipient = await createRecipient();
    const plan = await kiosk.begin({
      ...{ proofId: wishes.proofId ?? (await proveHolder(kiosk, issued)), cardId: issued.card.id },
      ...{ reason: 'profile-updated', capabilities: FULL_CARD, recipientKey: recipient.publicKey },
      ...{ acceptsKeyLoss: false, ...wishes },
    });
    return new OperationRun(kiosk, issued, plan, recipient);
  }

  /** Proves the holder and has a request collected onto the card, or takes that up again. */
  static async collect(
    kiosk: KioskCaller,
    issued: IssuedCard,
    requestId: string,
    wishes: Partial<CollectRequest> = {},
  ): Promise<OperationRun> {
    const recipient = await createRecipient();
    const plan = await kiosk.collect(requestId, {
      ...{ proofId: wishes.proofId ?? (await proveHolder(kiosk, issued)), cardId: issued.card.id },
      ...{ capabilities: FULL_CARD, recipientKey: recipient.publicKey, leavesOut: [], confirmedRemovals: [] },
      ...wishes,
    });
    return new OperationRun(kiosk, issued, plan, recipient);
  }

  get id(): string {
    return this.plan.operationId;
  }

  /** Tries the candidates, newest first. @returns the version that the card has */
  async authenticate(): Promise<number> {
    const { soft } = this.issued;
    for (const { version, algorithm } of this.plan.managementKey.candidates) {
      const answer = await this.kiosk.witness(this.id, { version, algorithm, witness: soft.witness() });
      const response = soft.respond(answer.decryptedWitness, answer.challenge);
      if (response === null) continue;
      const { exchangeId } = answer;
      const { isAuthenticated } = await this.kiosk.cardResponse(this.id, { exchangeId, response });
      if (isAuthenticated) return version;
    }
    throw new Error('the card has none of the management keys');
  }

  /** Generates and moves keys as the plan says, and has the new ones certified. */
  async writeKeys(): Promise<void> {
    const { soft } = this.issued;
    for (const { slot, source, certificate, challenge, publicKey } of this.plan.keys) {
      if (source.kind === 'move' && !soft.holds(slot, publicKey!)) soft.move(source.from, slot);
      if (source.kind === 'import') await this.bringKey(slot, source.from);
      if (certificate) this.#certificates.set(slot, certificate);
      if (challenge) this.#challenges.set(slot, challenge);
      if (source.kind !== 'generate' || (publicKey && certificate)) continue;
      const request = { slot, publicKey: publicKey ?? soft.generate(slot), attestation: null };
      const issued = await this.kiosk.certificate(this.id, request);
      this.#certificates.set(slot, issued.certificate);
      if (issued.challenge) this.#challenges.set(slot, issued.challenge);
    }
  }

  /** Has an archived key given out, unless the card has it. */
  async bringKey(slot: Slot, from: Slot | null): Promise<void> {
    const { soft } = this.issued;
    const { publicKey } = this.plan.keys.find((key) => key.slot === slot)!;
    if (soft.holds(slot, publicKey!)) return;
    if (from && soft.holds(from, publicKey!)) return soft.move(from, slot);
    soft.put(slot, await this.release(slot));
  }

  /** @returns PKCS #8 */
  async release(slot: Slot): Promise<Uint8Array> {
    const { certificate } = this.plan.keys.find((key) => key.slot === slot)!;
    const sealed = await this.kiosk.releaseKey(this.id, slot);
    return this.recipient.open(sealed, releaseContext(this.id, this.issued.card.id, certificate!));
  }

  /** Everything of a collection up to complete: no secret of the card changes. */
  async writeCollected(): Promise<CompleteRequest> {
    await this.authenticate();
    await this.writeKeys();
    for (const slot of this.plan.removedKeys) this.issued.soft.keys.delete(slot);
    return this.report();
  }

  async changePin(): Promise<void> {
    const { version } = await this.kiosk.intend(this.id, 'pin');
    await this.kiosk.outcome(this.id, { secret: 'pin', version, outcome: 'written' });
  }

  async changeSecrets(): Promise<void> {
    const { soft } = this.issued;
    const puk = await this.kiosk.intend(this.id, 'puk');
    const known = await Promise.all(puk.current.map((one) => this.open(one, 'puk', puk.version)));
    if (!known.some((one) => text(one) === soft.puk)) throw new Error('central does not know the PUK');
    soft.puk = text(await this.open(puk.next!, 'puk', puk.version));
    await this.kiosk.outcome(this.id, { secret: 'puk', version: puk.version, outcome: 'written' });
    if (this.plan.managementKey.next === null) return;
    const key = await this.kiosk.intend(this.id, 'managementKey');
    soft.managementKey = await this.open(key.next!, 'managementKey', key.version);
    const secret = 'managementKey';
    await this.kiosk.outcome(this.id, { secret, version: key.version, outcome: 'written' });
  }

  open(sealed: SealedSecret, secret: string, version: number): Promise<Uint8Array> {
    return this.recipient.open(sealed, sealContext(this.id, secret, version));
  }

  /** What a kiosk that has done everything reports. */
  report(): CompleteRequest {
    const written = this.plan.objects.filter(({ content }) => content.length > 0);
    const certificates = [...this.#certificates].map(([slot, der]) => ({
      tag: hexTag(certificateTag(slot as '9A')),
      sha256: sha256(buildCertificateObject(der)),
    }));
    return {
      proofs: this.plan.keys.map(({ slot }) => this.#prove(slot)),
      readBack: [...written.map(({ tag, content }) => ({ tag, sha256: sha256(content) })), ...certificates],
      ...{ leftoverKeys: [], unwritableObjects: [] },
    };
  }

  /** Everything up to complete. */
  async write(leavesPin = false): Promise<CompleteRequest> {
    await this.authenticate();
    await this.writeKeys();
    if (!leavesPin) await this.changePin();
    await this.changeSecrets();
    return this.report();
  }

  #prove(slot: KeyProof['slot']): KeyProof {
    const { soft } = this.issued;
    if (isEncryptionSlot(slot)) {
      const challenge = this.#challenges.get(slot)!;
      return { slot, kind: challenge.kind, value: soft.answer(slot, challenge) };
    }
    return { slot, kind: 'sign', value: soft.sign(slot, proofMessage(this.id, slot, this.plan.nonce)) };
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
