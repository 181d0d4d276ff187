import { z } from 'zod';
import type { Slot } from '../domain/slot.ts';
import * as token from '../protocol/collection-token.ts';
import { lookupRequest, lookupResponse } from '../protocol/copy.ts';
import { type EmptyRequest, emptyRequest } from '../protocol/empty-card.ts';
import { eventsRequest, eventsResponse, type SignedEvent } from '../protocol/event.ts';
import * as newCard from '../protocol/new-card.ts';
import * as op from '../protocol/operation.ts';
import { SESSION_HEADER, sessionRequest, sessionResponse, shownRequest } from '../protocol/operator.ts';
import { type PinResetRequest, pinResetRequest } from '../protocol/pin-reset.ts';
import * as proof from '../protocol/proof.ts';
import * as req from '../protocol/request.ts';
import * as soft from '../protocol/soft-certificate.ts';
import { type CentralAddress, type CentralAnswer, CentralConnection } from './central-connection.ts';

/** An answer without content. */
const nothing = z.unknown();

/**
 * Central's routes as methods. Every answer is checked against the protocol before anybody sees it.
 * Each throws nothing but AbortError when its own signal ended the wait.
 */
export class CentralClient {
  readonly #address: CentralAddress;
  readonly #connection: CentralConnection;

  /** @param connection shared with another client of the same central */
  constructor(address: CentralAddress, connection = new CentralConnection(address)) {
    this.#address = address;
    this.#connection = connection;
  }

