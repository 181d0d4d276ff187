import { UNKNOWN } from '../domain/card.ts';
import type { Slot } from '../domain/slot.ts';
import type { PivSession } from '../piv/session.ts';
import {
  CommandRefusedError,
  MalformedAnswerError,
  PinBlockedError,
  WrongPinError,
} from '../piv/status-word.ts';
import type { ChallengeResponse } from '../protocol/proof.ts';
import { codeOfCardTrouble, statusWordIn } from './card-trouble.ts';
import { CENTRAL_NOT_REACHED, type Refused, refuse } from './card-visit.ts';
import type { CentralAnswer } from './central-connection.ts';

/** A question that only a card can answer, by its id. */
interface CardQuestion {
  readonly id: string;
  readonly slots: ChallengeResponse['slots'];
  /** What is to be signed. */
  readonly message: Uint8Array;
}

interface SignedAnswer {
  readonly slot: Slot;
  readonly signature: Uint8Array;
}

/** How central asks, and takes the answer: each time anew. */
export interface CardQuestions<Taken> {
  /** How central says that this signature is by no key on record: another slot may have a better one. */
  readonly notTaken: string;
  ask(): Promise<CentralAnswer<CardQuestion>>;
  answer(id: string, signed: SignedAnswer): Promise<CentralAnswer<Taken>>;
}

export interface CardSigning {
  readonly session: PivSession;
  /** The PIN as typed; asked for at each use, and empty once it was wiped. */
  pin(): Uint8Array;
  readonly signal: AbortSignal;
}

/** What came of it. `id`: of the question that was answered. */
export type AnsweredByCard<Taken> =
  | { readonly kind: 'answered'; readonly id: string; readonly value: Taken }
  | { readonly kind: 'wrongPin'; readonly triesLeft: number }
  | Refused;

/**
 * The card signs what central asks with a key that central has on record (ID-01, ID-02). The PIN is tried once, and only when central has
 * asked; a slot that cannot sign, or whose signature is not by the recorded key, gives way to the next that central offers.
 * @throws AbortError
 */
export async function answerByCard<Taken>(
  signing: CardSigning,
  questions: CardQuestions<Taken>,
): Promise<AnsweredByCard<Taken>> {
  try {
    return await signUntilTaken(signing, questions);
  } catch (error) {
    signing.signal.throwIfAborted();
    if (error instanceof WrongPinError) return { kind: 'wrongPin', triesLeft: error.triesLeft };
    if (error instanceof PinBlockedError) return { kind: 'wrongPin', triesLeft: 0 };
    const code = codeOfCardTrouble(error);
    if (code === null) throw error;
    return { ...refuse(code, true), ...statusWordIn(error) };
  }
}

async function signUntilTaken<Taken>(
  signing: CardSigning,
  { ask, answer, notTaken }: CardQuestions<Taken>,
): Promise<AnsweredByCard<Taken>> {
  const tried = new Set<string>();
  for (let isVerified = false; ; isVerified = true) {
    const asked = await ask();
    if (asked.kind === 'unreachable') return CENTRAL_NOT_REACHED;
    if (asked.kind === 'refused') return refuse(asked.code, true);
    if (!isVerified) await verify(signing);
    const signed = await signWithAny(signing, asked.value, tried);
    if (signed === null) return refuse(notTaken, true);
    const { id } = asked.value;
    const taken = await answer(id, signed);
    if (taken.kind === 'unreachable') return CENTRAL_NOT_REACHED;
    if (taken.kind === 'ok') return { kind: 'answered', id, value: taken.value };
    if (taken.code !== notTaken) return refuse(taken.code, true);
  }
}

/** A signature by the first offered slot with an algorithm, that was not tried yet, and can sign; null when there is none. */
async function signWithAny(
  signing: CardSigning,
  { message, slots }: CardQuestion,
  tried: Set<string>,
): Promise<SignedAnswer | null> {
  for (const { slot, algorithm } of slots) {
    if (slot === UNKNOWN || algorithm === UNKNOWN) continue;
    const name = `${slot} ${algorithm}`;
    if (tried.has(name)) continue;
    tried.add(name);
    try {
      if (slot === '9C') await verify(signing);
      return { slot, signature: await signing.session.sign(slot, algorithm, message) };
    } catch (error) {
      if (!isAboutThisSlot(error)) throw error;
    }
  }
  return null;
}

async function verify({ session, pin, signal }: CardSigning): Promise<void> {
  signal.throwIfAborted();
  await session.verifyPin(pin());
}

function isAboutThisSlot(error: unknown): boolean {
  if (error instanceof WrongPinError || error instanceof PinBlockedError) return false;
  return error instanceof CommandRefusedError || error instanceof MalformedAnswerError;
}
