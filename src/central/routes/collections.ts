import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { operationPlan } from '../../protocol/operation.ts';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import {
  collectRequest as collectBody,
  difference,
  differenceRequest,
  waitingRequest,
  waitingResponse,
} from '../../protocol/request.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { collectRequest } from '../collection/collect.ts';
import { listWaiting, previewCollection } from '../collection/waiting.ts';
import { askingOperator } from './asking-operator.ts';
import { type App, answers, asking } from './contract.ts';

/** What waits for a cardholder at a kiosk, and its collection onto the card in the reader. */
export function collectionRoutes(app: App, central: Central): void {
  /** An operator who is signed in collects for others, whose PIN they enter themselves (KR-02); without a session it is the owner. */
  const signedIn = async (request: FastifyRequest) =>
    request.headers[SESSION_HEADER] === undefined ? null : (await askingOperator(central, request)).actor;
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });
  const waiting = { headers, body: waitingRequest, response: answers(waitingResponse) };
  app.post('/waiting', { schema: waiting }, async (request) =>
    listWaiting(central, asking(request), request.body, await signedIn(request)),
  );

  const params = z.object({ id });
  const preview = { params, body: differenceRequest, response: answers(difference) };
  app.post('/requests/:id/difference', { schema: preview }, async (request) => {
    const { entries, problem } = await previewCollection(
      central,
      asking(request),
      request.params.id,
      request.body,
    );
    return { entries: [...entries], problem };
  });
  const collect = { headers, params, body: collectBody, response: answers(operationPlan) };
  app.post('/requests/:id/collect', { schema: collect }, async (request) =>
    collectRequest(central, asking(request), request.params.id, request.body, await signedIn(request)),
  );
}
