import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  beginRequest,
  cardResponseRequest,
  cardResponseResponse,
  certificateRequest,
  certificateResponse,
  completeRequest,
  intentRequest,
  intentResponse,
  leaveOutRequest,
  leaveOutResponse,
  operationPlan,
  operationResult,
  outcomeRequest,
  previewRequest,
  previewResponse,
  sealedSecret,
  witnessRequest,
  witnessResponse,
} from '../../protocol/operation.ts';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import { id, slot } from '../../protocol/values.ts';
import { releaseKey } from '../archive/release-key.ts';
import type { Central } from '../central.ts';
import { beginOperation } from '../operation/begin.ts';
import { cancelOperation } from '../operation/cancel.ts';
import { issueForOperation } from '../operation/certificates.ts';
import { completeOperation } from '../operation/complete.ts';
import { leaveOut } from '../operation/leave-out.ts';
import { answerWitness, checkCardResponse } from '../operation/management-key.ts';
import { previewOperation } from '../operation/preview.ts';
import { decideSecret, intendSecret } from '../operation/secrets.ts';
import { askingOperator } from './asking-operator.ts';
import { type App, answers, asking, nothing } from './contract.ts';

/** One run of changing one card. Every step may be repeated. */
export function operationRoutes(app: App, central: Central): void {
  const step = <B extends z.ZodType, A extends z.ZodType>(body: B, answer: A) => ({
    schema: { params: z.object({ id }), body, response: answers(answer) },
  });

  /** An operator who is signed in rewrites cards for others (RP-10); without a session it is the holder. */
  const signedIn = async (request: FastifyRequest) =>
    request.headers[SESSION_HEADER] === undefined ? null : (await askingOperator(central, request)).actor;
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });
  const begin = { headers, body: beginRequest, response: answers(operationPlan) };
  app.post('/operations', { schema: begin }, async (request) =>
    beginOperation(central, asking(request), request.body, await signedIn(request)),
  );
  const preview = { headers, body: previewRequest, response: answers(previewResponse) };
  app.post('/operations/preview', { schema: preview }, async (request) =>
    previewOperation(central, asking(request), request.body, await signedIn(request)),
  );
  app.post('/operations/:id/witness', step(witnessRequest, witnessResponse), (request) =>
    answerWitness(central, asking(request), request.params.id, request.body),
  );
  app.post(
    '/operations/:id/card-response',
    step(cardResponseRequest, cardResponseResponse),
    async (request) => ({
      isAuthenticated: await checkCardResponse(central, asking(request), request.params.id, request.body),
    }),
  );
  app.post('/operations/:id/certificates', step(certificateRequest, certificateResponse), (request) =>
    issueForOperation(central, asking(request), request.params.id, request.body),
  );
  const release = { params: z.object({ id, slot }), response: answers(sealedSecret) };
  app.post('/operations/:id/keys/:slot', { schema: release }, (request) =>
    releaseKey(central, asking(request), request.params.id, request.params.slot),
  );
  app.post('/operations/:id/intents', step(intentRequest, intentResponse), (request) =>
    intendSecret(central, asking(request), request.params.id, request.body.secret),
  );
  app.post('/operations/:id/outcomes', step(outcomeRequest, nothing), async (request) => {
    await decideSecret(central, asking(request), request.params.id, request.body);
    return {};
  });
  app.post('/operations/:id/left-out', step(leaveOutRequest, leaveOutResponse), async (request) => ({
    securityObject: await leaveOut(central, asking(request), request.params.id, request.body.tags),
  }));
  app.post('/operations/:id/complete', step(completeRequest, operationResult), (request) =>
    completeOperation(central, asking(request), request.params.id, request.body),
  );
  const cancel = { params: z.object({ id }), response: answers(nothing) };
  app.post('/operations/:id/cancel', { schema: cancel }, async (request) => {
    await cancelOperation(central, asking(request), request.params.id);
    return {};
  });
}
