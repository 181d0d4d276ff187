import type { SignedAction } from '../../flows/desk-event.ts';
import { statementMessage } from '../../protocol/statement.ts';
import { answerByCard, type CardSigning } from '../answer-by-card.ts';
import type { Refused } from '../card-visit.ts';
import { mapAnswer } from '../central-connection.ts';
import type { DeskClient } from './desk-client.ts';

/** What came of it. */
export type SignedStatement =
  | { readonly kind: 'signed'; readonly statementId: string }
  | { readonly kind: 'wrongPin'; readonly triesLeft: number }
  | Refused;

export interface StatementSigning extends CardSigning {
  readonly client: DeskClient;
  /** Whose card signs. */
  readonly signerCardId: string;
  readonly action: SignedAction;
}

/** An operator's card signs exactly this action; what may not be said is refused before its PIN is tried (ID-02, OP-02). @throws AbortError */
export async function signStatement(signing: StatementSigning): Promise<SignedStatement> {
  const { client, signerCardId, action, signal } = signing;
  const signed = await answerByCard(signing, {
    notTaken: 'ID-02-not-signed',
    ask: async () =>
      mapAnswer(await client.askStatement({ signerCardId, action }, signal), (asked) => {
        const { statementId, challenge, slots } = asked;
        return { id: statementId, slots, message: statementMessage(statementId, challenge, action) };
      }),
    answer: (id, answer) => client.answerStatement(id, answer, signal),
  });
  return signed.kind === 'answered' ? { kind: 'signed', statementId: signed.id } : signed;
}
