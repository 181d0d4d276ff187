/** An operator gives somebody a one-time code, or the number for a new card: told once, or sent to its holder (ID-02, ID-03, OP-02). */
import type { GivenHow } from '../domain/statement.ts';
import type { GiveCodeRequest, GivenCode as GivenAnswer } from '../protocol/operator.ts';
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import { toInstant } from './instant.ts';
import { cardFact, type MailKind } from './mail/mail-kinds.ts';
import { tellCode } from './mail/tell.ts';
import { demandMayGiveCode, demandMayGiveNumber } from './may-give-code.ts';
import { addNumberFor } from './new-card/give-number.ts';
import { addCodeFor, type GivenCode } from './one-time-code.ts';
import { recordAudit } from './repositories/audit.ts';
import type { PersonRow } from './repositories/people.ts';
import { type Actor, actorDetail } from './request/actor.ts';
import { onRecord } from './request/on-record.ts';
import type { OperatorOfSession } from './session/find-operator.ts';
import { demandSigned } from './statement/demand-signed.ts';

/**
 * What they may give by `demandMayGiveCode`, and have signed. An older code of that card dies by it.
 * @throws RefusedError of `demandMayGiveCode`, `demandSigned`
 */
export function giveCodeTo(
  central: Central,
  operator: OperatorOfSession,
  cardId: string,
  { kind, send, statementId }: GiveCodeRequest,
): Promise<GivenAnswer> {
  const { actor } = operator;
  const attempt = { action: 'give code', cardId, kind };
  return onRecord(
    central,
    actor,
    attempt,
    async (transaction) => {
      const { holder, serial } = await demandMayGiveCode(central, transaction, actor, cardId, send);
      const action = { kind: 'giveCode', cardId, ...how(kind, send) } as const;
      await demandSigned(central, transaction, operator, action, statementId);
      const given = await addCodeFor(central, transaction, { cardId, kind, givenBy: actor.name });
      const facts = { ...cardFact(serial), ...by(actor) };
      return handOver(central, transaction, actor, {
        ...{ given, send, holder, mail: 'codeGiven', facts, cardId, statementId },
      });
    },
    'code.refused',
  );
}

/**
 * The same for whoever collects a new card by this request.
 * @throws RefusedError of `demandMayGiveNumber`, `demandSigned`
 */
export function giveNumberTo(
  central: Central,
  operator: OperatorOfSession,
  requestId: string,
  { kind, send, statementId }: GiveCodeRequest,
): Promise<GivenAnswer> {
  const { actor } = operator;
  const attempt = { action: 'give number', request: requestId, kind };
  return onRecord(
    central,
    actor,
    attempt,
    async (transaction) => {
      const holder = await demandMayGiveNumber(central, transaction, actor, requestId, send);
      const action = { kind: 'giveNumber', requestId, ...how(kind, send) } as const;
      await demandSigned(central, transaction, operator, action, statementId);
      const given = await addNumberFor(central, transaction, requestId, kind, actor.name);
      const facts = by(actor);
      return handOver(central, transaction, actor, {
        ...{ given, send, holder, mail: 'numberGiven', facts, requestId, statementId },
      });
    },
    'code.refused',
  );
}

/** In the words that the operator signs. */
function how(length: GivenHow['length'], send: boolean): GivenHow {
  return { length, handedOver: send ? 'mailed' : 'shown' };
}

interface HandOver {
  readonly given: GivenCode;
  readonly send: boolean;
  readonly holder: PersonRow;
  readonly mail: Extract<MailKind, 'codeGiven' | 'numberGiven'>;
  readonly facts: { readonly card?: string; readonly by: 'helpdesk' | 'administrator' };
  readonly cardId?: string;
  readonly requestId?: string;
  readonly statementId: string | null;
}

/** The audit has who, where and how it was handed over, and never the code. */
async function handOver(
  central: Central,
  transaction: Database,
  actor: Actor,
  { given: { code, expiresAt }, send, holder, mail, facts, cardId, requestId, statementId }: HandOver,
): Promise<GivenAnswer> {
  const until = toInstant(expiresAt);
  if (send) {
    await tellCode(central, transaction, {
      ...{ personId: holder.id, kind: mail, code },
      facts: { ...facts, until, ...(actor.kiosk && { kiosk: actor.kiosk.name }) },
    });
    code.fill(0);
  }
  const detail = {
    owner: holder.id,
    isSent: send,
    statement: statementId,
    expiresAt: until,
    ...actorDetail(actor),
  };
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
