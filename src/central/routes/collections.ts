import { z } from 'zod';
import { operationPlan } from '../../protocol/operation.ts';
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
import { type App, answers, asking } from './contract.ts';

/** What waits for a cardholder at a kiosk, and its collection onto the card in the reader. */
export function collectionRoutes(app: App, central: Central): void {
  const waiting = { body: waitingRequest, response: answers(waitingResponse) };
  app.post('/waiting', { schema: waiting }, (request) => listWaiting(central, asking(request), request.body));

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
  const collect = { params, body: collectBody, response: answers(operationPlan) };
  app.post('/requests/:id/collect', { schema: collect }, (request) =>
    collectRequest(central, asking(request), request.params.id, request.body),
  );
}
