import { z } from 'zod';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import {
  answerRequest,
  answerResponse,
  challengeRequest,
  challengeResponse,
  codeRequest,
  codeResponse,
} from '../../protocol/proof.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { checkCode } from '../code-proof.ts';
import { askHolder, checkHolder } from '../holder-proof.ts';
import { findAttending } from '../session/find-operator.ts';
import { type App, answers, asking } from './contract.ts';

/** ID-01: a question for the card, and its answer. ID-02: a one-time code. */
export function proofRoutes(app: App, central: Central): void {
  const ask = { body: challengeRequest, response: answers(challengeResponse) };
  app.post('/proofs', { schema: ask }, (request) => askHolder(central, asking(request), request.body.cardId));

  const answer = { params: z.object({ id }), body: answerRequest, response: answers(answerResponse) };
  app.post('/proofs/:id/answer', { schema: answer }, (request) =>
    checkHolder(central, asking(request), request.params.id, request.body),
  );

  // Loose: whatever else there is stays.
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });
  const code = { headers, body: codeRequest, response: answers(codeResponse) };
  app.post('/proofs/code', { schema: code }, async (request) => {
    const kiosk = asking(request);
    const operator = await findAttending(central, kiosk, request.headers[SESSION_HEADER]);
    return checkCode(central, kiosk, request.body, operator?.actor ?? null);
  });
}
