import { UNKNOWN } from '../domain/card.ts';
import type { Slot } from '../domain/slot.ts';
import {
  CommandRefusedError,
  MalformedAnswerError,
  PinBlockedError,
  WrongPinError,
} from '../piv/status-word.ts';
import { type AnswerResponse, type ChallengeResponse, challengeMessage } from '../protocol/proof.ts';
import { codeOfCardTrouble } from './card-trouble.ts';
import { type CardVisit, CENTRAL_NOT_REACHED, type Refused, refuse } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';

const NOT_PROVED = 'ID-01-not-proved';

/** What came of a proof. `open`: an operation of this card that is not finished. */
export type HolderProof =
  | { readonly kind: 'proved'; readonly proofId: string; readonly open: AnswerResponse['openOperation'] }
  | { readonly kind: 'wrongPin'; readonly triesLeft: number }
  | Refused;

export interface ProofRequest {
  readonly client: CentralClient;
  readonly visit: CardVisit;
  /** The PIN as typed; asked for at each use, and empty once it was wiped. */
  pin(): Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * The card signs central's challenge with a key that central has on record (ID-01). The PIN is tried once; a slot that
 * cannot sign, or whose signature is not by the recorded key, gives way to the next that central offers.
 * @throws AbortError
 */
export async function proveHolder(request: ProofRequest): Promise<HolderProof> {
  try {
    return await prove(request);
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof WrongPinError) return { kind: 'wrongPin', triesLeft: error.triesLeft };
    if (error instanceof PinBlockedError) return { kind: 'wrongPin', triesLeft: 0 };
    const code = codeOfCardTrouble(error);
    if (code === null) throw error;
    return refuse(code, true);
  }
}

async function prove(request: ProofRequest): Promise<HolderProof> {
  const { client, visit, signal } = request;
  const tried = new Set<string>();
  for (let isVerified = false; ; isVerified = true) {
    const asked = await client.challenge(visit.known.card.id, signal);
    if (asked.kind === 'unreachable') return CENTRAL_NOT_REACHED;
    if (asked.kind === 'refused') return refuse(asked.code, true);
    if (!isVerified) await verify(request);
    const signed = await signWithAny(request, asked.value, tried);
    if (signed === null) return refuse(NOT_PROVED, true);
    const { proofId } = asked.value;
    const answer = await client.answer(proofId, signed, signal);
    if (answer.kind === 'unreachable') return CENTRAL_NOT_REACHED;
    if (answer.kind === 'ok') {
      return { kind: 'proved', proofId, open: answer.value.openOperation };
    }
    if (answer.code !== NOT_PROVED) return refuse(answer.code, true);
  }
}

/** A signature by the first offered slot with an algorithm, that was not tried yet, and can sign; null when there is none. */
async function signWithAny(
  request: ProofRequest,
  { proofId, challenge, slots }: ChallengeResponse,
  tried: Set<string>,
): Promise<{ slot: Slot; signature: Uint8Array } | null> {
  const message = challengeMessage(proofId, challenge);
  for (const { slot, algorithm } of slots) {
    if (slot === UNKNOWN || algorithm === UNKNOWN) continue;
    const name = `${slot} ${algorithm}`;
    if (tried.has(name)) continue;
    tried.add(name);
    try {
      if (slot === '9C') await verify(request);
      return { slot, signature: await request.visit.session.sign(slot, algorithm, message) };
    } catch (error) {
      if (!isAboutThisSlot(error)) throw error;
    }
  }
  return null;
}

async function verify({ visit, pin, signal }: ProofRequest): Promise<void> {
  signal.throwIfAborted();
  await visit.session.verifyPin(pin());
}

function isAboutThisSlot(error: unknown): boolean {
  if (error instanceof WrongPinError || error instanceof PinBlockedError) return false;
  return error instanceof CommandRefusedError || error instanceof MalformedAnswerError;
}
