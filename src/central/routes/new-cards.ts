import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  issuePreviewRequest,
  issuePreviewResponse,
  issueRequest,
  newCardProofRequest,
  newCardProofResponse,
  vouchedCardRequest,
} from '../../protocol/new-card.ts';
import { operationPlan } from '../../protocol/operation.ts';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { issueCard } from '../new-card/issue-card.ts';
import { previewIssue } from '../new-card/preview-issue.ts';
import { proveByNumber } from '../new-card/prove-by-number.ts';
import { proveByStatement } from '../new-card/prove-by-statement.ts';
import { WrongNumbers } from '../new-card/wrong-numbers.ts';
import { askingOperator } from './asking-operator.ts';
import { type App, answers, asking } from './contract.ts';

/** ID-02, KR-01: the number for a new card, what comes onto it, and its operation. */
export function newCardRoutes(app: App, central: Central): void {
  const wrong = new WrongNumbers(central.now);
  /** An operator who is signed in collects for others (KR-02); without a session it is the owner. */
  const collector = async (request: FastifyRequest) => {
    const isOperator = request.headers[SESSION_HEADER] !== undefined;
    const actor = isOperator ? (await askingOperator(central, request)).actor : null;
    return { kiosk: asking(request), actor };
  };
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });

  const prove = { headers, body: newCardProofRequest, response: answers(newCardProofResponse) };
  app.post('/new-cards/proof', { schema: prove }, async (request) =>
    proveByNumber(central, wrong, { ...request.body, ...(await collector(request)) }),
  );
  const vouch = { headers, body: vouchedCardRequest, response: answers(newCardProofResponse) };
  app.post('/new-cards/vouched', { schema: vouch }, (request) =>
    proveByStatement(central, asking(request), request.headers[SESSION_HEADER], request.body),
  );
  const params = z.object({ id });
  const preview = { headers, params, body: issuePreviewRequest, response: answers(issuePreviewResponse) };
  app.post('/requests/:id/issue/preview', { schema: preview }, async (request) =>
    previewIssue(central, await collector(request), request.params.id, request.body),
  );
  const issue = { headers, params, body: issueRequest, response: answers(operationPlan) };
  app.post('/requests/:id/issue', { schema: issue }, async (request) =>
    issueCard(central, await collector(request), request.params.id, request.body),
  );
}
