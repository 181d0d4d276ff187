import { type AnswerResponse, challengeMessage } from '../protocol/proof.ts';
import { answerByCard, type CardSigning } from './answer-by-card.ts';
import type { Refused } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';
import { mapAnswer } from './central-connection.ts';

/** What came of a proof. `open`: an operation of this card that is not finished. */
export type HolderProof =
  | { readonly kind: 'proved'; readonly proofId: string; readonly open: AnswerResponse['openOperation'] }
  | { readonly kind: 'wrongPin'; readonly triesLeft: number }
  | Refused;

export interface ProofRequest extends CardSigning {
  readonly client: CentralClient;
  readonly cardId: string;
}

/** The card proves its holder by a signature over central's challenge (ID-01). @throws AbortError */
export async function proveHolder(request: ProofRequest): Promise<HolderProof> {
  const { client, cardId, signal } = request;
  const proof = await answerByCard(request, {
    notTaken: 'ID-01-not-proved',
    ask: async () =>
      mapAnswer(await client.challenge(cardId, signal), ({ proofId, challenge, slots }) => ({
        ...{ id: proofId, slots, message: challengeMessage(proofId, challenge) },
      })),
    answer: (proofId, signed) => client.answer(proofId, signed, signal),
  });
  if (proof.kind !== 'answered') return proof;
  return { kind: 'proved', proofId: proof.id, open: proof.value.openOperation };
}
