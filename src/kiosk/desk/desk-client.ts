import { z } from 'zod';
import * as desk from '../../protocol/desk.ts';
import * as newCard from '../../protocol/new-card.ts';
import * as operator from '../../protocol/operator.ts';
import { answerRequest } from '../../protocol/proof.ts';
import { difference } from '../../protocol/request.ts';
import * as statement from '../../protocol/statement.ts';
import type { CentralAddress, CentralAnswer, CentralConnection } from '../central-connection.ts';

/** An answer without content. */
const nothing = z.unknown();

interface Sent<Body extends z.ZodType> {
  readonly schema: Body;
  readonly body: z.output<Body>;
}

/**
 * What an operator asks central, in their session: the token is in a header, and nowhere else (ID-05). Every answer is checked against the
 * protocol before anybody sees it. Each throws nothing but AbortError when its own signal ended the wait.
 */
export class DeskClient {
  readonly #connection: CentralConnection;

  /** @param connection the kiosk's own to central */
  constructor(address: CentralAddress, connection: CentralConnection, token: string) {
    this.#connection = connection.withHeaders(address, { [operator.SESSION_HEADER]: token });
  }

  signOut(signal?: AbortSignal) {
    return this.#ask('DELETE', '/sessions/current', nothing, signal);
  }

  person(id: string, signal: AbortSignal) {
    return this.#ask('GET', `/desk/people/${id}`, desk.personPage, signal);
  }

  photo(personId: string, signal: AbortSignal) {
    return this.#ask('GET', `/desk/people/${personId}/photo`, desk.personPhoto, signal);
  }

  card(id: string, signal: AbortSignal) {
    return this.#ask('GET', `/desk/cards/${id}`, desk.cardPage, signal);
  }

  operations(signal: AbortSignal) {
    return this.#ask('GET', '/desk/operations', desk.operationsPage, signal);
  }

  abandon(id: string, body: z.output<typeof desk.abandonRequest>, signal: AbortSignal) {
    const sent = { schema: desk.abandonRequest, body };
    return this.#post(`/desk/operations/${id}/abandon`, sent, nothing, signal);
  }

  /** Whether the kiosk may end for maintenance: it is on record then. */
  maintenance(signal: AbortSignal) {
    return this.#post('/desk/maintenance', { schema: desk.maintenanceRequest, body: {} }, nothing, signal);
  }

  /** @param before `next` of the page before; null: the newest */
  audit(before: number | null, signal: AbortSignal) {
    const path = before === null ? '/desk/audit' : `/desk/audit?before=${before}`;
    return this.#ask('GET', path, desk.auditPage, signal);
  }

  requests(view: operator.QueueView, signal: AbortSignal) {
    const path = `/requests?view=${view}&limit=${operator.LONGEST_QUEUE}`;
    return this.#ask('GET', path, operator.queueResponse, signal);
  }

  request(id: string, signal: AbortSignal) {
    return this.#ask('GET', `/requests/${id}`, operator.shownRequest, signal);
  }

  makeRequest(body: z.output<typeof operator.newRequest>, signal: AbortSignal) {
    const sent = { schema: operator.newRequest, body };
    return this.#post('/requests', sent, operator.shownRequest, signal);
  }

  approve(id: string, signal: AbortSignal) {
    return this.#verdict(id, 'approve', null, signal);
  }

  cancelRequest(id: string, note: string | null, signal: AbortSignal) {
    return this.#verdict(id, 'cancel', note, signal);
  }

  reject(id: string, note: string, signal: AbortSignal) {
    const sent = { schema: operator.rejectRequest, body: { note } };
    return this.#post(`/requests/${id}/reject`, sent, operator.shownRequest, signal);
  }

  recoverable(personId: string, signal: AbortSignal) {
    return this.#ask('GET', `/people/${personId}/recoverable`, operator.recoverableResponse, signal);
  }

  changeCard(
    id: string,
    verb: 'cancel' | 'disable',
    body: z.output<typeof operator.changeCardRequest>,
    signal: AbortSignal,
  ) {
    const sent = { schema: operator.changeCardRequest, body };
    return this.#post(`/cards/${id}/${verb}`, sent, operator.changedCard, signal);
  }

  enableCard(id: string, body: z.output<typeof operator.enableCardRequest>, signal: AbortSignal) {
    const sent = { schema: operator.enableCardRequest, body };
    return this.#post(`/cards/${id}/enable`, sent, operator.changedCard, signal);
  }

  askStatement(body: statement.StatementRequest, signal: AbortSignal) {
    const sent = { schema: statement.statementRequest, body };
    return this.#post('/statements', sent, statement.statementResponse, signal);
  }

  answerStatement(id: string, body: z.output<typeof answerRequest>, signal: AbortSignal) {
    const sent = { schema: answerRequest, body };
    return this.#post(`/statements/${id}/answer`, sent, statement.statementAnswerResponse, signal);
  }

  /** What a new card that was vouched for will be. */
  vouched(body: z.output<typeof newCard.vouchedCardRequest>, signal: AbortSignal) {
    const sent = { schema: newCard.vouchedCardRequest, body };
    return this.#post('/new-cards/vouched', sent, newCard.newCardProofResponse, signal);
  }

  giveCode(cardId: string, body: operator.GiveCodeRequest, signal: AbortSignal) {
    const sent = { schema: operator.giveCodeRequest, body };
    return this.#post(`/cards/${cardId}/code`, sent, operator.givenCode, signal);
  }

  giveNumber(requestId: string, body: operator.GiveCodeRequest, signal: AbortSignal) {
    const sent = { schema: operator.giveCodeRequest, body };
    return this.#post(`/requests/${requestId}/number`, sent, operator.givenCode, signal);
  }

  /** What a request for this card would do to it; nothing is made. */
  compare(body: z.output<typeof operator.previewRequest>, signal: AbortSignal) {
    const sent = { schema: operator.previewRequest, body };
    return this.#post('/requests/preview', sent, difference, signal);
  }

  #verdict(id: string, verb: 'approve' | 'cancel', note: string | null, signal: AbortSignal) {
    const sent = { schema: operator.verdictRequest, body: { note } };
    return this.#post(`/requests/${id}/${verb}`, sent, operator.shownRequest, signal);
  }

  #post<Body extends z.ZodType, Response extends z.ZodType>(
    path: string,
    { schema, body }: Sent<Body>,
    response: Response,
    signal: AbortSignal,
  ) {
    return this.#ask('POST', path, response, signal, z.encode(schema, body));
  }

  async #ask<Response extends z.ZodType>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    response: Response,
    signal: AbortSignal | undefined,
    body?: unknown,
  ): Promise<CentralAnswer<z.output<Response>>> {
    const answer = await this.#connection.ask({ method, path, body, response, signal });
    if (answer.kind !== 'ok') return answer;
    if (answer.value === null) return { kind: 'unreachable', why: `${path}: status 304` };
    return { kind: 'ok', value: answer.value.body };
  }
}
