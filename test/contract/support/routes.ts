import { z } from 'zod';
import * as token from '../../../src/protocol/collection-token.ts';
import * as copy from '../../../src/protocol/copy.ts';
import * as desk from '../../../src/protocol/desk.ts';
import { emptyRequest } from '../../../src/protocol/empty-card.ts';
import * as enrolment from '../../../src/protocol/enrolment.ts';
import * as event from '../../../src/protocol/event.ts';
import * as log from '../../../src/protocol/log.ts';
import * as newCard from '../../../src/protocol/new-card.ts';
import * as op from '../../../src/protocol/operation.ts';
import * as operator from '../../../src/protocol/operator.ts';
import { pinResetRequest } from '../../../src/protocol/pin-reset.ts';
import { problem } from '../../../src/protocol/problem.ts';
import * as proof from '../../../src/protocol/proof.ts';
import * as waiting from '../../../src/protocol/request.ts';
import * as soft from '../../../src/protocol/soft-certificate.ts';
import * as statement from '../../../src/protocol/statement.ts';

/** What a kiosk asks and what it reads. Null: nothing, or no JSON. */
export interface Route {
  readonly request: z.ZodType | null;
  readonly answer: z.ZodType | null;
}

const nothing = z.unknown();
const route = (request: z.ZodType | null, answer: z.ZodType | null): Route => ({ request, answer });

