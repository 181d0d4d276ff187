import type { StatementAction } from '../../../src/domain/statement.ts';
import { statementMessage } from '../../../src/protocol/statement.ts';
import type { IssuedCard } from './central-world.ts';
import type { KioskCaller } from './kiosk-caller.ts';

/** Has somebody's card sign what they say. @param kiosk with the operator signed in @returns the statement's id */
export async function signStatement(
  kiosk: KioskCaller,
  { card, soft }: IssuedCard,
  action: StatementAction,
): Promise<string> {
  const { statementId, challenge } = await kiosk.state({ signerCardId: card.id, action });
  const signature = soft.sign('9A', statementMessage(statementId, challenge, action));
  await kiosk.answerStatement(statementId, { slot: '9A', signature });
  return statementId;
}
