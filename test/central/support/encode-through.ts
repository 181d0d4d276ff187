/** The real encoder on a virtual card, against central in this process. */
import { encodeCard } from '../../../src/encoder/encode-card.ts';
import type { EncodeOutcome } from '../../../src/encoder/encode-request.ts';
import { type OperationCentral, OperationRefusedError } from '../../../src/encoder/ports.ts';
import { PivSession } from '../../../src/piv/session.ts';
import { createRecipient } from '../../../src/pki/hpke.ts';
import type { CardCapabilities } from '../../../src/protocol/operation.ts';
import { challengeMessage } from '../../../src/protocol/proof.ts';
import { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import type { IssuedCard } from './central-world.ts';
import { type KioskCaller, Refused } from './kiosk-caller.ts';

export const CARD_PIN = '314159';
export const CHOSEN_PIN = '847261';

/** The issued card as a card that takes APDUs, with the keys that central has on record. */
export function asVirtualCard({ card, soft }: IssuedCard): VirtualCard {
  const made = VirtualCard.create(null, { name: 'card', serial: Number(card.serial) });
  for (const [slot, key] of soft.keys) made.putKey(slot, key);
  made.setPinAndPuk(CARD_PIN, '12345678');
  return made;
}

export const CAPABILITIES: CardCapabilities = {
  ...{ hasMetadata: true, canSetManagementKey: true, canMoveKeys: true, canImportKeys: true },
  ...{ canReset: true, canAttest: true, hasExtendedLength: true, managementKeyAlgorithm: null },
};

/**
 * Proves the holder, with the card or with a one-time code, and writes the card as a kiosk does.
 * @throws what the encoder throws
 */
export async function encodeThrough(
  kiosk: KioskCaller,
  { card: { id: cardId } }: IssuedCard,
  card: VirtualCard,
  code: string | null = null,
): Promise<EncodeOutcome> {
  const proofId = code === null ? await prove(kiosk, cardId, card) : await proveByCode(kiosk, cardId, code);
  const recipient = await createRecipient();
  const request = { proofId, cardId, reason: 'profile-updated', recipientKey: recipient.publicKey };
  const plan = await kiosk.begin({ ...request, capabilities: CAPABILITIES, acceptsKeyLoss: false });
  card.reset();
  const ascii = (pin: string) => new TextEncoder().encode(pin);
  return encodeCard({
    connection: card,
    plan,
    capabilities: CAPABILITIES,
    central: portOf(kiosk, plan.operationId),
    journal: { intend: () => {}, done: () => {} },
    pin: { old: code === null ? ascii(CARD_PIN) : null, next: ascii(CHOSEN_PIN), isKept: false },
    openSealed: (sealed, context) => recipient.open(sealed, context),
    onProgress: () => {},
    signal: new AbortController().signal,
  });
}

/**
 * Proves the holder with the card and its PIN, which stays, and collects a request onto it as a kiosk does.
 * @throws what the encoder throws
 */
export async function collectThrough(
  kiosk: KioskCaller,
  { card: { id: cardId } }: IssuedCard,
  card: VirtualCard,
  requestId: string,
  confirmedRemovals: string[] = [],
): Promise<EncodeOutcome> {
  const proofId = await prove(kiosk, cardId, card);
  const recipient = await createRecipient();
  const wish = { proofId, cardId, capabilities: CAPABILITIES, leavesOut: [], confirmedRemovals };
  const plan = await kiosk.collect(requestId, { ...wish, recipientKey: recipient.publicKey });
  card.reset();
  const pin = () => new TextEncoder().encode(CARD_PIN);
  return encodeCard({
    ...{ connection: card, plan, capabilities: CAPABILITIES, central: portOf(kiosk, plan.operationId) },
    journal: { intend: () => {}, done: () => {} },
    pin: { old: pin(), next: pin(), isKept: true },
    openSealed: (sealed, context) => recipient.open(sealed, context),
    onProgress: () => {},
    signal: new AbortController().signal,
  });
}

async function prove(kiosk: KioskCaller, cardId: string, card: VirtualCard): Promise<string> {
  const { proofId, challenge } = await kiosk.ask(cardId);
  card.reset();
  const session = await PivSession.select(card);
  await session.verifyPin(new TextEncoder().encode(CARD_PIN));
  const signature = await session.sign('9A', 'P-256', challengeMessage(proofId, challenge));
  await kiosk.answer(proofId, { slot: '9A', signature });
  return proofId;
}

async function proveByCode(kiosk: KioskCaller, cardId: string, code: string): Promise<string> {
  return (await kiosk.typeCode(cardId, code)).proofId;
}

export function portOf(kiosk: KioskCaller, id: string): OperationCentral {
  return {
    answerWitness: (version, algorithm, witness) => asked(kiosk.witness(id, { version, algorithm, witness })),
    async checkCardResponse(exchangeId, response) {
      return (await asked(kiosk.cardResponse(id, { exchangeId, response }))).isAuthenticated;
    },
    certificate: (slot, publicKey) => asked(kiosk.certificate(id, { slot, publicKey, attestation: null })),
    releaseKey: (slot) => asked(kiosk.releaseKey(id, slot)),
    intend: (secret) => asked(kiosk.intend(id, secret)),
    async outcome(secret, version, outcome) {
      await asked(kiosk.outcome(id, { secret, version, outcome }));
    },
    leaveOut: async (tags) => (await asked(kiosk.leaveOut(id, [...tags]))).securityObject,
    complete: (request) => asked(kiosk.complete(id, request)),
    stop: () => {},
  };
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refused) throw new OperationRefusedError(error.code, error.message);
    throw error;
  }
}
