import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { kiosks } from '../../../db/central/schema.ts';
import type { Central } from '../../../src/central/central.ts';
import type { Identify } from '../../../src/central/identify.ts';
import type { App } from '../../../src/central/routes/contract.ts';
import * as ct from '../../../src/protocol/collection-token.ts';
import { type EmptyRequest, emptyRequest } from '../../../src/protocol/empty-card.ts';
import { eventsRequest, eventsResponse } from '../../../src/protocol/event.ts';
import * as nc from '../../../src/protocol/new-card.ts';
import * as op from '../../../src/protocol/operation.ts';
import {
  type GiveCodeRequest,
  giveCodeRequest,
  givenCode,
  SESSION_HEADER,
} from '../../../src/protocol/operator.ts';
import { type PinResetRequest, pinResetRequest } from '../../../src/protocol/pin-reset.ts';
import type { Problem } from '../../../src/protocol/problem.ts';
import * as proof from '../../../src/protocol/proof.ts';
import * as rq from '../../../src/protocol/request.ts';
import * as sc from '../../../src/protocol/soft-certificate.ts';
import * as st from '../../../src/protocol/statement.ts';
import { PROTOCOL_PATH } from '../../../src/protocol/version.ts';
import { readCopy } from './read-copy.ts';

/** The kiosk's word, which takes the place of its certificate: an app without a listener has no TLS. */
const NAME_HEADER = 'x-test-kiosk';

/** Believes what a `KioskCaller` says of itself. */
export function identifyByName(central: Central): Identify {
  return async ({ headers }) => {
    const name = headers[NAME_HEADER];
    if (typeof name !== 'string') return null;
    const rows = await central.database.select().from(kiosks).where(eq(kiosks.name, name));
    return rows[0] ?? null;
  };
}

/** Central said no. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly triesLeft: number | undefined;
  constructor(status: number, problem: Problem) {
    super(`${status} ${problem.code}: ${problem.message}`);
    this.status = status;
    this.code = problem.code;
    this.triesLeft = problem.triesLeft;
  }
}

/** A kiosk's side of the protocol, in process. Each method throws Refused. */
export class KioskCaller {
  readonly #app: App;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param name of the kiosk; `identifyByName` believes it */
  constructor(app: App, name: string, headers: Readonly<Record<string, string>> = {}) {
    this.#app = app;
    this.#headers = { [NAME_HEADER]: name, ...headers };
  }

  /** The same kiosk in one run of an operation. */
  inRun(recipientKey: Uint8Array): KioskCaller {
    const headers: Record<string, string> = { ...this.#headers, [op.RUN_HEADER]: op.runName(recipientKey) };
    return new KioskCaller(this.#app, this.#headers[NAME_HEADER]!, headers);
  }

  /** The same kiosk with an operator signed in. */
  signedIn(session: string): KioskCaller {
    return new KioskCaller(this.#app, this.#headers[NAME_HEADER]!, {
      ...this.#headers,
      [SESSION_HEADER]: session,
    });
  }

  async delete(path: string) {
    return this.#app.inject({
      method: 'DELETE',
      url: `${PROTOCOL_PATH}${path}`,
      headers: { ...this.#headers },
    });
  }

  async get(path: string, headers: Record<string, string> = {}) {
    const url = `${PROTOCOL_PATH}${path}`;
    return this.#app.inject({ method: 'GET', url, headers: { ...this.#headers, ...headers } });
  }

  /** All that it knows of its scope. */
  copy = () => readCopy(this);

  ask = (cardId: string) =>
    this.#post('/proofs', proof.challengeRequest, { cardId }, proof.challengeResponse);

  answer = (id: string, request: z.output<typeof proof.answerRequest>) =>
    this.#post(`/proofs/${id}/answer`, proof.answerRequest, request, proof.answerResponse);

