import type { DeskAct, RequestWish } from '../../flows/desk-event.ts';
import type { DeskOutcome } from '../../flows/desk-state.ts';
import type { ChangedCard, GiveCodeRequest, GivenCode, NewRequest } from '../../protocol/operator.ts';
import { type CentralAnswer, mapAnswer } from '../central-connection.ts';
import type { DeskClient } from './desk-client.ts';

/** One action of an operator by its route; central decides (OP-02). @throws AbortError */
export async function carryOut(
  client: DeskClient,
  act: DeskAct,
  signal: AbortSignal,
): Promise<CentralAnswer<DeskOutcome>> {
  switch (act.name) {
    case 'makeRequest':
      return mapAnswer(await client.makeRequest(newRequest(act.request), signal), ({ id, state }) => ({
        ...{ kind: 'requested', requestId: id, isToBeApproved: state === 'awaitingApproval' },
      }));
    case 'approve':
      return mapAnswer(await client.approve(act.requestId, signal), () => ({ kind: 'approved' }));
    case 'reject':
      return mapAnswer(await client.reject(act.requestId, act.note, signal), () => ({ kind: 'rejected' }));
    case 'cancelRequest': {
      const answer = await client.cancelRequest(act.requestId, act.note, signal);
      return mapAnswer(answer, () => ({ kind: 'cancelled' }));
    }
    case 'giveCode': {
      const answer = await client.giveCode(act.cardId, codeRequest(act), signal);
      return mapAnswer(answer, given);
    }
    case 'giveNumber': {
      const answer = await client.giveNumber(act.requestId, codeRequest(act), signal);
      return mapAnswer(answer, given);
    }
    case 'disable':
    case 'cancelCard': {
      const { reason, note, witnessId } = act;
      const verb = act.name === 'disable' ? 'disable' : 'cancel';
      const answer = await client.changeCard(act.cardId, verb, { reason, note, witnessId }, signal);
      return mapAnswer(answer, changed);
    }
    case 'enable': {
      const { note, witnessId } = act;
      return mapAnswer(await client.enableCard(act.cardId, { note, witnessId }, signal), changed);
    }
    case 'abandon': {
      const answer = await client.abandon(act.operationId, { note: act.note }, signal);
      return mapAnswer(answer, () => ({ kind: 'abandoned' }));
    }
    case 'leaveKiosk':
      return mapAnswer(await client.maintenance(signal), () => ({ kind: 'left' }));
  }
}

function newRequest(wish: RequestWish): NewRequest {
  switch (wish.kind) {
    case 'existingCard':
      return {
        ...{ ...wish, certificates: [...wish.certificates], without: [...wish.without] },
        confirmedRemovals: [...wish.confirmedRemovals],
      };
    case 'softCertificate':
    case 'newCard':
      return { ...wish, certificates: [...wish.certificates] };
    case 'cardUpdate':
      return wish;
  }
}

function codeRequest({
  code: kind,
  isSent: send,
  statementId,
}: Extract<DeskAct, { name: 'giveCode' | 'giveNumber' }>): GiveCodeRequest {
  return { kind, send, statementId };
}

/** Shown once: the bytes are wiped here, the text lives as long as the flow shows it. */
function given({ code, expiresAt, sentTo }: GivenCode): DeskOutcome {
  const digits = code === null ? null : new TextDecoder().decode(code);
  code?.fill(0);
  return { kind: 'given', given: { digits, sentTo, expiresAt } };
}

function changed({ revoked, held, released }: ChangedCard): DeskOutcome {
  return { kind: 'changed', revoked, held, released };
}
