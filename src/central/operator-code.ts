/** An operator gives somebody a one-time code, or the number for a new card: told once, or sent to its holder (ID-02, ID-03, OP-02). */
import type { GiveCodeRequest, GivenCode as GivenAnswer } from '../protocol/operator.ts';
import { holdCard } from './card-life/hold-card.ts';
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import { toInstant } from './instant.ts';
import { cardFact, type MailKind } from './mail/mail-kinds.ts';
import { isAddress } from './mail/mail-settings.ts';
import { tellCode } from './mail/tell.ts';
import { addNumberFor } from './new-card/give-number.ts';
import { addCodeFor, type GivenCode } from './one-time-code.ts';
import { findSubject } from './operation/may-begin.ts';
import { RefusedError } from './refused.ts';
import { recordAudit } from './repositories/audit.ts';
import type { PersonRow } from './repositories/people.ts';
import { type Actor, actorDetail } from './request/actor.ts';
import { holdRequest } from './request/find.ts';
import { onRecord } from './request/on-record.ts';
import { demandForOther } from './statement/may-say.ts';

/**
 * For somebody in scope whose card can be rewritten, never for oneself. An older code of that card dies by it.
 * @throws RefusedError `OP-02-own-card`, `OP-02-out-of-scope`, `ID-05-not-an-operator`, `ID-05-operator-disabled`; with a code of REFUSALS;
 * `OP-02-no-mail`, `OP-02-no-address`
 */
export function giveCodeTo(
  central: Central,
  actor: Actor,
  cardId: string,
  { kind, send }: GiveCodeRequest,
): Promise<GivenAnswer> {
  const attempt = { action: 'give code', cardId, kind };
  return onRecord(
    central,
    actor,
    attempt,
    async (transaction) => {
      const { card, holder } = await holdCard(transaction, actor, cardId);
      demandForOther(actor, holder);
      await findSubject(central, transaction, actor.kiosk, cardId);
      if (send) demandAddress(central, holder);
      const given = await addCodeFor(central, transaction, { cardId, kind, givenBy: actor.name });
      const facts = { ...cardFact(card.serial), ...by(actor) };
      return handOver(central, transaction, actor, { given, send, holder, mail: 'codeGiven', facts, cardId });
    },
    'code.refused',
  );
}

/**
 * The same for whoever collects a new card by this request.
 * @throws RefusedError as `giveCodeTo`; `KR-01-no-such-request`, `KR-01-other-kind`, of `demandMove` while it cannot be collected, or any more
 */
export function giveNumberTo(
  central: Central,
  actor: Actor,
  requestId: string,
  { kind, send }: GiveCodeRequest,
): Promise<GivenAnswer> {
  const attempt = { action: 'give number', request: requestId, kind };
  return onRecord(
    central,
    actor,
    attempt,
    async (transaction) => {
      const { owner: holder } = await holdRequest(transaction, actor, requestId);
      demandForOther(actor, holder);
      if (send) demandAddress(central, holder);
      const given = await addNumberFor(central, transaction, requestId, kind, actor.name);
      const facts = by(actor);
      return handOver(central, transaction, actor, {
        given,
        send,
        holder,
        mail: 'numberGiven',
        facts,
        requestId,
      });
    },
    'code.refused',
  );
}

interface HandOver {
  readonly given: GivenCode;
  readonly send: boolean;
  readonly holder: PersonRow;
  readonly mail: Extract<MailKind, 'codeGiven' | 'numberGiven'>;
  readonly facts: { readonly card?: string; readonly by: 'helpdesk' | 'administrator' };
  readonly cardId?: string;
  readonly requestId?: string;
}

/** The audit has who, where and how it was handed over, and never the code. */
async function handOver(
  central: Central,
  transaction: Database,
  actor: Actor,
  { given: { code, expiresAt }, send, holder, mail, facts, cardId, requestId }: HandOver,
): Promise<GivenAnswer> {
  const until = toInstant(expiresAt);
  if (send) {
    await tellCode(central, transaction, {
      ...{ personId: holder.id, kind: mail, code },
      facts: { ...facts, until, ...(actor.kiosk && { kiosk: actor.kiosk.name }) },
    });
    code.fill(0);
  }
  const detail = { owner: holder.id, isSent: send, expiresAt: until, ...actorDetail(actor) };
  const entry = { type: 'code.handedOver', actor: actor.name };
  await recordAudit(
    central,
    transaction,
    {
      ...entry,
      ...(cardId === undefined ? {} : { cardId }),
      detail: { ...detail, ...(requestId === undefined ? {} : { request: requestId }) },
    },
    central.now(),
  );
  return { code: send ? null : code, expiresAt: until, sentTo: send ? holder.mail : null };
}

function by({ standing }: Actor): { readonly by: 'helpdesk' | 'administrator' } {
  const isHelpdesk = standing.kind === 'operator' && standing.role === 'helpdesk';
  return { by: isHelpdesk ? 'helpdesk' : 'administrator' };
}

/** @throws RefusedError `OP-02-no-mail`, `OP-02-no-address` */
function demandAddress({ mail }: Pick<Central, 'mail'>, { mail: address }: PersonRow): void {
  const refuse = (code: string, why: string) => new RefusedError(409, code, `send code: ${why}`);
  if (mail === null) throw refuse('OP-02-no-mail', 'this central sends no mail; tell the code instead');
  if (!isAddress(address))
    throw refuse('OP-02-no-address', 'no mail address of theirs is known; tell the code instead');
}
