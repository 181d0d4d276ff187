import type { GiveCodeRequest, GivenCode } from '../../../src/protocol/operator.ts';
import type { IssuedCard } from './central-world.ts';
import type { KioskCaller } from './kiosk-caller.ts';
import { signStatement } from './sign-statement.ts';

type Asked = Pick<GiveCodeRequest, 'kind' | 'send'>;

const how = ({ kind, send }: Asked) => ({ length: kind, handedOver: send ? 'mailed' : 'shown' }) as const;

/** An operator gives a one-time code, and their card signs it. @param kiosk where they are signed in @throws Refused */
export async function giveSignedCode(
  kiosk: KioskCaller,
  operator: IssuedCard,
  cardId: string,
  asked: Asked,
): Promise<GivenCode> {
  const statementId = await signStatement(kiosk, operator, { kind: 'giveCode', cardId, ...how(asked) });
  return kiosk.giveCode(cardId, { ...asked, statementId });
}

/** The same of the number for a new card. @throws Refused */
export async function giveSignedNumber(
  kiosk: KioskCaller,
  operator: IssuedCard,
  requestId: string,
  asked: Asked,
): Promise<GivenCode> {
  const statementId = await signStatement(kiosk, operator, { kind: 'giveNumber', requestId, ...how(asked) });
  return kiosk.giveNumber(requestId, { ...asked, statementId });
}