  /** Ends what is under way. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  /** The same central, asked for one run: it refuses what comes after the operation was taken up by another one. */
  inRun(recipientKey: Uint8Array): CentralClient {
    const headers = { [op.RUN_HEADER]: op.runName(recipientKey) };
    return new CentralClient(this.#address, this.#connection.withHeaders(this.#address, headers));
  }

  /** The same central, asked in an operator's session: it knows who helps (RP-10). */
  inSession(token: string): CentralClient {
    const headers = { [SESSION_HEADER]: token };
    return new CentralClient(this.#address, this.#connection.withHeaders(this.#address, headers));
  }

  lookup(request: z.output<typeof lookupRequest>, signal?: AbortSignal) {
    return this.#post('/cards/lookup', lookupRequest, request, lookupResponse, signal);
  }

  challenge(cardId: string, signal?: AbortSignal) {
    return this.#post('/proofs', proof.challengeRequest, { cardId }, proof.challengeResponse, signal);
  }

  answer(proofId: string, request: z.output<typeof proof.answerRequest>, signal?: AbortSignal) {
    const path = `/proofs/${proofId}/answer`;
    return this.#post(path, proof.answerRequest, request, proof.answerResponse, signal);
  }

  /** An operator signs in with the accepted proof of their own card (ID-05). */
  beginSession(proofId: string, signal?: AbortSignal) {
    return this.#post('/sessions', sessionRequest, { proofId }, sessionResponse, signal);
  }

  /** @param request its code is wiped by the caller */
  proveByCode(request: z.output<typeof proof.codeRequest>, signal?: AbortSignal) {
    return this.#post('/proofs/code', proof.codeRequest, request, proof.codeResponse, signal);
  }

  /** What waits for whoever has proved themselves. */
  waiting(request: req.WaitingRequest, signal?: AbortSignal) {
    return this.#post('/waiting', req.waitingRequest, request, req.waitingResponse, signal);
  }

  difference(requestId: string, request: req.DifferenceRequest, signal?: AbortSignal) {
    const path = `/requests/${requestId}/difference`;
    return this.#post(path, req.differenceRequest, request, req.difference, signal);
  }

  collect(requestId: string, request: req.CollectRequest, signal?: AbortSignal) {
    return this.#post(
      `/requests/${requestId}/collect`,
      req.collectRequest,
      request,
      op.operationPlan,
      signal,
    );
  }

  /** @param request its number is wiped by the caller */
  proveByNumber(request: newCard.NewCardProofRequest, signal?: AbortSignal) {
    const { newCardProofRequest, newCardProofResponse } = newCard;
    return this.#post('/new-cards/proof', newCardProofRequest, request, newCardProofResponse, signal);
  }

  /** An operator's statement in the place of the number. */
  proveVouched(request: newCard.VouchedCardRequest, signal?: AbortSignal) {
    const { vouchedCardRequest, newCardProofResponse } = newCard;
    return this.#post('/new-cards/vouched', vouchedCardRequest, request, newCardProofResponse, signal);
  }

  previewIssue(requestId: string, request: newCard.IssuePreviewRequest, signal?: AbortSignal) {
    const { issuePreviewRequest, issuePreviewResponse } = newCard;
    const path = `/requests/${requestId}/issue/preview`;
    return this.#post(path, issuePreviewRequest, request, issuePreviewResponse, signal);
  }

  issue(requestId: string, request: newCard.IssueRequest, signal?: AbortSignal) {
    const path = `/requests/${requestId}/issue`;
    return this.#post(path, newCard.issueRequest, request, op.operationPlan, signal);
  }

  /** Opens the operation that makes a cancelled card blank, or takes it up again. */
  empty(cardId: string, request: EmptyRequest, signal?: AbortSignal) {
    return this.#post(`/cards/${cardId}/empty`, emptyRequest, request, op.operationPlan, signal);
  }

  /** Opens the operation that sets a new PIN and nothing else, or takes it up again. */
  resetPin(cardId: string, request: PinResetRequest, signal?: AbortSignal) {
    return this.#post(`/cards/${cardId}/pin-reset`, pinResetRequest, request, op.operationPlan, signal);
  }

  /** In an operator's session. */
  async shownRequest(requestId: string, signal?: AbortSignal) {
    const path = `/requests/${requestId}`;
    const answer = await this.#connection.ask({ method: 'GET', path, response: shownRequest, signal });
    if (answer.kind !== 'ok') return answer;
    if (answer.value === null) return { kind: 'unreachable', why: `${path}: status 304` } as const;
    return { kind: 'ok', value: answer.value.body } as const;
  }

  /** The keys of a soft certificate, sealed to this run. */
  openSoft(requestId: string, request: soft.SoftRequest, signal?: AbortSignal) {
    return this.#post(`/requests/${requestId}/soft`, soft.softRequest, request, soft.softResponse, signal);
  }

  /** What collects a request on its owner's own machine. */
  collectionToken(requestId: string, request: token.CollectionTokenRequest, signal?: AbortSignal) {
    const { collectionTokenRequest, collectionTokenResponse } = token;
    const path = `/requests/${requestId}/collection-token`;
    return this.#post(path, collectionTokenRequest, request, collectionTokenResponse, signal);
  }

  completeSoft(requestId: string, request: soft.SoftSaved, signal?: AbortSignal) {
    return this.#post(`/requests/${requestId}/soft/complete`, soft.softSaved, request, nothing, signal);
  }

  stopSoft(requestId: string, request: soft.SoftStopped, signal?: AbortSignal) {
    return this.#post(`/requests/${requestId}/soft/stopped`, soft.softStopped, request, nothing, signal);
  }

  preview(request: op.PreviewRequest, signal?: AbortSignal) {
    return this.#post('/operations/preview', op.previewRequest, request, op.previewResponse, signal);
  }

  begin(request: op.BeginRequest, signal?: AbortSignal) {
    return this.#post('/operations', op.beginRequest, request, op.operationPlan, signal);
  }

  witness(operationId: string, request: z.output<typeof op.witnessRequest>, signal?: AbortSignal) {
    const path = `/operations/${operationId}/witness`;
    return this.#post(path, op.witnessRequest, request, op.witnessResponse, signal);
  }

  cardResponse(operationId: string, request: z.output<typeof op.cardResponseRequest>, signal?: AbortSignal) {
    const path = `/operations/${operationId}/card-response`;
    return this.#post(path, op.cardResponseRequest, request, op.cardResponseResponse, signal);
  }

  certificate(operationId: string, request: z.output<typeof op.certificateRequest>, signal?: AbortSignal) {
    const path = `/operations/${operationId}/certificates`;
    return this.#post(path, op.certificateRequest, request, op.certificateResponse, signal);
  }

  /** An archived key, sealed to this run. */
  releaseKey(operationId: string, slot: Slot, signal?: AbortSignal) {
    const path = `/operations/${operationId}/keys/${slot}`;
    return this.#post(path, z.object({}), {}, op.sealedSecret, signal);
  }

  intent(operationId: string, request: z.output<typeof op.intentRequest>, signal?: AbortSignal) {
    const path = `/operations/${operationId}/intents`;
    return this.#post(path, op.intentRequest, request, op.intentResponse, signal);
  }

  outcome(operationId: string, request: z.output<typeof op.outcomeRequest>, signal?: AbortSignal) {
    return this.#post(`/operations/${operationId}/outcomes`, op.outcomeRequest, request, nothing, signal);
  }

  leaveOut(operationId: string, request: z.output<typeof op.leaveOutRequest>, signal?: AbortSignal) {
    const path = `/operations/${operationId}/left-out`;
    return this.#post(path, op.leaveOutRequest, request, op.leaveOutResponse, signal);
  }

  complete(operationId: string, request: op.CompleteRequest, signal?: AbortSignal) {
    const path = `/operations/${operationId}/complete`;
    return this.#post(path, op.completeRequest, request, op.operationResult, signal);
  }

  cancel(operationId: string, signal?: AbortSignal) {
    return this.#post(`/operations/${operationId}/cancel`, z.object({}), {}, nothing, signal);
  }

  /** @param events none: only asks how far central has this chain */
  events(chain: string, events: readonly SignedEvent[], signal?: AbortSignal) {
    return this.#post('/events', eventsRequest, { chain, events: [...events] }, eventsResponse, signal);
  }

  async #post<Request extends z.ZodType, Response extends z.ZodType>(
    path: string,
    requestSchema: Request,
    request: z.output<Request>,
    response: Response,
    signal: AbortSignal | undefined,
  ): Promise<CentralAnswer<z.output<Response>>> {
    const body = z.encode(requestSchema, request);
    const answer = await this.#connection.ask({ method: 'POST', path, body, response, signal });
    if (answer.kind !== 'ok') return answer;
    if (answer.value === null) return { kind: 'unreachable', why: `${path}: status 304` };
    return { kind: 'ok', value: answer.value.body };
  }
}
