/** Whether an operator may give somebody a one-time code, or the number for a new card: when it is signed, and when it is done (OP-02, ID-03). */
import type { SEND_REFUSALS } from '../domain/desk-pages.ts';
import { holdCard } from './card-life/hold-card.ts';
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import { isAddress } from './mail/mail-settings.ts';
import { holdNumber } from './new-card/give-number.ts';
import { findSubject } from './operation/may-begin.ts';
import { RefusedError } from './refused.ts';
import type { PersonRow } from './repositories/people.ts';
import type { Actor } from './request/actor.ts';
import { holdRequest } from './request/find.ts';
import { demandForOther } from './statement/may-say.ts';

type SendRefusal = (typeof SEND_REFUSALS)[number];

/** What is known of a card or request for which something may be given out. */
interface Recipient {
  readonly holder: PersonRow;
  /** Of the card's chip. */
  readonly serial: string | null;
}

/**
 * For somebody in scope whose card can be rewritten, never for oneself. Holds the card.
 * @throws RefusedError `OP-02-own-card`, `OP-02-out-of-scope`, `ID-05-not-an-operator`, `ID-05-operator-disabled`; with a code of REFUSALS;
 * `OP-02-no-mail`, `OP-02-no-address`
 */
export async function demandMayGiveCode(
  central: Central,
  transaction: Database,
  actor: Actor,
  cardId: string,
  send: boolean,
): Promise<Recipient> {
  const { card, holder } = await holdCard(transaction, actor, cardId);
  demandForOther(actor, holder);
  await findSubject(central, transaction, actor.kiosk, cardId);
  if (send) demandAddress(central, holder);
  return { holder, serial: card.serial };
}

/**
 * The same for whoever collects a new card by this request. Holds both.
 * @throws RefusedError as `demandMayGiveCode`; `KR-01-no-such-request`, `KR-01-other-kind`, of `demandMove` while it cannot be collected, or any more
 */
export async function demandMayGiveNumber(
  central: Central,
  transaction: Database,
  actor: Actor,
  requestId: string,
  send: boolean,
): Promise<PersonRow> {
  const { owner } = await holdRequest(transaction, actor, requestId);
  demandForOther(actor, owner);
  await holdNumber(central, transaction, requestId);
  if (send) demandAddress(central, owner);
  return owner;
}

/** Why nothing can be sent to them; null: it can. */
export function refuseSend(
  { mail }: Pick<Central, 'mail'>,
  { mail: address }: Pick<PersonRow, 'mail'>,
): SendRefusal | null {
  if (mail === null) return 'OP-02-no-mail';
  return isAddress(address) ? null : 'OP-02-no-address';
}

const WHY: Readonly<Record<SendRefusal, string>> = {
  'OP-02-no-mail': 'this central sends no mail; tell the code instead',
  'OP-02-no-address': 'no mail address of theirs is known; tell the code instead',
};

function demandAddress(central: Central, holder: PersonRow): void {
  const refused = refuseSend(central, holder);
  if (refused) throw new RefusedError(409, refused, `send code: ${WHY[refused]}`);
}