  /** Types a one-time code. */
  typeCode = (cardId: string, code: string) =>
    this.#post(
      '/proofs/code',
      proof.codeRequest,
      { cardId, code: new TextEncoder().encode(code) },
      proof.codeResponse,
    );

  state = (request: st.StatementRequest) =>
    this.#post('/statements', st.statementRequest, request, st.statementResponse);

  answerStatement = (id: string, request: z.output<typeof proof.answerRequest>) =>
    this.#post(`/statements/${id}/answer`, proof.answerRequest, request, st.statementAnswerResponse);

  giveCode = (cardId: string, request: GiveCodeRequest) =>
    this.#post(`/cards/${cardId}/code`, giveCodeRequest, request, givenCode);

  giveNumber = (requestId: string, request: GiveCodeRequest) =>
    this.#post(`/requests/${requestId}/number`, giveCodeRequest, request, givenCode);

  proveByStatement = (request: nc.VouchedCardRequest) =>
    this.#post('/new-cards/vouched', nc.vouchedCardRequest, request, nc.newCardProofResponse);

  preview = (request: op.PreviewRequest) =>
    this.#post('/operations/preview', op.previewRequest, request, op.previewResponse);

  waiting = (request: rq.WaitingRequest) =>
    this.#post('/waiting', rq.waitingRequest, request, rq.waitingResponse);

  difference = (id: string, request: rq.DifferenceRequest) =>
    this.#post(`/requests/${id}/difference`, rq.differenceRequest, request, rq.difference);

  collect = (id: string, request: rq.CollectRequest) =>
    this.#post(`/requests/${id}/collect`, rq.collectRequest, request, op.operationPlan);

  /** @param session of an operator, where there is no proof */
  openSoft = (id: string, request: sc.SoftRequest, session?: string) =>
    this.#post(`/requests/${id}/soft`, sc.softRequest, request, sc.softResponse, session);

  /** @param session of an operator, where there is no proof */
  collectionToken = (
    id: string,
    proofId: string | null,
    session?: string,
    answer: Omit<ct.CollectionTokenRequest, 'proofId'> = {},
  ) =>
    this.#post(
      `/requests/${id}/collection-token`,
      ct.collectionTokenRequest,
      { proofId, ...answer },
      ct.collectionTokenResponse,
      session,
    );

  completeSoft = (id: string, request: sc.SoftSaved) =>
    this.#post(`/requests/${id}/soft/complete`, sc.softSaved, request, z.object({}));

  stopSoft = (id: string, request: sc.SoftStopped) =>
    this.#post(`/requests/${id}/soft/stopped`, sc.softStopped, request, z.object({}));

  proveByNumber = (request: nc.NewCardProofRequest) =>
    this.#post('/new-cards/proof', nc.newCardProofRequest, request, nc.newCardProofResponse);

  previewIssue = (id: string, request: nc.IssuePreviewRequest) =>
    this.#post(`/requests/${id}/issue/preview`, nc.issuePreviewRequest, request, nc.issuePreviewResponse);

  issue = (id: string, request: nc.IssueRequest) =>
    this.#post(`/requests/${id}/issue`, nc.issueRequest, request, op.operationPlan);

  empty = (cardId: string, request: EmptyRequest) =>
    this.#post(`/cards/${cardId}/empty`, emptyRequest, request, op.operationPlan);

  resetPin = (cardId: string, request: PinResetRequest) =>
    this.#post(`/cards/${cardId}/pin-reset`, pinResetRequest, request, op.operationPlan);

  begin = (request: op.BeginRequest) => this.#post('/operations', op.beginRequest, request, op.operationPlan);

  witness = (id: string, request: z.output<typeof op.witnessRequest>) =>
    this.#post(`/operations/${id}/witness`, op.witnessRequest, request, op.witnessResponse);

  cardResponse = (id: string, request: z.output<typeof op.cardResponseRequest>) =>
    this.#post(`/operations/${id}/card-response`, op.cardResponseRequest, request, op.cardResponseResponse);

  certificate = (id: string, request: z.output<typeof op.certificateRequest>) =>
    this.#post(`/operations/${id}/certificates`, op.certificateRequest, request, op.certificateResponse);

  releaseKey = (id: string, slot: string) =>
    this.#post(`/operations/${id}/keys/${slot}`, z.object({}), {}, op.sealedSecret);

  intend = (id: string, secret: 'pin' | 'puk' | 'managementKey') =>
    this.#post(`/operations/${id}/intents`, op.intentRequest, { secret }, op.intentResponse);

  outcome = (id: string, request: z.output<typeof op.outcomeRequest>) =>
    this.#post(`/operations/${id}/outcomes`, op.outcomeRequest, request, z.object({}));

  leaveOut = (id: string, tags: string[]) =>
    this.#post(`/operations/${id}/left-out`, op.leaveOutRequest, { tags }, op.leaveOutResponse);

  complete = (id: string, request: op.CompleteRequest) =>
    this.#post(`/operations/${id}/complete`, op.completeRequest, request, op.operationResult);

  cancel = (id: string) => this.#post(`/operations/${id}/cancel`, z.object({}), {}, z.object({}));

  events = (request: z.output<typeof eventsRequest>) =>
    this.#post('/events', eventsRequest, request, eventsResponse);

  /** Sends anything at all. */
  async raw(path: string, payload: string, more: Record<string, string> = {}) {
    const headers = { 'content-type': 'application/json', ...this.#headers, ...more };
    return this.#app.inject({ method: 'POST', url: `${PROTOCOL_PATH}${path}`, headers, payload });
  }

  async #post<A extends z.ZodType, B extends z.ZodType>(
    path: string,
    requestSchema: A,
    request: z.output<A>,
    responseSchema: B,
    session?: string,
  ): Promise<z.output<B>> {
    const headers: Record<string, string> = session === undefined ? {} : { [SESSION_HEADER]: session };
    const answer = await this.raw(path, JSON.stringify(z.encode(requestSchema, request)), headers);
    if (answer.statusCode !== 200) throw new Refused(answer.statusCode, answer.json());
    return z.decode(responseSchema, answer.json());
  }
}
