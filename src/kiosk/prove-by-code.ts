import type { AnswerResponse } from '../protocol/proof.ts';
import { type CardVisit, CENTRAL_NOT_REACHED, type Refused, refuse } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';

/** What came of a code. `open`: an operation of this card that is not finished. */
export type CodeProof =
  | { readonly kind: 'proved'; readonly proofId: string; readonly open: AnswerResponse['openOperation'] }
  /** At least 1 is left. */
  | { readonly kind: 'wrongCode'; readonly triesLeft: number }
  | Refused;

export interface CodeProofRequest {
  readonly client: CentralClient;
  readonly visit: CardVisit;
  /** ASCII digits, as typed; wiped by the caller. */
  readonly code: Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * Central checks the one-time code of a holder whose card cannot prove them (ID-02, ID-03). The card is not asked.
 * @throws AbortError
 */
export async function proveByCode({ client, visit, code, signal }: CodeProofRequest): Promise<CodeProof> {
  const answer = await client.proveByCode({ cardId: visit.known.card.id, code }, signal);
  if (answer.kind === 'unreachable') return CENTRAL_NOT_REACHED;
  if (answer.kind === 'refused') {
    const { triesLeft } = answer;
    return triesLeft === undefined ? refuse(answer.code, true) : { kind: 'wrongCode', triesLeft };
  }
  const { proofId, openOperation } = answer.value;
  return { kind: 'proved', proofId, open: openOperation };
}