/** Everything that a kiosk of this program asks of central, below the path of the protocol. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'POST /kiosks/enrol': route(enrolment.enrolRequest, enrolment.enrolmentResponse),
  'POST /kiosks/renew': route(enrolment.renewRequest, enrolment.enrolmentResponse),
  'POST /kiosks/confirm': route(enrolment.confirmRequest, enrolment.confirmRequest),
  'GET /scopes/:id/snapshot': route(null, log.snapshot),
  'GET /snapshots/:id': route(null, null),
  'GET /scopes/:id/log': route(null, log.logBatch),
  'POST /cards/lookup': route(copy.lookupRequest, copy.lookupResponse),
  'POST /proofs': route(proof.challengeRequest, proof.challengeResponse),
  'POST /proofs/:id/answer': route(proof.answerRequest, proof.answerResponse),
  'POST /proofs/code': route(proof.codeRequest, proof.codeResponse),
  'POST /new-cards/proof': route(newCard.newCardProofRequest, newCard.newCardProofResponse),
  'POST /requests/:id/issue/preview': route(newCard.issuePreviewRequest, newCard.issuePreviewResponse),
  'POST /requests/:id/issue': route(newCard.issueRequest, op.operationPlan),
  'POST /cards/:id/empty': route(emptyRequest, op.operationPlan),
  'POST /cards/:id/pin-reset': route(pinResetRequest, op.operationPlan),
  'POST /operations/preview': route(op.previewRequest, op.previewResponse),
  'POST /operations': route(op.beginRequest, op.operationPlan),
  'POST /operations/:id/witness': route(op.witnessRequest, op.witnessResponse),
  'POST /operations/:id/card-response': route(op.cardResponseRequest, op.cardResponseResponse),
  'POST /operations/:id/certificates': route(op.certificateRequest, op.certificateResponse),
  'POST /operations/:id/keys/:slot': route(z.object({}), op.sealedSecret),
  'POST /operations/:id/intents': route(op.intentRequest, op.intentResponse),
  'POST /operations/:id/outcomes': route(op.outcomeRequest, nothing),
  'POST /operations/:id/left-out': route(op.leaveOutRequest, op.leaveOutResponse),
  'POST /operations/:id/complete': route(op.completeRequest, op.operationResult),
  'POST /operations/:id/cancel': route(z.object({}), nothing),
  'POST /events': route(event.eventsRequest, event.eventsResponse),
  'POST /sessions': route(operator.sessionRequest, operator.sessionResponse),
  'DELETE /sessions/current': route(null, nothing),
  'GET /requests': route(null, operator.queueResponse),
  'GET /requests/:id': route(null, operator.shownRequest),
  'POST /requests': route(operator.newRequest, operator.shownRequest),
  'POST /requests/:id/approve': route(operator.verdictRequest, operator.shownRequest),
  'POST /requests/:id/reject': route(operator.rejectRequest, operator.shownRequest),
  'POST /requests/:id/cancel': route(operator.verdictRequest, operator.shownRequest),
  'POST /waiting': route(waiting.waitingRequest, waiting.waitingResponse),
  'POST /requests/:id/difference': route(waiting.differenceRequest, waiting.difference),
  'POST /requests/:id/collect': route(waiting.collectRequest, op.operationPlan),
  'POST /requests/:id/soft': route(soft.softRequest, soft.softResponse),
  'POST /requests/:id/collection-token': route(token.collectionTokenRequest, token.collectionTokenResponse),
  'POST /collections/open': route(token.collectionOpenRequest, token.collectionOpenResponse),
  'POST /collections/complete': route(token.collectionCompleteRequest, nothing),
  'POST /collections/stopped': route(token.collectionStoppedRequest, nothing),
  'POST /requests/:id/soft/complete': route(soft.softSaved, nothing),
  'POST /requests/:id/soft/stopped': route(soft.softStopped, nothing),
  'GET /cards/:id/life': route(null, operator.cardLife),
  'POST /cards/:id/cancel': route(operator.changeCardRequest, operator.changedCard),
  'POST /cards/:id/disable': route(operator.changeCardRequest, operator.changedCard),
  'POST /cards/:id/enable': route(operator.enableCardRequest, operator.changedCard),
  'GET /people/:id/recoverable': route(null, operator.recoverableResponse),
  'POST /requests/preview': route(operator.previewRequest, waiting.difference),
  'POST /cards/:id/code': route(operator.giveCodeRequest, operator.givenCode),
  'POST /requests/:id/number': route(operator.giveCodeRequest, operator.givenCode),
  'POST /new-cards/vouched': route(newCard.vouchedCardRequest, newCard.newCardProofResponse),
  'POST /statements': route(statement.statementRequest, statement.statementResponse),
  'POST /statements/:id/answer': route(proof.answerRequest, statement.statementAnswerResponse),
  'GET /desk/people/:id': route(null, desk.personPage),
  'GET /desk/people/:id/photo': route(null, desk.personPhoto),
  'GET /desk/cards/:id': route(null, desk.cardPage),
  'GET /desk/operations': route(null, desk.operationsPage),
  'POST /desk/operations/:id/abandon': route(desk.abandonRequest, nothing),
  'POST /desk/maintenance': route(desk.maintenanceRequest, nothing),
  'GET /desk/audit': route(null, desk.auditPage),
};

/** Rows of the log and refusals: in answers, but no route's own. */
const PARTS: Readonly<Record<string, z.ZodType>> = {
  problem,
  ...Object.fromEntries(Object.entries(copy.copyRows).map(([kind, row]) => [`row of the log: ${kind}`, row])),
};

const HEX = '[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|mine';

/** The route of a request as it was sent. */
export function routeOf(method: string, path: string): string {
  const bare = path
    .replace(/^\/v[0-9]+/, '')
    .replace(/\?.*/, '')
    .replace(/\/keys\/[^/]+$/, '/keys/:slot');
  return `${method} ${bare.replace(new RegExp(`/(${HEX})(?=/|$)`), '/:id')}`;
}

/** JSON Schema of what goes over the line. */
export type WireSchema = z.core.JSONSchema.JSONSchema;
/** What kiosks send, and what they can read. */
export interface WireSchemas {
  readonly requests: Readonly<Record<string, WireSchema>>;
  readonly answers: Readonly<Record<string, WireSchema>>;
}

/** The protocol as this program has it. */
export function schemasNow(): WireSchemas {
  const of = (side: keyof Route) =>
    Object.entries(ROUTES).flatMap(([name, { [side]: schema }]) => (schema ? [[name, wire(schema)]] : []));
  const parts = Object.entries(PARTS).map(([name, schema]) => [name, wire(schema)]);
  return {
    requests: Object.fromEntries(of('request')),
    answers: Object.fromEntries([...of('answer'), ...parts]),
  };
}

function wire(schema: z.ZodType): WireSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return JSON.parse(JSON.stringify(rest)) as WireSchema;
}
