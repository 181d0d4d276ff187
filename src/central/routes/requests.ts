import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  newRequest,
  previewRequest as previewBody,
  queueQuery,
  queueResponse,
  recoverableResponse,
  rejectRequest as rejectBody,
  SESSION_HEADER,
  shownRequest,
  verdictRequest,
} from '../../protocol/operator.ts';
import { difference } from '../../protocol/request.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import type { Actor } from '../request/actor.ts';
import { approveRequest, cancelRequest, rejectRequest } from '../request/decide.ts';
import { describePerson } from '../request/describe-person.ts';
import { showFound } from '../request/describe-request.ts';
import { fileRequest } from '../request/file-request.ts';
import { listRequests } from '../request/list-requests.ts';
import { previewRequest } from '../request/preview-request.ts';
import { askingOperator, lookingOperator } from './asking-operator.ts';
import { type App, answers } from './contract.ts';

/** What an operator who has signed in at a kiosk does with requests (OP-02, KR-02 to KR-05). */
export function requestRoutes(app: App, central: Central): void {
  const operator = async (request: FastifyRequest): Promise<Actor> =>
    (await askingOperator(central, request)).actor;
  const params = z.object({ id });
  // Loose: whatever else there is stays. Optional: without one it is said who is missing.
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });

  const queue = { headers, querystring: queueQuery, response: answers(queueResponse) };
  app.get('/requests', { schema: queue }, async (request) => {
    const { ownerId = null, cardId = null, view, limit } = request.query;
    const wish = { view, state: null, ownerId, cardId, limit };
    return listRequests(central.database, await operator(request), wish);
  });
  const show = { headers, params, response: answers(shownRequest) };
  app.get('/requests/:id', { schema: show }, (request) =>
    lookingOperator(central, request, (actor) => showFound(central, actor, request.params.id)),
  );
  const make = { headers, body: newRequest, response: answers(shownRequest) };
  app.post('/requests', { schema: make }, async (request) => {
    const actor = await operator(request);
    return showFound(central, actor, (await fileRequest(central, actor, request.body)).id);
  });
  const preview = { headers, body: previewBody, response: answers(difference) };
  app.post('/requests/preview', { schema: preview }, async (request) => {
    const { entries, problem } = await previewRequest(central, await operator(request), request.body);
    return { entries: [...entries], problem };
  });

  const verdict = { headers, params, body: verdictRequest, response: answers(shownRequest) };
  app.post('/requests/:id/approve', { schema: verdict }, async (request) => {
    const actor = await operator(request);
    await approveRequest(central, actor, request.params.id, request.body.note);
    return showFound(central, actor, request.params.id);
  });
  app.post('/requests/:id/cancel', { schema: verdict }, async (request) => {
    const actor = await operator(request);
    await cancelRequest(central, actor, request.params.id, request.body.note);
    return showFound(central, actor, request.params.id);
  });
  const reject = { headers, params, body: rejectBody, response: answers(shownRequest) };
  app.post('/requests/:id/reject', { schema: reject }, async (request) => {
    const actor = await operator(request);
    await rejectRequest(central, actor, request.params.id, request.body.note);
    return showFound(central, actor, request.params.id);
  });

  const person = { headers, params, response: answers(recoverableResponse) };
  app.get('/people/:id/recoverable', { schema: person }, (request) =>
    lookingOperator(central, request, (actor) => describePerson(central, actor, request.params.id)),
  );
}
